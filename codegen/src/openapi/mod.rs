//! What OpenAPI is, and nothing about what we do with it: the objects and keywords of the format, how to go through them, list
//! operations, check a value against a schema, and write down a repair.
//!
//! **Invariant:** this is the only place with tables of keywords; all stages that meet the format read them here.

pub mod bytes;
pub mod context;
pub mod doc;
pub mod fit;
pub mod grammar;
pub mod media_type;
pub mod operations;
pub mod path;
pub mod repair;
pub mod security;
pub mod status;
pub mod walk;
