//! Pages: turns a call of an operation that pages into a stream of its pages or of their items.
//!
//! **Invariant:** every request goes to the origin of the first one, and every walk ends. A token
//! that occurs twice is an error, and the number of pages is limited.

mod items;
mod link;
mod probe;
mod stream;
mod token;
mod walk;

pub use items::{AllItems, Items};
pub use stream::{Page, Paged, Pages};
pub use token::{InvalidPageToken, PageToken};
