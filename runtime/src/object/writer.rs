//! Writes a struct as an object, property by property.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::MaybeAbsent;

/// Writes the properties of an object. The first error is kept, and [`Writer::end`] returns it.
#[derive(Debug)]
pub struct Writer<S: Serializer> {
    map: Result<S::SerializeMap, S::Error>,
}

impl<S: Serializer> Writer<S> {
    /// Starts an object.
    pub fn new(serializer: S) -> Self {
        Self { map: serializer.serialize_map(None) }
    }

    /// Writes a property that is always present.
    #[must_use]
    pub fn required<T: Serialize>(mut self, name: &str, value: &T) -> Self {
        if let Ok(map) = &mut self.map
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.map = Err(error);
        }
        self
    }

    /// Writes a property that is left out if there is no value.
    #[must_use]
    pub fn optional<T: Serialize>(self, name: &str, value: &Option<T>) -> Self {
        match value {
            Some(value) => self.required(name, value),
            None => self,
        }
    }

    /// Writes an optional property that can be any JSON, including `null`.
    #[must_use]
    pub fn any<T: Serialize>(self, name: &str, value: &Option<T>) -> Self {
        self.optional(name, value)
    }

    /// Writes a property that is left out, `null` or a value.
    #[must_use]
    pub fn maybe<T: Serialize>(self, name: &str, value: &MaybeAbsent<T>) -> Self {
        if value.is_absent() { self } else { self.required(name, value) }
    }

    /// As [`required`](Self::required).
    #[must_use]
    pub fn required_number<T: Serialize>(self, name: &str, value: &T) -> Self {
        self.required(name, value)
    }

    /// As [`optional`](Self::optional).
    #[must_use]
    pub fn optional_number<T: Serialize>(self, name: &str, value: &Option<T>) -> Self {
        self.optional(name, value)
    }

    /// As [`maybe`](Self::maybe).
    #[must_use]
    pub fn maybe_number<T: Serialize>(self, name: &str, value: &MaybeAbsent<T>) -> Self {
        self.maybe(name, value)
    }

    /// Writes all other properties. A property with a `documented` name is an error, because
    /// readers would disagree about which of the two values counts.
    #[must_use]
    pub fn extra<T: Serialize>(mut self, object: &str, documented: &[&str], properties: &BTreeMap<String, T>) -> Self {
        if let Some(name) = documented.iter().find(|name| properties.contains_key(**name)) {
            let message = format!("the additional property `{name}` of {object} has the name of a documented one");
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
