//! The form of the value of a key.

use super::Kind;
use crate::document::{Node, Value};

/// The form of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Data, which is never examined.
    Anything,
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A non-negative whole number.
    Count,
    /// A list of data.
    List,
    /// A list of strings.
    Texts,
    /// An object whose values are strings.
    TextMap,
    /// An object whose values are data.
    Map,
    /// One object.
    One(Kind),
    /// A list of objects.
    Many(Kind),
    /// A list of objects or one object.
    OneOrMany(Kind),
    /// An object whose values are objects; its keys are free names.
    Named(Kind),
}

impl Form {
    /// The kind of the objects that the value holds.
    #[must_use]
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::One(kind) | Self::Many(kind) | Self::OneOrMany(kind) | Self::Named(kind) => Some(kind),
            _ => None,
        }
    }

    /// Whether a value has this form.
    #[must_use]
    pub fn fits(self, node: &Node) -> bool {
        match (self, &node.value) {
            (Self::Anything, _)
            | (Self::Text, Value::String(_))
            | (Self::Flag, Value::Bool(_))
            | (Self::Number, Value::Number(_))
            | (Self::List, Value::Array(_))
            | (Self::Map, Value::Object(_)) => true,
            (Self::Count, Value::Number(number)) => number.as_u64().is_some(),
            (Self::Texts, Value::Array(members)) => members.iter().all(|member| member.as_str().is_some()),
            (Self::TextMap, Value::Object(object)) => object.values().all(|value| value.as_str().is_some()),
            (Self::One(kind) | Self::OneOrMany(kind), _) if kind.is_object(node) => true,
            (Self::Many(kind) | Self::OneOrMany(kind), Value::Array(members)) => {
                members.iter().all(|member| kind.is_object(member))
            }
            (Self::Named(kind), Value::Object(object)) => object.values().all(|value| kind.is_object(value)),
            _ => false,
        }
    }

    /// The form as a message names it: `a list of strings`.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Anything => "anything",
            Self::Text => "a string",
            Self::Flag => "true or false",
            Self::Number => "a number",
            Self::Count => "a whole number that is not negative",
            Self::List | Self::Many(_) => "a list",
            Self::Texts => "a list of strings",
            Self::TextMap => "an object whose values are strings",
            Self::Map | Self::Named(_) | Self::One(_) => "an object",
            Self::OneOrMany(_) => "an object or a list",
        }
    }
}
