//! Turns form parameters into a request body whose schema has a property for each.

use super::collections::{self, Place};
use super::media::{self, MULTIPART, URL_ENCODED};
use super::parameters::take_schema;
use crate::document::{Entry, Node, Object, Span, Value};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;

/// A form that is being put together.
#[derive(Debug, Default)]
pub(super) struct Form {
    properties: Object,
    required: Vec<Node>,
    encoding: Object,
    has_file: bool,
}

impl Form {
    pub fn is_empty(&self) -> bool {
        self.properties.is_empty()
    }

    /// Adds a parameter.
    pub fn add(&mut self, parameter: &Node, context: &mut NodeContext<'_>) {
        let span = parameter.span;
        let (Some(object), Some(name)) = (parameter.as_object(), parameter.get("name").and_then(Node::as_str)) else {
            return;
        };
        let mut object = object.clone();
        let format = object.remove_entry("collectionFormat");
        let mut schema = match object.remove("schema").map(|schema| schema.value) {
            Some(Value::Object(schema)) => schema,
            _ => take_schema(Kind::Parameter, &mut object, span, context),
        };
        self.has_file |= is_file(&schema);
        if collections::is_list(&schema) {
            collections::of_items(&mut schema, context);
            let entries = collections::entries(format.as_ref(), Place::Pairs, span, context);
            let entries = entries.into_iter().map(|(key, value)| Entry { key: key.into(), key_span: span, value });
            self.encoding.insert(name, Node::new(entries.collect::<Object>(), span));
        }
        for key in ["description", "example"] {
            if let Some(entry) = object.remove_entry(key).filter(|_| !schema.contains_key("$ref")) {
                schema.insert_entry(entry);
            }
        }
        if object.get("required").and_then(Node::as_bool) == Some(true) {
            self.required.push(Node::new(name, span));
        }
        self.properties.insert(name, Node::new(schema, span));
    }

    /// The request body; `consumes` are the media types of the operation.
    pub fn body(&self, consumes: &[Node], span: Span) -> Node {
        let types = types(consumes, self.has_file, span);
        let mut body = Object::new();
        body.insert("content", media::content(&types, span, |_| self.media_type(span)));
        if !self.required.is_empty() {
            body.insert("required", Node::new(true, span));
        }
        Node::new(body, span)
    }

    fn media_type(&self, span: Span) -> Object {
        let mut schema = Object::new();
        schema.insert("type", Node::new("object", span));
        if !self.required.is_empty() {
            schema.insert("required", Node::new(self.required.clone(), span));
        }
        schema.insert("properties", Node::new(self.properties.clone(), span));
        let mut media_type = Object::new();
        media_type.insert("schema", Node::new(schema, span));
        if !self.encoding.is_empty() {
            media_type.insert("encoding", Node::new(self.encoding.clone(), span));
        }
        media_type
    }
}

/// The media types of a form: those that the operation names, and the usual one if it names none.
fn types(consumes: &[Node], has_file: bool, span: Span) -> Vec<Node> {
    let fits = |one: &&Node| media::is(one, MULTIPART) || (!has_file && media::is(one, URL_ENCODED));
    let named: Vec<Node> = consumes.iter().filter(fits).cloned().collect();
    if !named.is_empty() {
        return named;
    }
    vec![Node::new(if has_file { MULTIPART } else { URL_ENCODED }, span)]
}

/// Whether a schema is a file, or a list of files.
fn is_file(schema: &Object) -> bool {
    let is = |schema: &Object| schema.get("type").and_then(Node::as_str) == Some("file");
    is(schema) || schema.get("items").and_then(Node::as_object).is_some_and(is)
}
