//! A document that is served. The stages of the generator read and build it. It is then compiled
//! into the static data that the runtime's router and readers take.

mod descriptors;
mod load;
mod plan;
mod served;

pub(crate) use self::load::Original;
pub use self::load::{LoadError, Source, load};
pub use self::plan::{Auth, Body, BodyKind, Document, Operation, OtherParts, Parameter, Part, PartAbsence};
pub(crate) use self::served::as_served;
