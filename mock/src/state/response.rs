//! The effect of a request on the state.

use serde_json::{Map, Value};

/// The effect of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum StateResponse {
    /// It created, changed or read an item. A new item is at this path.
    Item(Map<String, Value>, Option<String>),
    /// It lists these items, out of this total.
    List(Vec<Value>, usize),
    /// It removed an item.
    Removed,
    /// There is no such item.
    Missing,
    /// The item already exists.
    Exists,
    /// The collection is full.
    Full,
}
