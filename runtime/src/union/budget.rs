//! Limits how often a value is read again as another member of a union. Each level of nested unions
//! whose members have the same shape doubles the number of readings, so a short text could keep a
//! server busy forever. All unions of a text share one budget.

use std::cell::Cell;

use serde_json::Value;

use crate::limits::{UNION_PIECES, UNION_PIECES_MOST, UNION_PIECES_PER_BYTE};

/// Bytes of text that count as one piece.
const PIECE: usize = 64;

/// Bytes of text that usually contain at most one piece. Lists of single digits contain more.
const SHORTEST: usize = 4;

thread_local! {
    /// The remaining budget of the text or the outermost union that is being read.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// A guard that exists while unions are read. The outermost one sets the budget for everything
/// inside it, and removes it when dropped.
#[must_use]
pub(crate) struct Bounded {
    outermost: bool,
}

impl Bounded {
    /// The budget of a JSON text of `length` bytes.
    pub(crate) fn by_length(length: usize) -> Self {
        let outermost = LEFT.get().is_none();
        if outermost {
            let more = length.saturating_mul(UNION_PIECES_PER_BYTE).min(UNION_PIECES_MOST.max(length / SHORTEST));
            LEFT.set(Some(UNION_PIECES.saturating_add(more)));
        }
        Self { outermost }
    }

    /// The budget of a value that does not come from JSON text.
    pub(super) fn by(value: &Value) -> Self {
        if LEFT.get().is_some() {
            return Self { outermost: false };
        }
        Self::by_length(pieces(value).saturating_mul(SHORTEST))
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
    pays(|| pieces(value))
}

/// Spends the cost of copying this value, which is a quarter of the cost of reading it.
pub(super) fn pays_for_copy(value: &Value) -> bool {
    pays(|| pieces(value) / 4)
}

fn pays(price: impl FnOnce() -> usize) -> bool {
    let Some(left) = LEFT.get() else { return true };
    let rest = left.checked_sub(price());
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Bounded, LEFT, pays_for};

    #[test]
    fn all_unions_of_a_text_share_one_budget() {
        let _text = Bounded::by_length(1_000);
        let value = json!([[1, 2], {"a": "b"}]);
        let before = LEFT.get().unwrap();
        assert_eq!(before, 52_000);
        {
            let _union = Bounded::by(&value);
            assert!(pays_for(&value));
        }
        assert_eq!(LEFT.get(), Some(before - 6));
    }

    #[test]
    fn the_budget_is_bounded_and_proportional_only_for_the_longest() {
        let budget = |length| {
            let _text = Bounded::by_length(length);
            LEFT.get().unwrap()
        };
        assert_eq!(budget(2 << 20), 50_000 + (1 << 19));
        assert_eq!(budget(1 << 20), 550_000);
        assert_eq!(budget(64 << 20), 50_000 + (16 << 20));
        assert_eq!(LEFT.get(), None);
    }
}
