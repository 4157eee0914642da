//! `additionalProperties` becomes `true`, `false` or a schema that limits the values. `required`
//! names each property once.

use super::unevaluated::is_never;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, Object, Value};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["additionalProperties", "required"]);

pub(super) fn run(node: &mut Node, context: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    if let Some(additional) = schema.get_mut("additionalProperties") {
        if is_never(additional) {
            additional.value = Value::Bool(false);
        } else if additional.as_object().is_some_and(Object::is_empty) {
            additional.value = Value::Bool(true);
        }
    }
    required(schema, context);
}

fn required(schema: &mut Object, context: &mut NodeContext<'_>) {
    let Some(names) = schema.get_mut("required").and_then(Node::as_array_mut) else {
        schema.remove("required");
        return;
    };
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| {
        let Some(text) = name.as_str() else {
            return false;
        };
        let new = seen.insert(text.to_owned());
        if !new {
            let message = format!("`{text}` is required twice");
            context
                .report(Diagnostic::new(&codes::DUPLICATE_REQUIRED, name, message).help("the second one is ignored"));
        }
        new
    });
    if names.is_empty() {
        schema.remove("required");
    }
}
