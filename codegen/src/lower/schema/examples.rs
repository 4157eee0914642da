//! `example: v` becomes `examples: [v]`; a map of named examples becomes the list of their values.

use crate::document::{Node, Object, Value};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["example", "examples"]);

pub(super) fn run(node: &mut Node, _: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    if let Some(examples) = schema.get_mut("examples")
        && !matches!(examples.value, Value::Array(_))
    {
        let span = examples.span;
        let values = match std::mem::take(&mut examples.value) {
            Value::Object(named) if is_named(&named) => {
                named.into_iter().filter_map(|entry| value(entry.value)).collect()
            }
            other => vec![Node::new(other, span)],
        };
        *examples = Node::new(values, span);
    }
    let Some(example) = schema.remove("example") else {
        return;
    };
    match schema.get_mut("examples").and_then(Node::as_array_mut) {
        Some(examples) if examples.contains(&example) => {}
        Some(examples) => examples.insert(0, example),
        None => {
            let span = example.span;
            schema.insert("examples", Node::new(vec![example], span));
        }
    }
}

/// Whether each value is an Example object, as in `examples` of a media type.
fn is_named(examples: &Object) -> bool {
    !examples.is_empty() && examples.values().all(|example| example.get("value").is_some())
}

fn value(mut example: Node) -> Option<Node> {
    example.as_object_mut()?.remove("value")
}
