//! `x-nullable` becomes `nullable`; `nullable: false`, the default, is removed.

use crate::document::{Node, Value};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["nullable"]).and(KeywordSet::EXTENSIONS);

pub(super) fn run(node: &mut Node, _: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    if let Some(extension) = schema.remove("x-nullable")
        && !schema.contains_key("nullable")
    {
        schema.insert("nullable", extension);
    }
    if schema.get("nullable").is_some_and(|nullable| nullable.value != Value::Bool(true)) {
        schema.remove("nullable");
    }
}
