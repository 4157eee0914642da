//! Slots: where the value of each property waits until the object has been read.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::MaybeAbsent;

/// Holds the value of one property while the object is read.
pub trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value.
    ///
    /// # Errors
    /// If it is not of the property's type.
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error>;

    /// Whether the property was there.
    fn is_filled(&self) -> bool;

    /// Whether the property is required and was not there.
    fn is_missing(&self) -> bool {
        false
    }
}

/// The slot of a property that must be there.
#[derive(Debug)]
pub struct Required<T>(Option<T>);

/// The slot of a property that may be absent; `null` counts as absent, except on a server, which
/// refuses it.
#[derive(Debug)]
pub struct Optional<T>(Option<OptionalValue<T>>);

/// The slot of a property that may be absent and for which `null` is a value.
#[derive(Debug)]
pub struct Any<T>(Option<T>);

/// The slot of a property that may be absent or `null`.
#[derive(Debug)]
pub struct Maybe<T>(Option<MaybeAbsent<T>>);

/// An empty [`Required`].
#[must_use]
pub fn required<T>() -> Required<T> {
    Required(None)
}

/// An empty [`Optional`].
#[must_use]
pub fn optional<T>() -> Optional<T> {
    Optional(None)
}

/// An empty [`Any`].
#[must_use]
pub fn any<T>() -> Any<T> {
    Any(None)
}

/// An empty [`Maybe`].
#[must_use]
pub fn maybe<T>() -> Maybe<T> {
    Maybe(None)
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Required<T> {
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

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Optional<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(map.next_value()?);
        Ok(())
    }

    fn is_filled(&self) -> bool {
        self.0.is_some()
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Any<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(map.next_value()?);
        Ok(())
    }

    fn is_filled(&self) -> bool {
        self.0.is_some()
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Maybe<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(map.next_value()?);
        Ok(())
    }

    fn is_filled(&self) -> bool {
        self.0.is_some()
    }
}

impl<T> Required<T> {
    /// The value; `None` only if it is missing.
    pub fn done(self) -> Option<T> {
        self.0
    }
}

impl<T> Optional<T> {
    /// The value of the field; always `Some`.
    pub fn done(self) -> Option<Option<T>> {
        Some(self.0.and_then(|value| value.0))
    }
}

impl<T> Any<T> {
    /// The value of the field; always `Some`.
    pub fn done(self) -> Option<Option<T>> {
        Some(self.0)
    }
}

impl<T> Maybe<T> {
    /// The value of the field; always `Some`.
    pub fn done(self) -> Option<MaybeAbsent<T>> {
        Some(self.0.unwrap_or_default())
    }
}

/// The newtype name under which the value of an optional property is asked for. Most deserializers
/// ignore it and read `null` as an absent property; those of a server know it and refuse `null`.
pub const OPTIONAL: &str = "$specwright_runtime::optional";

/// The value of an optional property; `None` for `null`.
#[derive(Debug)]
struct OptionalValue<T>(Option<T>);

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
