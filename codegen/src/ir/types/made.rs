//! What making types hands to completing them: definitions whose names are placeholders, and where
//! each comes from.

use std::collections::BTreeMap;

use super::Choices;
use super::mode::Mode;
use super::path::{RootId, SchemaPath};
use crate::diagnostics::Diagnostic;
use crate::document::Span;
use crate::ir::model::{TypeId, TypeName, TypeTable, Usage};
use crate::ir::naming::Naming;

/// The types of an API before they are completed.
#[derive(Debug)]
pub(super) struct Made<'d> {
    pub(super) table: TypeTable,
    /// By index of the definition.
    pub(super) sources: Vec<TypeSource>,
    /// Types that operations use, each with a direction.
    pub(super) roots: Vec<(TypeId, Usage)>,
    /// Types that are printed even if no operation reaches them.
    pub(super) kept: Vec<TypeId>,
    /// What the types of a root are named after, for roots that several operations share.
    pub(super) shared: BTreeMap<RootId, String>,
    pub(super) naming: Naming,
    /// Rust names of the component schemas, by index.
    pub(super) component_names: Vec<TypeName>,
    /// Keys of `components.schemas`, by index.
    pub(super) schema_names: Vec<&'d str>,
    pub(super) choices: Choices,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Where a definition comes from; it decides the definition's name and position.
#[derive(Debug)]
pub(super) struct TypeSource {
    pub(super) path: SchemaPath,
    pub(super) mode: Mode,
    pub(super) component: Option<usize>,
    pub(super) span: Span,
    /// A name that is not made from the path.
    pub(super) name: Option<TypeName>,
}
