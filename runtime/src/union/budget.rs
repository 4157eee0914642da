//! How often a value may be read as another member of a union after it was none of the first.
//!
//! Each level of unions within unions of one shape doubles the readings, so that a short text could keep a server busy for ever.

use std::cell::Cell;

use serde_json::Value;

/// How often on average each piece of a value may be read again.
const READINGS: usize = 64;

/// More than this many pieces may be read again in any value.
const FLOOR: usize = 50_000;

/// Bytes of text that count as one piece.
const PIECE: usize = 64;

thread_local! {
    /// What is left for the outermost union that is being read; `None` outside of any.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// A union is being read; the outermost one gives the budget for all within it, and takes it away at its end.
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

/// Takes what another reading of this value costs; `false` if it cannot be had.
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
