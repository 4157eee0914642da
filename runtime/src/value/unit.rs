//! A type with exactly one value, and a type without values.

use std::fmt;

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Only `null`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Null;

impl Serialize for Null {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<'de> Deserialize<'de> for Null {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <()>::deserialize(deserializer).map(|()| Self)
    }
}

/// A type without values, as the schema `false` describes.
///
/// It is also the error of an operation that documents none. A later document may describe errors,
/// so a `match` needs a wildcard arm, as it does for documented errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl Serialize for Never {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}

impl<'de> Deserialize<'de> for Never {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::invalid_value(Unexpected::Other("a value"), &"no value, because the document allows none here"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Never, Null};

    #[test]
    fn null_accepts_only_null_and_never_accepts_nothing() {
        assert_eq!(serde_json::from_str::<Null>("null").unwrap(), Null);
        assert!(serde_json::from_str::<Null>("0").is_err());
        assert!(serde_json::from_str::<Never>("null").is_err());
    }
}
