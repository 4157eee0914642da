//! Documented responses: chooses the one for a request, with the document's example or a value made
//! from its schema.

mod choose;
mod contents;
mod prefer;
mod prepared;

pub use self::choose::{Choice, cases, choose, choose_success, choose_with, with_status};
pub use self::contents::{Contents, Unmade, success_type};
pub use self::prefer::Prefer;
pub use self::prepared::{Prepared, Responses, sent};
