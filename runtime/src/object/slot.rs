//! Slots, which hold the value of each property until the whole object has been read.
//!
//! `object!` names the slot of a property by the word for its kind. Each is a constructor and not a
//! function. A call could unwind, and the compiler would have to check for each call which values
//! are dropped then.
#![allow(non_camel_case_types, reason = "a macro names them by the word for the kind")]

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::number::{FromNumber, OrText};
use crate::MaybeAbsent;

/// Holds the value of one property while the object is read: an `Option` of the field.
pub trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value.
    ///
    /// # Errors
    /// If it does not have the property's type.
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error>;

    /// Whether the property was present.
    fn is_filled(&self) -> bool;

    /// Whether the property is required and was absent.
    fn is_missing(&self) -> bool {
        false
    }
}

/// The slot of a property that must be present.
#[derive(Debug)]
pub struct required<T>(pub Option<T>);

impl<T> required<T> {
    /// The value. This is called only after a check that no value is missing.
    #[inline]
    #[must_use]
    pub fn done(self) -> T {
        self.0.unwrap_or_else(|| unreachable!("no required property is missing"))
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for required<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(map.next_value()?);
        Ok(())
    }

    fn is_filled(&self) -> bool {
        self.0.is_some()
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

/// The slot of a property that may be absent. `null` counts as absent, except on a server, which
/// refuses it.
#[derive(Debug)]
pub struct optional<T>(pub Option<Option<T>>);

impl<T> optional<T> {
    /// The value of the field.
    #[inline]
    #[must_use]
    pub fn done(self) -> Option<T> {
        self.0.flatten()
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for optional<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(map.next_value::<OptionalValue<T>>()?.0);
        Ok(())
    }

    fn is_filled(&self) -> bool {
        self.0.is_some()
    }
}

/// The slot of a property that may be absent and for which `null` is a value.
#[derive(Debug)]
pub struct any<T>(pub Option<Option<T>>);

impl<T> any<T> {
    /// The value of the field.
    #[inline]
    #[must_use]
    pub fn done(self) -> Option<T> {
        self.0.flatten()
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for any<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(Some(map.next_value()?));
        Ok(())
    }

    fn is_filled(&self) -> bool {
        self.0.is_some()
    }
}

/// The slot of a property that may be absent or `null`.
#[derive(Debug)]
pub struct maybe<T>(pub Option<MaybeAbsent<T>>);

impl<T> maybe<T> {
    /// The value of the field.
    #[inline]
    #[must_use]
    pub fn done(self) -> MaybeAbsent<T> {
        self.0.unwrap_or_default()
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for maybe<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(map.next_value()?);
        Ok(())
    }

    fn is_filled(&self) -> bool {
        self.0.is_some()
    }
}

/// As [`required`], for numbers that may arrive as text.
#[derive(Debug)]
pub struct required_number<T>(pub Option<T>);

impl<T> required_number<T> {
    /// The value. This is called only after a check that no value is missing.
    #[inline]
    #[must_use]
    pub fn done(self) -> T {
        self.0.unwrap_or_else(|| unreachable!("no required property is missing"))
    }
}

impl<'de, A: MapAccess<'de>, T: FromNumber> Slot<'de, A> for required_number<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(map.next_value::<OrText<T>>()?.0);
        Ok(())
    }

    fn is_filled(&self) -> bool {
        self.0.is_some()
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

/// As [`optional`], for numbers that may arrive as text.
#[derive(Debug)]
pub struct optional_number<T>(pub Option<Option<T>>);

impl<T> optional_number<T> {
    /// The value of the field.
    #[inline]
    #[must_use]
    pub fn done(self) -> Option<T> {
        self.0.flatten()
    }
}

impl<'de, A: MapAccess<'de>, T: FromNumber> Slot<'de, A> for optional_number<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(map.next_value::<OptionalValue<OrText<T>>>()?.0.map(|value| value.0));
        Ok(())
    }

    fn is_filled(&self) -> bool {
        self.0.is_some()
    }
}

/// As [`maybe`], for numbers that may arrive as text.
#[derive(Debug)]
pub struct maybe_number<T>(pub Option<MaybeAbsent<T>>);

impl<T> maybe_number<T> {
    /// The value of the field.
    #[inline]
    #[must_use]
    pub fn done(self) -> MaybeAbsent<T> {
        self.0.unwrap_or_default()
    }
}

impl<'de, A: MapAccess<'de>, T: FromNumber> Slot<'de, A> for maybe_number<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(map.next_value::<MaybeAbsent<OrText<T>>>()?.map(|value| value.0));
        Ok(())
    }

    fn is_filled(&self) -> bool {
        self.0.is_some()
    }
}

/// The newtype name with which the value of an optional property is requested. Most deserializers
/// ignore it and read `null` as an absent property. Those of a server recognize it and refuse
/// `null`.
pub const OPTIONAL: &str = "$specwright_runtime::optional";

/// The value of an optional property; `None` for `null`.
#[derive(Debug)]
pub(super) struct OptionalValue<T>(pub(super) Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OptionalValue<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(OPTIONAL, OptionalVisitor(PhantomData)).map(Self)
    }
}

struct OptionalVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OptionalVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("option")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_option(self)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::deserialize(deserializer).map(Some)
    }

    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }
}
