//! Limits how often a value is read again as another member of a union. Each level of nested unions
//! whose members have the same shape doubles the number of readings, so a short text could keep a
//! server busy forever.

use serde_json::Value;

use crate::budget::{Text, is_in_text, pay_pieces};
use crate::limits::UNION_BYTES_PER_PIECE;

/// Bytes of text that count as one piece.
const PIECE: usize = 64;

/// The budget of a value, unless it is part of a JSON text.
pub(super) fn bounded(value: &Value) -> Text {
    Text::of(if is_in_text() { 0 } else { pieces(value).saturating_mul(UNION_BYTES_PER_PIECE) })
}

/// Spends the cost of reading this value again; `false` if the budget is used up.
pub(super) fn pays_for(value: &Value) -> bool {
    pay_pieces(|| pieces(value))
}

/// Spends the cost of copying this value, which is a quarter of the cost of reading it.
pub(super) fn pays_for_copy(value: &Value) -> bool {
    pay_pieces(|| pieces(value) / 4)
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

    use super::{Text, bounded, pay_pieces, pays_for};

    #[test]
    fn all_unions_of_a_text_share_one_budget() {
        let _text = Text::of(1_000);
        let value = json!([[1, 2], {"a": "b"}]);
        {
            let _union = bounded(&value);
            assert!(pays_for(&value));
        }
        assert!(pay_pieces(|| 52_000 - 6));
        assert!(!pay_pieces(|| 1));
    }
}
