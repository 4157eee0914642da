//! `items: [A, B]` with `additionalItems` (drafts before 2020-12) becomes `prefixItems: [A, B]`
//! with `items`.

use crate::document::{Node, Value};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["items", "additionalItems"]);

pub(super) fn run(node: &mut Node, _: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    let rest = schema.remove("additionalItems");
    if !matches!(schema.get("items").map(|items| &items.value), Some(Value::Array(_))) {
        return;
    }
    if let Some(prefix) = schema.remove("items")
        && !schema.contains_key("prefixItems")
    {
        schema.insert("prefixItems", prefix);
    }
    if let Some(rest) = rest {
        schema.insert("items", rest);
    }
}
