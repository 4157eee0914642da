//! The OpenAPI format: its objects and keywords, walks through a document, the list of operations,
//! the check of a value against a schema, and repairs.
//!
//! **Invariant:** only this folder has tables of keywords. All stages use them.

pub mod bytes;
pub mod context;
pub mod documentation;
pub mod equality;
pub mod fit;
pub mod grammar;
pub mod media_type;
pub mod operations;
pub mod parameters;
pub mod path;
pub mod repair;
pub mod security;
pub mod status;
pub mod walk;

/// The extension that keeps the constraints that no type expresses, under their keywords. Servers
/// check them on the JSON of a value.
pub const ASSERTIONS: &str = "x-specwright-assertions";

/// The extension that keeps the name of a component that was copied to the place of its use.
pub const COMPONENT_NAME: &str = "x-component-name";
