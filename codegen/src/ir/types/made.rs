//! The result of making types, which is then completed: definitions whose names are placeholders,
//! and the origin of each.

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
    /// The text from which each component schema is named, by index.
    pub(super) component_roots: Vec<String>,
    /// Keys of `components.schemas`, by index.
    pub(super) schema_names: Vec<&'d str>,
    pub(super) choices: Choices,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The origin of a definition. It decides the definition's name and position.
#[derive(Debug)]
pub(super) struct TypeSource {
    pub(super) path: SchemaPath,
    pub(super) mode: Mode,
    pub(super) component: Option<usize>,
    pub(super) span: Span,
    /// The text from which a newtype of a path parameter is named, instead of its path.
    pub(super) stem: Option<String>,
}
