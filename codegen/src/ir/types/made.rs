//! What making types hands to completing them: definitions whose names are placeholders, and where
//! each comes from.

use super::Choices;
use super::mode::Mode;
use super::path::SchemaPath;
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
    pub(super) naming: Naming,
    /// Rust names of the component schemas, by index.
    pub(super) component_names: Vec<TypeName>,
    /// What the component schemas are named after, by index.
    pub(super) component_roots: Vec<String>,
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
    /// What a newtype of a path parameter is named after, instead of its path.
    pub(super) stem: Option<String>,
}
