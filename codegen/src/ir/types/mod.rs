//! Turns schemas of the lowered document into types: structs, enums, unions, newtypes and aliases.
//!
//! **Invariant:** no schema is lost silently. A schema that cannot be typed becomes any JSON, with
//! a diagnostic. The name and content of a type depend on its schema and its path in the document,
//! not on the rest of the document.
//!
//! A schema is read as a conjunction of nodes (`conjunction`, which merges `allOf` and `$ref`). The
//! inspector classifies it (`classify`, and `unions` for `oneOf` and `anyOf`), but makes no types.
//! `builder` makes types one after another, so that no chain of references can exhaust the stack, and
//! passes them on (`made`). `finish` derives the properties that depend on all types: names, order,
//! boxes and derives.

mod assertions;
mod builder;
mod choices;
mod classify;
mod conjunction;
mod constraints;
mod define;
mod direction;
mod doc;
mod enumeration;
mod finish;
mod graph;
mod hint;
mod inspector;
mod kind;
mod made;
mod mode;
mod multipart;
mod object;
mod parameters;
mod path;
mod scalar;
mod shapes;
mod unions;

pub use builder::TypeBuilder;
pub use choices::{Choices, Chosen, DecorationChoice, Renamed, SchemaNames};
pub(super) use finish::components;
pub use hint::{NameHint, PathParameter};
pub use scalar::integer_range;

use crate::diagnostics::{Diagnostics, codes};
use crate::ir::model::TypeTable;
use crate::ir::naming::Naming;

/// Completes the types that operations have requested. Returns them, and the names that they took.
#[must_use]
pub fn finish(builder: TypeBuilder<'_>, out: &mut Diagnostics) -> (TypeTable, Naming) {
    finish::finish(builder.into_made(), out)
}

#[cfg(test)]
mod tests;
