//! Turns schemas of the lowered document into types: structs, enums, unions, newtypes and aliases.
//!
//! The rule it keeps: no schema is lost in silence; what cannot be typed is any JSON, with a diagnostic. What a type is called and
//! holds depends on its schema and its place in the document, not on what else is there.

mod builder;
mod hint;

pub use builder::TypeBuilder;
pub use hint::{Choices, NameHint, PathParameter};
