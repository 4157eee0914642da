//! Turns a document into a view that says what it means: references followed, spellings of one meaning made one.
//!
//! The rule it keeps: nothing is copied or changed; everything that a view returns knows its place.

mod located;
mod operation;
mod schema;

pub(super) use located::{Located, Side, Spot, show};
pub(super) use operation::{Operation, Parameter, of_item, operations, template, webhooks};
pub(super) use schema::{Schema, annotation};
