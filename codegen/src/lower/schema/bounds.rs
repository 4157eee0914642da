//! `minimum: 1` beside `exclusiveMinimum: true` (3.0) becomes `exclusiveMinimum: 1` (3.1).

use crate::document::{Node, Object, Value};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["exclusiveMinimum", "exclusiveMaximum"]);

pub(super) fn run(node: &mut Node, _: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    exclusive(schema, "exclusiveMinimum", "minimum");
    exclusive(schema, "exclusiveMaximum", "maximum");
}

fn exclusive(schema: &mut Object, flag: &str, bound: &str) {
    match schema.get(flag).map(|node| &node.value) {
        None | Some(Value::Number(_)) => {}
        Some(Value::Bool(true)) => match schema.remove(bound) {
            Some(limit) => {
                schema.insert(flag, limit);
            }
            None => {
                schema.remove(flag);
            }
        },
        Some(_) => {
            schema.remove(flag);
        }
    }
}
