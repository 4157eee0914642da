//! Keeps annotations beside `$ref`; constraints beside it become `allOf: [{$ref}, {constraints}]`.

use super::members::is_annotation;
use crate::document::{Node, Object};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["$ref"]);

pub(super) fn run(node: &mut Node, context: &mut NodeContext<'_>) {
    let span = node.span;
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    // The target has a type of its own, which wins.
    schema.remove("type");
    let constraining: Vec<String> = schema
        .keys()
        .filter(|key| !is_annotation(key) && *key != "$ref" && *key != "discriminator")
        .map(str::to_owned)
        .collect();
    if constraining.is_empty() {
        schema.remove("discriminator");
        return;
    }
    let Some(reference) = schema.remove_entry("$ref") else {
        return;
    };
    let rest: Object = constraining.iter().filter_map(|key| schema.remove_entry(key)).collect();
    let mut rest = Node::new(rest, span);
    super::canonical(&mut rest, context);
    let target = Node::new(Object::from_iter([reference]), span);
    schema.insert("allOf", Node::new(vec![target, rest], span));
}
