//! Responses that are ready to be sent. Each is made once for each case of an operation.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use axum::response::Response;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::Value;
use specwright_codegen::document::Node;
use specwright_codegen::ir::model::{HeaderForm, Operation, ResponseBody, ResponseCase};
use specwright_codegen::values::Maker;
use specwright_runtime::Bytes;

use super::choose::cases;
use super::contents::{Contents, Unmade};
use crate::document::Document;
use crate::leak::leak_text;

/// The number of items in a stream.
const STREAMED: usize = 3;

/// The number of named examples that are kept ready. Further ones are made for each request.
const KEPT: usize = 10_000;

/// Headers that the server sets itself.
const OWN: [&str; 5] = ["content-type", "content-length", "transfer-encoding", "connection", "date"];

/// The headers and body of a response.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

/// The case for which a prepared response is made.
type Key = (usize, usize, Option<String>, bool);

/// The responses of a document.
#[derive(Debug)]
pub struct Responses {
    document: &'static Document,
    known: RwLock<HashMap<Key, Arc<Result<Prepared, Unmade>>>>,
}

impl Responses {
    /// The responses of a document, which are made when they are first needed.
    #[must_use]
    pub fn new(document: &'static Document) -> Self {
        Self { document, known: RwLock::default() }
    }

    /// The response of an operation in one case.
    #[must_use]
    pub fn get(
        &self,
        operation: usize,
        case: usize,
        example: Option<&str>,
        dynamic: bool,
    ) -> Arc<Result<Prepared, Unmade>> {
        let key = (operation, case, example.map(ToOwned::to_owned), dynamic);
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(known);
        }
        let made = Arc::new(self.make(operation, case, example, dynamic));
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < KEPT {
            known.insert(key, Arc::clone(&made));
        }
        made
    }

    fn make(&self, operation: usize, case: usize, example: Option<&str>, dynamic: bool) -> Result<Prepared, Unmade> {
        let Some(operation) = self.document.operations.get(operation).map(|operation| operation.ir) else {
            return Ok(Prepared::default());
        };
        let Some(case) = cases(operation).nth(case) else { return Ok(Prepared::default()) };
        let value = Contents::new(self.document).value(operation, case, example, dynamic)?;
        let mut prepared = Prepared { headers: self.headers(operation, case), body: self.body(case, value.as_ref()) };
        if let Some(media) = content_type(case) {
            prepared.headers.insert(CONTENT_TYPE, media);
        }
        Ok(prepared)
    }

    /// The response of an operation in one case with a given body, if that body is valid.
    #[must_use]
    pub fn with_body(
        &self,
        operation: usize,
        case: usize,
        make: impl FnOnce(&'static ResponseCase, Option<Value>) -> Option<Value>,
    ) -> Option<Prepared> {
        let ir = self.document.operations.get(operation)?.ir;
        let described = cases(ir).nth(case)?;
        let contents = Contents::new(self.document);
        let usual = contents.value(ir, described, None, false).ok().flatten();
        let mut headers = match &*self.get(operation, case, None, false) {
            Ok(prepared) => prepared.headers.clone(),
            Err(_) => self.headers(ir, described),
        };
        headers.extend(content_type(described).map(|media| (CONTENT_TYPE, media)));
        let ResponseBody::Json(ty) = &described.body else {
            let is_empty = matches!(described.body, ResponseBody::Empty);
            return is_empty.then_some(Prepared { headers, body: Bytes::new() });
        };
        let value = make(described, usual).filter(|value| contents.check(ty, value).is_ok())?;
        Some(Prepared { headers, body: self.body(described, Some(&value)) })
    }

    /// A value as the body of a response.
    fn body(&self, case: &ResponseCase, value: Option<&Value>) -> Bytes {
        let value = value.unwrap_or(&Value::Null);
        match &case.body {
            ResponseBody::Empty => Bytes::new(),
            ResponseBody::Json(_) => value.to_string().into(),
            ResponseBody::Text(_) => plain(value).into(),
            ResponseBody::Form(_) => specwright_runtime::form::encode(value, &[]).unwrap_or_default().into(),
            ResponseBody::Bytes | ResponseBody::Stream => Bytes::from_static(b"bytes of the mock"),
            ResponseBody::Events(ty) if self.document.api.types.is_by_name(ty) => {
                let field = |name: &str| value.get(name).map(plain).unwrap_or_default();
                events(&format!("event: {}\n", field("event")), &field("data")).into()
            }
            ResponseBody::Events(_) => events("", &plain(value)).into(),
            ResponseBody::Lines(_) => {
                let is_sequence = case.media.as_ref().is_some_and(|media| media.essence.ends_with("json-seq"));
                let start = if is_sequence { "\u{1e}" } else { "" };
                format!("{start}{value}\n").repeat(STREAMED).into()
            }
        }
    }

    /// The documented headers of a response for which values can be made.
    #[must_use]
    pub fn headers(&self, operation: &'static Operation, case: &'static ResponseCase) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let group = case.headers.and_then(|index| self.document.api.header_groups.get(index));
        let contents = Contents::new(self.document);
        let documented = contents.response(operation, case).and_then(|response| response.get("headers"));
        for header in group.into_iter().flat_map(|group| &group.headers) {
            if OWN.iter().any(|own| header.wire.eq_ignore_ascii_case(own)) {
                continue;
            }
            let node = documented.and_then(|documented| documented.get(&header.wire));
            let Some(value) = node.and_then(|node| self.header(contents.followed(node))) else { continue };
            let name = leak_text(&header.wire);
            match header.form {
                HeaderForm::Simple { explode } => {
                    specwright_runtime::headers::write(&mut headers, name, explode, &value);
                }
                HeaderForm::Json => specwright_runtime::headers::write_json(&mut headers, name, Some(&value)),
            }
        }
        headers
    }

    fn header(&self, node: &'static Node) -> Option<Value> {
        if let Some(example) = node.get("example") {
            return Some(example.to_json());
        }
        let content = node.get("content").and_then(Node::as_object).and_then(|contents| contents.iter().next());
        let schema = node.get("schema").or_else(|| content.and_then(|content| content.value.get("schema")))?;
        Maker::of_responses(&self.document.tree.root).valid(schema)
    }
}

