//! Turns a document into a view of its meaning: references are followed, and spellings with one
//! meaning look alike.
//!
//! **Invariant:** nothing is copied or changed; everything that a view returns has a location.

mod forms;
mod keywords;
mod located;
mod operation;
mod schema;
mod subtypes;
mod unions;

pub(super) use keywords::{annotation, is_whole_range, matches_all};
pub(super) use located::{ChangeSite, Located, Revision, show};
pub(super) use operation::{Operation, Parameter, of_item, operations, webhooks};
pub(super) use schema::{Identity, Schema};
pub(super) use subtypes::Subtypes;
