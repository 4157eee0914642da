//! The examples and schemas of a response in the document → values that are valid for the
//! response's type.

use std::fmt;

use serde_json::Value;
use specwright_codegen::document::{Node, pointer, resolve_chain};
use specwright_codegen::ir::model::{Operation, ResponseBody, ResponseCase, TypeUse};
use specwright_codegen::values::Maker;

use super::choose::text;
use crate::document::Document;
use crate::types::{Typed, check};

/// Why there is no value for a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmade {
    /// No value can be made for its schema.
    Schema,
    /// The value that was made breaks a constraint at this pointer, or cannot be read for this reason.
    Invalid(String),
    /// There is no example with this name, but there are these.
    NoExample(Vec<String>),
}

impl fmt::Display for Unmade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema => f.write_str("no value can be made for its schema; give the document an example"),
            Self::Invalid(at) => write!(f, "no valid value can be made ({at}); give the document an example"),
            Self::NoExample(known) if known.is_empty() => f.write_str("it has no named examples"),
            Self::NoExample(known) => write!(f, "it has these examples: {}", known.join(", ")),
        }
    }
}

/// The values of the responses of a document.
#[derive(Clone, Copy, Debug)]
pub struct Contents {
    document: &'static Document,
}

impl Contents {
    /// The values for a document.
    #[must_use]
    pub fn new(document: &'static Document) -> Self {
        Self { document }
    }

    /// The value of a response: the named example, the first example that is valid, or a value that
    /// is made. For a stream, it is one item.
    ///
    /// # Errors
    /// If there is no value.
    pub fn value(
        self,
        operation: &Operation,
        case: &ResponseCase,
        example: Option<&str>,
        dynamic: bool,
    ) -> Result<Option<Value>, Unmade> {
        let Some(ty) = type_of(&case.body) else { return Ok(None) };
        let content = self.content(operation, case);
        let examples = content.map(examples).unwrap_or_default();
        if let Some(name) = example {
            let found = examples.iter().find(|(known, _)| known == name);
            let known = || examples.iter().map(|(known, _)| known.clone()).filter(|known| !known.is_empty()).collect();
            return found.map(|(_, node)| Some(node.to_json())).ok_or_else(|| Unmade::NoExample(known()));
        }
        if !dynamic {
            let maker = Maker::of_responses(&self.document.tree.root);
            let schema = content.and_then(|content| self.schema(content, &case.body));
            // Documents show whole objects, also with what only requests have.
            let values = examples.iter().map(|(_, node)| {
                let value = node.to_json();
                schema.map_or_else(|| value.clone(), |schema| maker.sent(schema, value.clone()))
            });
            if let Some(value) = values.into_iter().find(|value| self.check(ty, value).is_ok()) {
                return Ok(Some(value));
            }
        }
        self.made(content.and_then(|content| self.schema(content, &case.body)), ty).map(Some)
    }

    /// Whether a value is valid for a type according to the checks of our servers.
    ///
    /// # Errors
    /// The pointer of the fault, or why the value cannot be read.
    pub fn check(self, ty: &TypeUse, value: &Value) -> Result<(), String> {
        let typed = Typed::from_json(self.document.response_type(ty), value).map_err(|error| error.to_string())?;
        check(&typed, value).map_or(Ok(()), Err)
    }

    fn made(self, schema: Option<&'static Node>, ty: &TypeUse) -> Result<Value, Unmade> {
        let Some(schema) = schema else {
            // Any value is valid, or the body is text without a schema.
            let value = Value::from("text");
            return self.check(ty, &value).map(|()| value).map_err(Unmade::Invalid);
        };
        let value = Maker::of_responses(&self.document.tree.root).valid(schema).ok_or(Unmade::Schema)?;
        self.check(ty, &value).map(|()| value).map_err(Unmade::Invalid)
    }

    /// The media type object of a response.
    fn content(self, operation: &Operation, case: &ResponseCase) -> Option<&'static Node> {
        let contents = self.response(operation, case)?.get("content")?.as_object()?;
        let media = case.media.as_ref()?;
        let is_it = |key: &str| key == media.text || key.trim().eq_ignore_ascii_case(&media.text);
        let found = contents.iter().find(|entry| is_it(&entry.key));
        found.map(|entry| self.followed(&entry.value))
    }

    /// The response object, which also contains the headers.
    pub(super) fn response(self, operation: &Operation, case: &ResponseCase) -> Option<&'static Node> {
        let at = pointer::join(&format!("{}/responses", operation.origin.pointer), text(case.status));
        Some(self.followed(self.document.tree.root.pointer(&at)?))
    }

    /// The schema of a body, or of one item of a stream.
    fn schema(self, content: &'static Node, body: &ResponseBody) -> Option<&'static Node> {
        let whole = content.get("schema");
        let item = content.get("itemSchema");
        match body {
            ResponseBody::Lines(_) => item.or_else(|| whole.and_then(|schema| schema.get("items")).or(whole)),
            ResponseBody::Events(_) => {
                let event = item.or(whole)?;
                let data = item.and_then(|item| self.followed(item).pointer("/properties/data"));
                Some(data.map_or(event, |data| data.get("contentSchema").unwrap_or(data)))
            }
            _ => whole,
        }
    }

    /// The target of a reference, or the node itself.
    pub(super) fn followed(self, node: &'static Node) -> &'static Node {
        let target = node.reference().and_then(|reference| resolve_chain(&self.document.tree.root, reference));
        target.map_or(node, |(target, _)| target)
    }
}

/// The type of a body, or of one item of a stream.
fn type_of(body: &ResponseBody) -> Option<&TypeUse> {
    match body {
        ResponseBody::Json(ty)
        | ResponseBody::Text(ty)
        | ResponseBody::Form(ty)
        | ResponseBody::Events(ty)
        | ResponseBody::Lines(ty) => Some(ty),
        ResponseBody::Empty | ResponseBody::Bytes | ResponseBody::Stream => None,
    }
}

/// The type of a body of JSON.
#[must_use]
pub fn success_type(document: &'static Document, case: &ResponseCase) -> Option<&'static crate::types::Type> {
    match &case.body {
        ResponseBody::Json(ty) => Some(document.response_type(ty)),
        _ => None,
    }
}

/// The examples of a media type with their names. Examples without a name have an empty one.
fn examples(content: &'static Node) -> Vec<(String, &'static Node)> {
    let mut found: Vec<(String, &'static Node)> = Vec::new();
    let named = content.get("examples").and_then(Node::as_object).into_iter().flatten();
    found.extend(named.filter_map(|entry| {
        let value = entry.value.get("dataValue").or_else(|| entry.value.get("value"))?;
        Some((entry.key.to_string(), value))
    }));
    let listed = content.get("examples").and_then(Node::as_array).unwrap_or_default();
    found.extend(content.get("example").into_iter().chain(listed).map(|value| (String::new(), value)));
    found
}
