//! A document that is served: read and built by the stages of the generator, and compiled into the
//! static data that the runtime's router and readers take.

mod descriptors;
mod load;
mod plan;

pub use self::load::{LoadError, Source, load};
pub use self::plan::{Auth, Body, BodyKind, Document, Operation, Parameter, Part, PartAbsence};
