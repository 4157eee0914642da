//! Estimates the memory that values take.

use serde_json::{Map, Value};

/// Bytes of an entry of an object, beyond its name and value.
const ENTRY: usize = 48;

/// The memory that a value takes, roughly, in bytes.
pub(crate) fn of(value: &Value) -> usize {
    let held = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(of).sum(),
        Value::Object(members) => of_members(members),
    };
    held + size_of::<Value>()
}

/// The memory that the members of an object take, roughly, in bytes.
pub(crate) fn of_members(members: &Map<String, Value>) -> usize {
    members.iter().map(|(name, value)| ENTRY + name.len() + of(value)).sum()
}
