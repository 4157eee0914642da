//! What a schema is, before any type is made of it.

use super::enumeration::Named;
use super::place::Place;
use super::schema::{Flat, Part};
use crate::ir::model::{Rules, Scalar};

/// What a schema is.
#[derive(Clone, Debug)]
pub(super) enum Form<'d> {
    /// Another schema, by reference, with bounds of its own.
    Reference(Part<'d>, Rules),
    Scalar(Scalar, Rules),
    /// A string with named values; `true` where other values are expected.
    Strings(Vec<Named<String>>, bool),
    /// An integer with named values.
    Integers(Vec<Named<i64>>),
    /// `None`: of any JSON.
    List(Option<Vec<Part<'d>>>, Rules),
    /// A list whose items are alternatives.
    MixedList(Box<Schema<'d>>, Rules),
    Tuple(Vec<Vec<Part<'d>>>, Rules),
    /// `None`: of any JSON.
    Map(Option<Vec<Part<'d>>>, Rules),
    Struct(Flat<'d>),
    Union(Plan<'d>),
    /// Any JSON; `true` where the document says more than that.
    Any(bool),
}

/// A schema that has been looked at.
#[derive(Clone, Debug)]
pub(super) struct Schema<'d> {
    pub(super) form: Form<'d>,
    pub(super) nullable: bool,
    /// The nodes that ask for something; with `facet` the identity of a type made of them.
    pub(super) parts: Vec<Part<'d>>,
    /// Tells types apart that are made of the same nodes.
    pub(super) facet: u8,
    /// The place that names it.
    pub(super) place: Place,
}

/// A union to be.
#[derive(Clone, Debug)]
pub(super) struct Plan<'d> {
    pub(super) members: Vec<Member<'d>>,
    /// The node that has `discriminator`.
    pub(super) discriminator: Option<Part<'d>>,
}

/// A member of a union to be.
#[derive(Clone, Debug)]
pub(super) struct Member<'d> {
    pub(super) schema: Schema<'d>,
    /// The alternative as it stands in the list.
    pub(super) alternative: Part<'d>,
    /// Stands for the values of a parent that none of its heirs claims.
    pub(super) rest: bool,
}
