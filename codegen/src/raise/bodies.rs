//! Turns a body parameter into a request body.

use super::media::{self, BYTES, JSON};
use super::shared::Shared;
use crate::document::{Entry, Node, Object, Span, Value};
use crate::openapi::grammar::Kind;
use crate::openapi::parameters::schema_keywords;

/// The request body made from a body parameter, for the media types of an operation. Some documents
/// write the type beside the name, as for other parameters.
pub(super) fn body(parameter: &Node, consumes: &[Node], shared: &Shared<'_>) -> Node {
    let span = parameter.span;
    let plain = plain_schema(parameter);
    let schema = parameter.as_object().and_then(|parameter| parameter.entry("schema")).or(plain.as_ref());
    let types = types(consumes, schema.map(|schema| &schema.value), span, shared);
    let content = media::content(&types, schema.map_or(span, |schema| schema.key_span), |_| {
        let schema = schema.map(|schema| ("schema", schema.value.clone()));
        schema.into_iter().map(|(key, value)| Entry { key: key.into(), key_span: value.span, value }).collect()
    });
    let mut body: Object =
        parameter.as_object().into_iter().flatten().filter(|entry| is_kept(&entry.key)).cloned().collect();
    body.insert("content", content);
    Node::new(Value::Object(body), span)
}

/// The schema keywords that are directly on a parameter, if there are any.
fn plain_schema(parameter: &Node) -> Option<Entry> {
    let object = parameter.as_object()?;
    let schema: Object = schema_keywords(Kind::Parameter).filter_map(|key| object.entry(key)).cloned().collect();
    let value = Node::new(schema, parameter.span);
    (!value.as_object()?.is_empty()).then(|| Entry { key: "schema".into(), key_span: value.span, value })
}

fn is_kept(key: &str) -> bool {
    key.starts_with("x-") || matches!(key, "description" | "required") && Kind::RequestBody.field(key).is_some()
}

/// The media types of a body. A form has its own parameters, so if a list that the whole document
/// shares names form types, they are meant for other operations.
fn types(consumes: &[Node], schema: Option<&Node>, span: Span, shared: &Shared<'_>) -> Vec<Node> {
    let others: Vec<Node> = consumes.iter().filter(|one| !media::is_form(one)).cloned().collect();
    match (others.is_empty(), consumes.is_empty()) {
        (false, _) => others,
        (true, false) => consumes.to_vec(),
        (true, true) => vec![Node::new(usual(schema, shared), span)],
    }
}

/// The media type of a schema where the document names none.
pub(super) fn usual(schema: Option<&Node>, shared: &Shared<'_>) -> &'static str {
    let schema = schema.map(|schema| shared.follow(schema));
    let text = |key| schema.and_then(|schema| schema.get(key)).and_then(Node::as_str);
    if text("type") == Some("file") || (text("type") == Some("string") && text("format") == Some("binary")) {
        return BYTES;
    }
    JSON
}
