//! Gives parameters and headers that have neither `schema` nor `content` a schema: that of the
//! keywords beside the name, or a string if there are none.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, Object};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;
use crate::openapi::parameters::schema_keywords;

pub(super) fn repair(kind: Kind, node: &mut Node, context: &mut NodeContext<'_>) {
    if !matches!(kind, Kind::Parameter | Kind::Header) {
        return;
    }
    let span = node.span;
    let Some(object) = node.as_object_mut() else {
        return;
    };
    let described = object.contains_key("schema")
        || object.contains_key("$ref")
        || object.get("content").and_then(Node::as_object).is_some_and(|content| !content.is_empty());
    if described {
        return;
    }
    let title = kind.title();
    let message = match object.get("name").and_then(Node::as_str) {
        Some(name) => format!("the {title} `{name}` has no schema"),
        None => format!("the {title} has no schema"),
    };
    let mut schema: Object = schema_keywords(kind).filter_map(|keyword| object.remove_entry(keyword)).collect();
    let help = if schema.is_empty() {
        schema.insert("type", Node::new("string", span));
        "it is read as a string; give it a `schema`"
    } else {
        "the keywords beside its name are read as its schema; move them into `schema`"
    };
    context.report(Diagnostic::new(&codes::PARAMETER_WITHOUT_SCHEMA, span, message).help(help));
    object.remove("content");
    object.insert("schema", Node::new(schema, span));
}
