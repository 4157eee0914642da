//! JSON objects with named properties → structs and back, for [`object!`](crate::object!).
//!
//! It stands in for serde's derive, whose output for a struct takes a compiler eight times as long to check
//! (`docs/decisions/0003-cost-of-generated-types.md`). It accepts and writes what the derive would, for formats that
//! describe themselves, as JSON does.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use crate::MaybeAbsent;

/// Writes the properties of an object; the first error is kept and returned by [`Writer::end`].
#[derive(Debug)]
pub struct Writer<S: Serializer> {
    map: Result<S::SerializeMap, S::Error>,
}

impl<S: Serializer> Writer<S> {
    /// Starts an object.
    pub fn new(serializer: S) -> Self {
        Self { map: serializer.serialize_map(None) }
    }

    /// A property that is always written.
    #[must_use]
    pub fn required<T: Serialize>(mut self, name: &str, value: &T) -> Self {
        if let Ok(map) = &mut self.map
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.map = Err(error);
        }
        self
    }

    /// A property that is left out where there is no value.
    #[must_use]
    pub fn optional<T: Serialize>(self, name: &str, value: &Option<T>) -> Self {
        match value {
            Some(value) => self.required(name, value),
            None => self,
        }
    }

    /// The same for any JSON, `null` included.
    #[must_use]
    pub fn any<T: Serialize>(self, name: &str, value: &Option<T>) -> Self {
        self.optional(name, value)
    }

    /// A property that is left out, `null` or a value.
    #[must_use]
    pub fn maybe<T: Serialize>(self, name: &str, value: &MaybeAbsent<T>) -> Self {
        if value.is_absent() { self } else { self.required(name, value) }
    }

    /// All other properties. One of a `documented` name is an error: written twice, it would be another value to every reader.
    #[must_use]
    pub fn extra<T: Serialize>(mut self, object: &str, documented: &[&str], properties: &BTreeMap<String, T>) -> Self {
        if let Some(name) = documented.iter().find(|name| properties.contains_key(**name)) {
            let message = format!("the further property `{name}` of {object} has the name of a documented one");
            self.map = self.map.and_then(|_| Err(serde::ser::Error::custom(message)));
        }
        properties.iter().fold(self, |writer, (name, value)| writer.required(name, value))
    }

    /// Ends the object.
    ///
    /// # Errors
    /// The first error of any property.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.map?.end()
    }
}

/// A struct that is read from an object; [`object!`](crate::object!) implements it.
pub trait Object<'de>: Sized {
    /// The struct's name, for errors.
    const NAME: &'static str;

    /// Reads the properties.
    ///
    /// # Errors
    /// If a property is missing, given twice or not what its type takes.
    fn read<A: MapAccess<'de>>(properties: Properties<A>) -> Result<Self, A::Error>;
}

thread_local! {
    static STRICT: Cell<bool> = const { Cell::new(false) };
}

/// Reads so that `null` in the place of a property that is only optional is an error, as a server must see it. Everywhere
/// else it counts as absent.
pub fn strictly<T>(read: impl FnOnce() -> T) -> T {
    struct Before(bool);

    impl Drop for Before {
        fn drop(&mut self) {
            STRICT.set(self.0);
        }
    }

    let _before = Before(STRICT.replace(true));
    read()
}

/// The value of a property that is only optional. `null` is validated here, inside the value, so that an error has its place.
struct Optionally<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Optionally<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::deserialize(deserializer)?;
        if value.is_none() && STRICT.get() {
            return Err(D::Error::custom("`null` is not allowed here"));
        }
        Ok(Self(value))
    }
}

/// Reads a struct from an object.
///
/// # Errors
/// If the input is no object, or as [`Object::read`] says.
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

/// The properties of an object, not yet read.
#[derive(Debug)]
pub struct Properties<A>(A);

/// Every required property was there.
#[derive(Clone, Copy, Debug)]
pub struct Complete;

