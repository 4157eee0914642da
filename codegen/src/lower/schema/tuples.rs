//! `items: [A, B]` with `additionalItems` (drafts before 2020-12) becomes `prefixItems: [A, B]`
//! with `items`.

use crate::document::{Entry, Node, Value};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["items", "additionalItems"]);

pub(super) fn run(node: &mut Node, context: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    let rest = schema.remove_entry("additionalItems");
    if !matches!(schema.get("items").map(|items| &items.value), Some(Value::Array(_))) {
        // Empty where it only repeats that any items may follow.
        let limits = |entry: &Entry| entry.value.as_object().is_some_and(|schema| !schema.is_empty());
        if let Some(entry) = rest.filter(limits) {
            super::unevaluated::report_idle(&entry, "a list in `items`", context);
        }
        return;
    }
    if let Some(prefix) = schema.remove("items")
        && !schema.contains_key("prefixItems")
    {
        schema.insert("prefixItems", prefix);
    }
    if let Some(rest) = rest {
        schema.insert("items", rest.value);
    }
}
