//! Unions: their members, and how the member of a value is found.

use super::{Doc, TypeUse, VariantName};

/// One of several shapes.
#[derive(Clone, Debug)]
pub struct Union {
    /// Members in the order in which they are tried.
    pub variants: Vec<UnionVariant>,
    /// How a value's member is found.
    pub tagging: Tagging,
}

/// One member of a [`Union`].
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Rust name.
    pub name: VariantName,
    /// What the variant holds.
    pub ty: TypeUse,
    /// Whether it must be boxed to break a cycle or because it is much larger than its siblings.
    pub boxed: bool,
    /// Documentation.
    pub doc: Doc,
    /// What a value of this member looks like; used by [`Tagging::Shape`] and for the fallback.
    pub probe: Probe,
}

/// How a value's member is found.
#[derive(Clone, Debug)]
pub enum Tagging {
    /// By a property: a discriminator, or a required constant that tells the members apart.
    Property {
        /// JSON name of the property.
        wire: String,
        /// Value of the property and index of the member, in the document's order; several values
        /// may name one member.
        values: Vec<(String, usize)>,
        /// Per member: the value to write where the member's own type has no such property.
        inject: Vec<Option<String>>,
        /// What a value with an unlisted tag, or none, is.
        otherwise: Otherwise,
    },
    /// By shape: the first member, in order, whose probe fits best and that decodes.
    Shape,
}

/// What a value is whose tag names no member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// None of the members.
    Refused,
    /// The member whose shape it has.
    Shape,
    /// This member (`defaultMapping`).
    Member(usize),
}

/// What a value of a member looks like, as far as a quick look can tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Probe {
    /// Bits of JSON types that can be a value; see [`Probe::OBJECT`] and the others.
    pub json: u8,
    /// Properties an object must have.
    pub required: Vec<String>,
    /// Properties an object may have.
    pub known: Vec<String>,
    /// Properties of which the value is fixed: name and allowed string values.
    pub constants: Vec<(String, Vec<String>)>,
    /// Whether an object may have no other properties.
    pub closed: bool,
    /// Allowed strings, if the member is a string with an enum; empty: any.
    pub strings: Vec<String>,
}

#[expect(missing_docs, reason = "each is the JSON type of its name")]
impl Probe {
    pub const NULL: u8 = 1;
    pub const BOOL: u8 = 2;
    pub const INTEGER: u8 = 4;
    pub const NUMBER: u8 = 8;
    pub const STRING: u8 = 16;
    pub const ARRAY: u8 = 32;
    pub const OBJECT: u8 = 64;
}
