//! The types of a document, interpreted: JSON and the text of parameters → values that are read and
//! validated exactly as in generated code.
//!
//! A generated server has a Rust type for each schema. Here, a type is data that is compiled once
//! from the intermediate representation. In both cases, the runtime provides the deserializers, the
//! limits and the checks. **Invariant:** a text is read here if and only if the generated type
//! reads it, and it breaks the same constraints at the same pointers.

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
