//! The types of each tag.

use super::{Doc, ModuleName, TypeId};

/// A module with the types that the operations of a tag reach.
#[derive(Clone, Debug)]
pub struct TypeModule {
    /// The tag.
    pub tag: String,
    /// Name of the module, such as `users`.
    pub name: ModuleName,
    /// Documentation of the tag.
    pub doc: Doc,
    /// The types, in the order of the table; never empty.
    pub types: Vec<TypeId>,
}
