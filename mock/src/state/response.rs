//! What the state did for a request.

use serde_json::{Map, Value};

/// What a request did.
#[derive(Clone, Debug, PartialEq)]
pub enum StateResponse {
    /// It created, changed or read an item. A new one is at this path.
    Item(Map<String, Value>, Option<String>),
    /// It lists these items of so many.
    List(Vec<Value>, usize),
    /// It removed an item.
    Removed,
    /// There is no such item.
    Missing,
    /// There is such an item already.
    Exists,
    /// The collection is full.
    Full,
}
