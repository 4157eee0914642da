//! Objects with named properties: what each field holds, and what becomes of other properties.

use serde_json::Value;

use super::{Doc, FieldName, Rules, TypeId, TypeUse, VariantName};

/// An object with named properties.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Properties in the document's order.
    pub fields: Vec<Field>,
    /// What becomes of other properties.
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
    /// Type of a value that is present; with [`Presence::Optional`] and `nullable` the field is
    /// three-valued.
    pub ty: TypeUse,
    /// Whether it may be absent.
    pub presence: Presence,
    /// Whether the value must be boxed to break a cycle.
    pub boxed: bool,
    /// Documentation.
    pub doc: Doc,
    /// The only value of a required property; constructors fill it in.
    pub constant: Option<Constant>,
    /// The documented default, for the docs and for servers; it is never put into a value that
    /// lacks it.
    pub default: Option<Value>,
}

/// Whether a property may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always present.
    Required,
    /// `Option<T>`, or `MaybeAbsent<T>` where `null` is a value too; left out when absent.
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

/// What becomes of properties that have no field.
#[derive(Clone, Debug)]
pub enum Extra {
    /// Allowed, not kept.
    Ignored,
    /// Refused by servers (`additionalProperties: false`).
    Denied,
    /// Kept in a map.
    Kept {
        /// Field that holds the map; flattened.
        name: FieldName,
        /// Type of the values.
        value: Box<TypeUse>,
        /// If not empty, each key must match one of these (`patternProperties` with nothing else
        /// allowed).
        patterns: Vec<String>,
    },
}
