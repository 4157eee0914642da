//! The types of a document, interpreted: JSON and the text of parameters → values that were read
//! and validated exactly as generated code does.
//!
//! A generated server has a Rust type for each schema; here a type is data, compiled once from the
//! intermediate representation. The deserializers, the limits and the checks are those of the
//! runtime in both cases. **Invariant:** a text is read here if and only if the generated type
//! reads it, and breaks the same constraints at the same pointers.

mod compile;
mod constraints;
mod model;
mod read;
mod scalar;
mod validate;
mod value;

pub use self::compile::Types;
pub use self::constraints::ConstraintTable;
pub use self::model::{Definition, Field, Kind, Object, Presence, Rest, Shape, Type, Variant};
pub use self::read::{expecting, expecting_now};
pub use self::validate::check;
pub use self::value::{Content, Typed};
