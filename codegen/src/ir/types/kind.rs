//! The kinds of schemas that inspection finds before any type is made.

use super::conjunction::{Conjunct, Flat};
use super::enumeration::Named;
use super::path::SchemaPath;
use crate::ir::model::{Assertion, Constraints, Scalar};

/// The kind of a schema.
#[derive(Clone, Debug)]
pub(super) enum SchemaKind<'d> {
    /// A reference to another schema, with its own bounds.
    Reference(Conjunct<'d>, Constraints),
    Scalar(Scalar, Constraints),
    /// A string with named values. `true` means that other values are expected.
    Strings(Vec<Named<String>>, bool),
    /// An integer with named values.
    Integers(Vec<Named<i64>>),
    /// A list; `None` means a list of any JSON.
    List(Option<Vec<Conjunct<'d>>>, Constraints),
    /// A list whose items are alternatives.
    MixedList(Box<Schema<'d>>, Constraints),
    Tuple(Vec<Vec<Conjunct<'d>>>, Constraints),
    /// A map; `None` means a map of any JSON.
    Map(Option<Vec<Conjunct<'d>>>, Constraints),
    Struct(Flat<'d>),
    Union(UnionSchema<'d>),
    /// Any JSON. `true` means that the document says more than that.
    Any(bool),
}

/// An inspected schema.
#[derive(Clone, Debug)]
pub(super) struct Schema<'d> {
    pub(super) kind: SchemaKind<'d>,
    pub(super) nullable: bool,
    /// The nodes with constraints. Together with `facet`, they identify a type.
    pub(super) conjuncts: Vec<Conjunct<'d>>,
    /// Distinguishes types that are made from the same nodes.
    pub(super) facet: Facet,
    /// The path that names the type.
    pub(super) path: SchemaPath,
    /// The assertions that no type expresses. For a reference, only those that its use adds.
    pub(super) assertions: Vec<Assertion>,
}

/// The origin of a type among those that are made from the same nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Facet {
    /// The schema itself.
    #[default]
    Whole,
    /// The strings of an `enum` of several types.
    Strings,
    /// The values of a map, or the items of a tuple, of several schemas.
    Values,
    /// The items of a tuple that other items may follow.
    OpenItems,
    /// The strings of several members of a union.
    JoinedStrings,
    /// A multipart body.
    Multipart,
    /// The properties of all members of a union.
    Combined,
}

/// A union before its types are made.
#[derive(Clone, Debug)]
pub(super) struct UnionSchema<'d> {
    pub(super) members: Vec<UnionMember<'d>>,
    /// The node that has `discriminator`.
    pub(super) discriminator: Option<Conjunct<'d>>,
    /// Whether a value may belong to several members at once (`anyOf`).
    pub(super) overlaps: bool,
}

/// A member of a [`UnionSchema`].
#[derive(Clone, Debug)]
pub(super) struct UnionMember<'d> {
    pub(super) schema: Schema<'d>,
    /// The alternative, as listed.
    pub(super) alternative: Conjunct<'d>,
    /// Whether it takes the values of a parent that no subtype claims.
    pub(super) rest: bool,
}

/// A `oneOf` or an `anyOf`.
#[derive(Clone, Debug)]
pub(super) struct Alternatives<'d> {
    /// The node that has the keyword.
    pub(super) owner: Conjunct<'d>,
    pub(super) members: Vec<Conjunct<'d>>,
    /// Whether the keyword is `anyOf`.
    pub(super) overlaps: bool,
}