/// A response with a status.
#[must_use]
pub fn sent(status: u16, prepared: Prepared) -> Response {
    let mut response = Response::new(prepared.body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = prepared.headers;
    response
}

/// The media type that is sent. For a range, it is the usual media type of that kind.
fn content_type(case: &ResponseCase) -> Option<HeaderValue> {
    let media = case.media.as_ref()?;
    if !media.text.contains('*') {
        return HeaderValue::from_str(&media.text).ok();
    }
    let usual = match case.body {
        ResponseBody::Empty => return None,
        ResponseBody::Json(_) => "application/json",
        ResponseBody::Text(_) => "text/plain; charset=utf-8",
        ResponseBody::Form(_) => "application/x-www-form-urlencoded",
        ResponseBody::Bytes | ResponseBody::Stream => bytes_of(&media.essence),
        ResponseBody::Events(_) => "text/event-stream",
        ResponseBody::Lines(_) => "application/jsonl",
    };
    Some(HeaderValue::from_static(usual))
}

/// The media type of bytes in a range.
fn bytes_of(range: &str) -> &'static str {
    match range.split('/').next() {
        Some("audio") => "audio/mpeg",
        Some("font") => "font/woff2",
        Some("image") => "image/png",
        Some("text") => "text/plain",
        Some("video") => "video/mp4",
        _ => "application/octet-stream",
    }
}

/// Text unchanged, other values as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Events with these fields before their data.
fn events(fields: &str, data: &str) -> String {
    let lines: Vec<&str> = data.lines().collect();
    format!("{fields}data: {}\n\n", lines.join("\ndata: ")).repeat(STREAMED)
}