/// A named place for the value of one property.
pub type Slot<'s, 'de, A> = (&'static str, &'s mut dyn Fill<'de, A>);

impl<'de, A: MapAccess<'de>> Properties<A> {
    /// Fills the slots and passes over all other properties. `None` never comes; it lets a single pattern unpack the slots.
    ///
    /// # Errors
    /// As [`Object::read`].
    pub fn read(mut self, slots: &mut [Slot<'_, 'de, A>]) -> Result<Option<Complete>, A::Error> {
        let mut expected = 0;
        while let Some(known) = self.0.next_key_seed(Known { slots, expected })? {
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
        mut self,
        slots: &mut [Slot<'_, 'de, A>],
        extra: &mut BTreeMap<String, T>,
    ) -> Result<Option<Complete>, A::Error> {
        while let Some(name) = self.0.next_key::<String>()? {
            match slots.iter_mut().find(|slot| slot.0 == name) {
                Some(slot) => self.fill(slot)?,
                None => {
                    extra.insert(name, self.0.next_value()?);
                }
            }
        }
        complete(slots)
    }

    fn fill(&mut self, (name, slot): &mut Slot<'_, 'de, A>) -> Result<(), A::Error> {
        if slot.is_filled() {
            return Err(A::Error::duplicate_field(name));
        }
        slot.fill(&mut self.0)
    }
}

fn complete<'de, A: MapAccess<'de>>(slots: &[Slot<'_, 'de, A>]) -> Result<Option<Complete>, A::Error> {
    match slots.iter().find(|(_, slot)| slot.is_missing()) {
        Some((name, _)) => Err(A::Error::missing_field(name)),
        None => Ok(Some(Complete)),
    }
}

/// An error that [`Properties::read`] has made impossible.
#[must_use]
pub fn incomplete<E: serde::de::Error>() -> E {
    E::custom("a required property is missing")
}

/// Finds the slot of a name: mostly the next one, as objects are written in the order of the document.
struct Known<'k, 's, 'de, A> {
    slots: &'k [Slot<'s, 'de, A>],
    expected: usize,
}

impl<'de, A: MapAccess<'de>> DeserializeSeed<'de> for Known<'_, '_, 'de, A> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de, A: MapAccess<'de>> Visitor<'de> for Known<'_, '_, 'de, A> {
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

/// A place for the value of one property.
pub trait Fill<'de, A: MapAccess<'de>> {
    /// Reads the value.
    ///
    /// # Errors
    /// If it isn't one.
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error>;

    /// Whether the property was there.
    fn is_filled(&self) -> bool;

    /// Whether it must be there and isn't.
    fn is_missing(&self) -> bool;
}

macro_rules! slots {
    ($($(#[$doc:meta])* $slot:ident<$value:ident> as $kind:ident, $held:ty, missing: $missing:ident, |$map:ident| $read:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $slot<$value>(Option<$held>);

        #[doc = concat!("An empty [`", stringify!($slot), "`].")]
        #[must_use]
        pub fn $kind<$value>() -> $slot<$value> {
            $slot(None)
        }

        impl<'de, A: MapAccess<'de>, $value: Deserialize<'de>> Fill<'de, A> for $slot<$value> {
            fn fill(&mut self, $map: &mut A) -> Result<(), A::Error> {
                self.0 = Some($read);
                Ok(())
            }

            fn is_filled(&self) -> bool {
                self.0.is_some()
            }

            fn is_missing(&self) -> bool {
                $missing!(self)
            }
        }
    )*};
}

macro_rules! if_empty {
    ($slot:ident) => {
        $slot.0.is_none()
    };
}

macro_rules! never {
    ($slot:ident) => {
        false
    };
}

slots! {
    /// A property that must be there.
    Required<T> as required, T, missing: if_empty, |map| map.next_value()?;
    /// A property that may be absent; `null` counts as absent, or is an error ([`strictly`]).
    Optional<T> as optional, Option<T>, missing: never, |map| map.next_value::<Optionally<T>>()?.0;
    /// A property that may be absent; `null` is a value.
    Any<T> as any, T, missing: never, |map| map.next_value()?;
    /// A property that may be absent or `null`.
    Maybe<T> as maybe, MaybeAbsent<T>, missing: never, |map| map.next_value()?;
}

impl<T> Required<T> {
    /// The value; `None` only if it is missing.
    pub fn done(self) -> Option<T> {
        self.0
    }
}

impl<T> Optional<T> {
    /// What the field holds; always `Some`.
    pub fn done(self) -> Option<Option<T>> {
        Some(self.0.flatten())
    }
}

impl<T> Any<T> {
    /// What the field holds; always `Some`.
    pub fn done(self) -> Option<Option<T>> {
        Some(self.0)
    }
}

impl<T> Maybe<T> {
    /// What the field holds; always `Some`.
    pub fn done(self) -> Option<MaybeAbsent<T>> {
        Some(self.0.unwrap_or_default())
    }
}
