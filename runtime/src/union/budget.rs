//! Limits how often a value is read again as another member of a union. Each level of nested unions
//! with members of one shape doubles the readings, so a short text could keep a server busy
//! forever.

use std::cell::Cell;

use serde_json::Value;

/// The average number of times that each piece of a value may be read again.
const READINGS: usize = 64;

/// The minimum budget, in pieces, whatever the size of the value.
const FLOOR: usize = 50_000;

/// Bytes of text that count as one piece.
const PIECE: usize = 64;

thread_local! {
    /// The remaining budget of the outermost union that is being read; `None` outside of unions.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// A guard while a union is read. The outermost one sets the budget for all unions within it, and
/// removes it when dropped.
pub(super) struct Bounded {
    outermost: bool,
}

impl Bounded {
    pub(super) fn by(value: &Value) -> Self {
        let outermost = LEFT.get().is_none();
        if outermost {
            LEFT.set(Some(FLOOR.saturating_add(READINGS.saturating_mul(pieces(value)))));
        }
        Self { outermost }
    }
}

impl Drop for Bounded {
    fn drop(&mut self) {
        if self.outermost {
            LEFT.set(None);
        }
    }
}

/// Spends the cost of reading this value again; `false` if the budget is used up.
pub(super) fn pays_for(value: &Value) -> bool {
    let Some(left) = LEFT.get() else { return true };
    let rest = left.checked_sub(pieces(value));
    LEFT.set(Some(rest.unwrap_or(0)));
    rest.is_some()
}

fn pieces(value: &Value) -> usize {
    1 + match value {
        Value::String(text) => text.len() / PIECE,
        Value::Array(items) => items.iter().map(pieces).sum(),
        Value::Object(entries) => entries.iter().map(|(key, value)| key.len() / PIECE + pieces(value)).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}
