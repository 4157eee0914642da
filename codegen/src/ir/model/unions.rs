//! Unions: their members, and how the member for a value is found.

use std::fmt;

use serde_json::Value;

use super::{Doc, Field, TypeUse, VariantName};

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// Members in the order in which they are tried.
    pub variants: Vec<UnionVariant>,
    /// How the member for a value is found.
    pub tagging: Tagging,
    /// Whether values are events that are told apart by their names.
    pub by_name: bool,
}

/// One member of a [`Union`].
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Rust name.
    pub name: VariantName,
    /// Type that the variant holds.
    pub ty: TypeUse,
    /// Whether it is boxed, to break a cycle or because it is much larger than its siblings.
    pub boxed: bool,
    /// Whether it represents values of several members, and is not itself a member in the document.
    pub combined: bool,
    /// Documentation.
    pub doc: Doc,
    /// The tag property of the member, with the value of this union as its constant, if other
    /// unions have a different value for the member. Converting the member sets it.
    pub tag: Option<Field>,
    /// Description of the values of this member, for [`Tagging::Shape`] and [`Otherwise::Shape`].
    pub probe: Probe,
}

/// How the member for a value is found.
#[derive(Clone, Debug)]
pub enum Tagging {
    /// By a tag property: a discriminator, or a required property with distinct constants.
    Property {
        /// JSON name of the property.
        wire: String,
        /// Tag values, each with the index of its member, in the document's order. Several values
        /// may name the same member.
        values: Vec<(TagValue, usize)>,
        /// For each member, the tag value that the union writes, if the member's own type may not
        /// write it.
        writes: Vec<Option<TagWrite>>,
        /// How a value with an unlisted tag value, or without one, is treated.
        otherwise: Otherwise,
    },
    /// By shape: members are tried in the order of how well their probes match. The first one that
    /// decodes is chosen.
    Shape,
}

/// A JSON scalar that selects a member.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TagValue {
    /// A string.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Bool(bool),
}

impl TagValue {
    /// The scalar in a JSON value, if it can be a tag value.
    #[must_use]
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::Text(text.clone())),
            Value::Number(number) => number.as_i64().map(Self::Integer),
            Value::Bool(value) => Some(Self::Bool(*value)),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The value as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::Integer(number) => Value::from(*number),
            Self::Bool(value) => Value::from(*value),
        }
    }
}

/// Strings are written without quotes.
impl fmt::Display for TagValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Bool(value) => value.fmt(f),
        }
    }
}

/// The tag value that a union writes for a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagWrite {
    /// The value.
    pub value: TagValue,
    /// Whether it replaces the member's own value. Otherwise, it only fills in an absent value.
    pub replaces: bool,
}

/// How to treat a value whose tag value names no member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// The value is refused.
    Refused,
    /// The member is found by shape.
    Shape,
    /// The value belongs to this member (`defaultMapping`).
    Member(usize),
}

/// A cheap description of the values of a member.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Probe {
    /// Bit set of the JSON types of values; see [`Probe::OBJECT`] and the other constants.
    pub json: u8,
    /// Required properties of an object.
    pub required: Vec<String>,
    /// Known properties of an object.
    pub known: Vec<String>,
    /// Names of properties with fixed values, each with the allowed values.
    pub constants: Vec<(String, Vec<TagValue>)>,
    /// Whether an object may have no other properties.
    pub closed: bool,
    /// Allowed strings of a member that is a closed enum; empty if any string is allowed.
    pub strings: Vec<String>,
}

#[expect(missing_docs, reason = "each name says the JSON type")]
impl Probe {
    pub const NULL: u8 = 1;
    pub const BOOL: u8 = 2;
    pub const INTEGER: u8 = 4;
    pub const NUMBER: u8 = 8;
    pub const STRING: u8 = 16;
    pub const ARRAY: u8 = 32;
    pub const OBJECT: u8 = 64;
    pub const ALL: u8 = 127;
}
