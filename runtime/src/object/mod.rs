//! JSON objects with named properties → structs and back, for [`object!`](crate::object!).
//!
//! This replaces serde's derive, whose output for a struct takes a compiler eight times as long to
//! check (`docs/decisions/0003-cost-of-generated-types.md`). For self-describing formats such as
//! JSON, it accepts and writes the same as the derive.

pub mod number;
mod slot;
#[doc(hidden)]
pub mod unset;
mod writer;

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

#[doc(hidden)]
pub use self::slot::OPTIONAL;
pub use self::slot::{Slot, any, maybe, maybe_number, optional, optional_number, required, required_number};
pub use self::writer::Writer;

/// A struct that is read from an object; [`object!`](crate::object!) implements it.
pub trait Object<'de>: Sized {
    /// The struct's name, for errors.
    const NAME: &'static str;

    /// Reads the properties.
    ///
    /// # Errors
    /// If a property is missing, is repeated, or has the wrong type.
    fn read<A: MapAccess<'de>>(properties: Properties<A>) -> Result<Self, A::Error>;
}

/// Reads a struct from an object.
///
/// # Errors
/// If the input is not an object, or if [`Object::read`] fails.
pub fn read<'de, T: Object<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(Properties(map))
    }
}

/// The properties of an object, before they are read.
#[derive(Debug)]
pub struct Properties<A>(A);

/// A property's name and the slot for its value.
pub type NamedSlot<'s, 'de, A> = (&'static str, &'s mut dyn Slot<'de, A>);

impl<'de, A: MapAccess<'de>> Properties<A> {
    /// Fills the slots and ignores all other properties.
    ///
    /// # Errors
    /// As [`Object::read`].
    pub fn read(mut self, slots: &mut [NamedSlot<'_, 'de, A>]) -> Result<(), A::Error> {
        let mut expected = 0;
        while let Some(known) = self.0.next_key_seed(SlotIndex { slots, expected })? {
            match known.and_then(|index| slots.get_mut(index)) {
                Some(slot) => self.fill(slot)?,
                None => {
                    self.0.next_value::<IgnoredAny>()?;
                }
            }
            expected = known.map_or(expected, |index| index + 1);
        }
        complete(slots)
    }

    /// Fills the slots and keeps all other properties.
    ///
    /// # Errors
    /// As [`Object::read`].
    pub fn read_with_extra<T: Deserialize<'de>>(
        self,
        slots: &mut [NamedSlot<'_, 'de, A>],
        extra: &mut BTreeMap<String, T>,
    ) -> Result<(), A::Error> {
        self.read_with_extra_except(slots, extra, &[])
    }

    /// Fills the slots and keeps all other properties except the `unsent` ones.
    ///
    /// # Errors
    /// As [`Object::read`].
    pub fn read_with_extra_except<T: Deserialize<'de>>(
        mut self,
        slots: &mut [NamedSlot<'_, 'de, A>],
        extra: &mut BTreeMap<String, T>,
        unsent: &[&str],
    ) -> Result<(), A::Error> {
        while let Some(name) = self.0.next_key::<String>()? {
            match slots.iter_mut().find(|slot| slot.0 == name) {
                Some(slot) => self.fill(slot)?,
                None if unsent.contains(&name.as_str()) => drop(self.0.next_value::<IgnoredAny>()?),
                None => {
                    extra.insert(name, self.0.next_value()?);
                }
            }
        }
        complete(slots)
    }

    fn fill(&mut self, (name, slot): &mut NamedSlot<'_, 'de, A>) -> Result<(), A::Error> {
        if slot.is_filled() {
            return Err(A::Error::duplicate_field(name));
        }
        slot.fill(&mut self.0)
    }
}

fn complete<'de, A: MapAccess<'de>>(slots: &[NamedSlot<'_, 'de, A>]) -> Result<(), A::Error> {
    match slots.iter().find(|(_, slot)| slot.is_missing()) {
        Some((name, _)) => Err(A::Error::missing_field(name)),
        None => Ok(()),
    }
}

/// Finds the slot of a name. The expected slot is tried first, because objects are mostly written
/// in the order of the document.
struct SlotIndex<'k, 's, 'de, A> {
    slots: &'k [NamedSlot<'s, 'de, A>],
    expected: usize,
}

impl<'de, A: MapAccess<'de>> DeserializeSeed<'de> for SlotIndex<'_, '_, 'de, A> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de, A: MapAccess<'de>> Visitor<'de> for SlotIndex<'_, '_, 'de, A> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E>(self, name: &str) -> Result<Option<usize>, E> {
        if self.slots.get(self.expected).is_some_and(|slot| slot.0 == name) {
            return Ok(Some(self.expected));
        }
        Ok(self.slots.iter().position(|slot| slot.0 == name))
    }
}
