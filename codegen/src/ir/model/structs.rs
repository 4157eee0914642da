//! Objects with named properties.

use serde_json::Value;

use super::{Doc, FieldName, Rules, TypeId, TypeUse, VariantName};

/// An object with named properties.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Properties in the document's order.
    pub fields: Vec<Field>,
    /// How properties without a field are treated.
    pub extra: Extra,
    /// `minProperties`, `maxProperties`.
    pub rules: Rules,
}

/// One property.
#[derive(Clone, Debug)]
pub struct Field {
    /// Rust name.
    pub name: FieldName,
    /// JSON name.
    pub wire: String,
    /// Type of a present value. If it is nullable and the presence is optional, the field has three
    /// states.
    pub ty: TypeUse,
    /// Whether it may be absent.
    pub presence: Presence,
    /// Whether the value must be boxed to break a cycle.
    pub boxed: bool,
    /// Documentation.
    pub doc: Doc,
    /// The only value of a required property; constructors fill it in.
    pub constant: Option<Constant>,
    /// The documented default, for documentation and servers; it never fills in an absent value.
    pub default: Option<Value>,
}

/// Whether a property may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always present.
    Required,
    /// `Option<T>`, or `MaybeAbsent<T>` if `null` is a value too; not written if absent.
    Optional,
}

/// The only value of a property: its type is an enum with this variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// The enum.
    pub ty: TypeId,
    /// Its variant.
    pub variant: VariantName,
}

/// How properties without a field are treated.
#[derive(Clone, Debug)]
pub enum Extra {
    /// Allowed, but not kept.
    Ignored,
    /// Rejected by servers (`additionalProperties: false`).
    Denied,
    /// Kept in a map.
    Kept {
        /// Field that holds the flattened map.
        name: FieldName,
        /// Type of the values.
        value: Box<TypeUse>,
        /// Patterns of which each key must match one (`patternProperties` with nothing else
        /// allowed); empty if any key is allowed.
        patterns: Vec<String>,
    },
}
