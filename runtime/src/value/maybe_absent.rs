//! Properties that are optional and nullable: absent, `null` or a value.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A property that may be absent, `null` or a value: a `PATCH` distinguishes all three.
///
/// ```
/// use specwright_runtime::MaybeAbsent;
///
/// let set: MaybeAbsent<String> = "Jane".into();
/// let clear = MaybeAbsent::<String>::Null;          // `{"name": null}`
/// let keep = MaybeAbsent::<String>::default();      // the property is left out
/// assert_eq!((set.value().map(String::as_str), clear.value(), keep.value()), (Some("Jane"), None, None));
/// assert!(MaybeAbsent::<String>::from(None).is_null());
/// ```
/// In a struct with serde's derive, add
/// `#[serde(default, skip_serializing_if = "MaybeAbsent::is_absent")]` to the field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MaybeAbsent<T> {
    /// The property is absent.
    #[default]
    Absent,
    /// The property is `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> MaybeAbsent<T> {
    /// Whether the property is absent.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Borrows the value.
    pub fn as_ref(&self) -> MaybeAbsent<&T> {
        match self {
            Self::Absent => MaybeAbsent::Absent,
            Self::Null => MaybeAbsent::Null,
            Self::Value(value) => MaybeAbsent::Value(value),
        }
    }

    /// The value by reference, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one; absent and `null` are both `None`.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Converts the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> MaybeAbsent<U> {
        match self {
            Self::Absent => MaybeAbsent::Absent,
            Self::Null => MaybeAbsent::Null,
            Self::Value(value) => MaybeAbsent::Value(change(value)),
        }
    }
}

impl<T> From<T> for MaybeAbsent<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// Allows `"Jane".into()`.
impl From<&str> for MaybeAbsent<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// `None` becomes `null`, because a caller that passes an `Option` wants it written.
impl<T> From<Option<T>> for MaybeAbsent<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Serialize> Serialize for MaybeAbsent<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => serializer.serialize_some(value),
            Self::Absent | Self::Null => serializer.serialize_none(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for MaybeAbsent<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

/// Reads a required, nullable property. `null` is `None`; a missing key is an error.
///
/// Plain `Option` fields accept a missing key; `#[serde(deserialize_with = "required_nullable")]`
/// does not.
///
/// # Errors
/// If the value is neither `null` nor a `T`.
pub fn required_nullable<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer)
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::MaybeAbsent;

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Patch {
        #[serde(default, skip_serializing_if = "MaybeAbsent::is_absent")]
        name: MaybeAbsent<String>,
    }

    #[derive(Debug, Deserialize)]
    struct Required {
        #[serde(deserialize_with = "super::required_nullable")]
        name: Option<String>,
    }

    #[test]
    fn the_three_values_round_trip() {
        for (json, name) in [
            ("{}", MaybeAbsent::Absent),
            ("{\"name\":null}", MaybeAbsent::Null),
            ("{\"name\":\"a\"}", MaybeAbsent::Value("a".to_owned())),
        ] {
            let patch: Patch = serde_json::from_str(json).unwrap();
            assert_eq!(patch, Patch { name });
            assert_eq!(serde_json::to_string(&patch).unwrap(), json);
        }
    }

    #[test]
    fn a_required_nullable_property_must_be_there() {
        assert_eq!(serde_json::from_str::<Required>("{\"name\":null}").unwrap().name, None);
        assert!(serde_json::from_str::<Required>("{}").is_err());
    }
}
