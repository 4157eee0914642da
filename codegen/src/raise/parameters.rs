//! Turns a parameter or header with its own `type` into one with a `schema`.

use super::collections::{self, Place};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Entry, Node, Object, Span};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;
use crate::openapi::parameters::schema_keywords;

/// Rewrites a parameter of a path, query or header.
pub(super) fn raise(parameter: &mut Node, context: &mut NodeContext<'_>) {
    let is_query = parameter.get("in").and_then(Node::as_str) == Some("query");
    let place = if is_query { Place::Pairs } else { Place::Text };
    described(Kind::Parameter, parameter, place, context);
}

/// Rewrites a header of a response.
pub(super) fn header(header: &mut Node, context: &mut NodeContext<'_>) {
    described(Kind::Header, header, Place::Response, context);
}

/// Moves the schema keywords into a schema, and sets how a list is written.
fn described(kind: Kind, node: &mut Node, place: Place, context: &mut NodeContext<'_>) {
    let span = node.span;
    let Some(object) = node.as_object_mut() else {
        return;
    };
    if ["$ref", "schema", "content"].iter().any(|key| object.contains_key(key)) {
        return;
    }
    let format = object.remove_entry("collectionFormat");
    let mut schema = take_schema(kind, object, span, context);
    if collections::is_list(&schema) {
        collections::of_items(&mut schema, context);
        for (key, value) in collections::entries(format.as_ref(), place, span, context) {
            object.insert(key, value);
        }
    }
    if let Some(example) = object.remove_entry("x-example") {
        object.insert_entry(Entry { key: "example".into(), ..example });
    }
    object.insert("schema", Node::new(schema, span));
}

/// Takes the schema out of a parameter or header. It is a string if there are no keywords.
pub(super) fn take_schema(kind: Kind, object: &mut Object, span: Span, context: &mut NodeContext<'_>) -> Object {
    let mut schema: Object = schema_keywords(kind).filter_map(|keyword| object.remove_entry(keyword)).collect();
    if schema.is_empty() {
        let title = kind.title();
        let name = object.get("name").and_then(Node::as_str);
        let message =
            name.map_or_else(|| format!("the {title} has no type"), |name| format!("the {title} `{name}` has no type"));
        let diagnostic = Diagnostic::new(&codes::PARAMETER_WITHOUT_SCHEMA, span, message);
        context.report(diagnostic.help("it is read as a string; give it a `type`"));
        schema.insert("type", Node::new("string", span));
    }
    let described: Vec<String> = object.keys().filter(|key| describes_values(key)).map(str::to_owned).collect();
    schema.extend(described.iter().filter_map(|key| object.remove_entry(key)));
    schema
}

/// Whether an extension of a parameter is about its values.
fn describes_values(key: &str) -> bool {
    key.starts_with("x-enum") || matches!(key, "x-nullable" | "x-ms-enum" | "x-extensible-enum")
}
