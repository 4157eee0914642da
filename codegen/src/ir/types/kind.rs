//! What a schema is, before any type is made of it.

use super::enumeration::Named;
use super::path::SchemaPath;
use super::schema::{Conjunct, Flat};
use crate::ir::model::{Rules, Scalar};

/// What a schema is.
#[derive(Clone, Debug)]
pub(super) enum SchemaKind<'d> {
    /// Another schema, by reference, with bounds of its own.
    Reference(Conjunct<'d>, Rules),
    Scalar(Scalar, Rules),
    /// A string with named values; `true` where other values are expected.
    Strings(Vec<Named<String>>, bool),
    /// An integer with named values.
    Integers(Vec<Named<i64>>),
    /// `None`: of any JSON.
    List(Option<Vec<Conjunct<'d>>>, Rules),
    /// A list whose items are alternatives.
    MixedList(Box<Schema<'d>>, Rules),
    Tuple(Vec<Vec<Conjunct<'d>>>, Rules),
    /// `None`: of any JSON.
    Map(Option<Vec<Conjunct<'d>>>, Rules),
    Struct(Flat<'d>),
    Union(UnionSchema<'d>),
    /// Any JSON; `true` where the document says more than that.
    Any(bool),
}

/// A schema that has been looked at.
#[derive(Clone, Debug)]
pub(super) struct Schema<'d> {
    pub(super) kind: SchemaKind<'d>,
    pub(super) nullable: bool,
    /// The nodes that ask for something; with `facet` the identity of a type made of them.
    pub(super) conjuncts: Vec<Conjunct<'d>>,
    /// Tells types apart that are made of the same nodes.
    pub(super) facet: u8,
    /// The place that names it.
    pub(super) path: SchemaPath,
}

/// A union to be.
#[derive(Clone, Debug)]
pub(super) struct UnionSchema<'d> {
    pub(super) members: Vec<UnionMember<'d>>,
    /// The node that has `discriminator`.
    pub(super) discriminator: Option<Conjunct<'d>>,
}

/// A member of a union to be.
#[derive(Clone, Debug)]
pub(super) struct UnionMember<'d> {
    pub(super) schema: Schema<'d>,
    /// The alternative as it stands in the list.
    pub(super) alternative: Conjunct<'d>,
    /// Stands for the values of a parent that none of its heirs claims.
    pub(super) rest: bool,
}

/// One `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub(super) struct Alternatives<'d> {
    /// The node that has the keyword.
    pub(super) owner: Conjunct<'d>,
    pub(super) members: Vec<Conjunct<'d>>,
}
