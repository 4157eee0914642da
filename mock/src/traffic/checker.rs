//! An exchange → its violations of the document.

use axum::body::Body;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, Method, Request};
use serde_json::Value;
use specwright_codegen::ir::model::{ResponseBody, ResponseCase, Status};
use specwright_runtime::Bytes;
use specwright_runtime::descriptor;
use specwright_runtime::server::{RejectionKind, Router};
use tower::ServiceExt as _;

use super::exchange::Exchange;
use super::kind::Side;
use super::reader::{self, Refused};
use super::responses;
use crate::document::{Document, Operation};
use crate::respond::with_status;

/// Checks exchanges.
#[derive(Debug)]
pub struct Checker {
    document: &'static Document,
    requests: Router,
    /// The responses of the document as operations.
    taken: &'static Document,
    responses: Router,
}

/// The violations of an exchange.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The operation; `None` if the document has none for this request.
    pub operation: Option<&'static Operation>,
    /// The violations, those of the request first.
    pub found: Vec<Found>,
    /// Whether a body was too large, broke off, or was compressed. Then it is not checked.
    pub is_partial: bool,
}

/// A violation.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The request or the response.
    pub side: Side,
    /// The JSON Pointer into it, such as `/body/plan`; empty for the whole.
    pub pointer: String,
    /// The keyword of JSON Schema that is broken, or `path`, `method`, `credentials`, `status`,
    /// `mediaType`, `body`, `syntax` or `repeated`.
    pub kind: &'static str,
    /// The requirement.
    pub detail: String,
    /// The value, if the body is JSON.
    pub(super) value: Option<Value>,
}

impl Checker {
    /// The checker of a document.
    #[must_use]
    pub fn new(document: &'static Document) -> Self {
        let taken = responses::compile(document);
        Self { document, requests: reader::router(document), taken, responses: reader::router(taken) }
    }

    /// Checks an exchange.
    pub async fn check(&self, exchange: &Exchange) -> Checked {
        let mut checked = Checked::default();
        self.request(exchange, &mut checked).await;
        if let Some(operation) = checked.operation {
            self.response(operation, exchange, &mut checked).await;
        }
        checked
    }

    async fn request(&self, exchange: &Exchange, checked: &mut Checked) {
        let is_known = exchange.request_body.is_some() && !is_encoded(&exchange.request_headers);
        checked.is_partial |= !is_known;
        let body = exchange.request_body.clone().filter(|_| is_known).unwrap_or_default();
        let mut request = Request::new(Body::from(body.clone()));
        *request.method_mut() = exchange.method.clone();
        *request.uri_mut() = exchange.uri.clone();
        *request.headers_mut() = exchange.request_headers.clone();
        let (descriptor, refused) = send(&self.requests, request).await;
        checked.operation = descriptor.and_then(|one| self.document.operation(one)).map(|(_, operation)| operation);
        // A router itself responds to `OPTIONS`, which browsers send before a request.
        let Some(refused) = refused.filter(|_| exchange.method != Method::OPTIONS) else { return };
        checked.is_partial |= refused.kind == RejectionKind::BodyTooLarge;
        let found = found(Side::Request, refused, &body);
        checked.found.extend(found.into_iter().filter(|one| is_known || !one.pointer.starts_with("/body")));
    }

    async fn response(&self, operation: &'static Operation, exchange: &Exchange, checked: &mut Checked) {
        let status = exchange.status.as_u16();
        let cases: Vec<&ResponseCase> = with_status(operation.ir, status).into_iter().map(|(_, case)| case).collect();
        let Some(first) = cases.first() else {
            // `304` and `1xx` are not responses of the operation.
            if status >= 200 && status != 304 {
                let detail = format!("the status {status} is not documented");
                checked.found.push(Found::new("status", "", detail));
            }
            return;
        };
        let is_known = exchange.response_body.is_some() && !is_encoded(&exchange.response_headers);
        let has_body = exchange.method != Method::HEAD && !matches!(status, ..200 | 204 | 205 | 304);
        checked.is_partial |= has_body && !is_known;
        let body = exchange.response_body.clone().filter(|_| has_body && is_known);
        let problem = body.as_ref().and_then(|body| presence(&cases, body, &exchange.response_headers));
        let body = body.filter(|body| !body.is_empty() && problem.is_none());
        checked.found.extend(problem);
        let found = self.taken(operation, first.status, exchange, body).await;
        checked.found.extend(found);
    }

    /// The violations in the headers and the body of a response.
    async fn taken(
        &self,
        operation: &'static Operation,
        status: Status,
        exchange: &Exchange,
        body: Option<Bytes>,
    ) -> Vec<Found> {
        let Some((index, _)) = self.document.operation(operation.descriptor) else { return Vec::new() };
        let path = responses::path(index, status);
        let Some(taken) = self.taken.operations.iter().find(|taken| taken.descriptor.path == path) else {
            return Vec::new();
        };
        let has_body = body.is_some();
        let body = body.unwrap_or_default();
        let mut request = Request::new(Body::from(body.clone()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = path.parse().unwrap_or_default();
        *request.headers_mut() = read_headers(taken, &exchange.response_headers, has_body);
        let (_, refused) = send(&self.responses, request).await;
        refused.map(|refused| found(Side::Response, refused, &body)).unwrap_or_default()
    }
}

/// The response of a router to a request: its operation, and why it refuses the request.
async fn send(router: &Router, request: Request<Body>) -> (Option<&'static descriptor::Operation>, Option<Refused>) {
    let mut response = match router.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let refused = response.extensions_mut().remove::<Refused>();
    (response.extensions().get::<&'static descriptor::Operation>().copied(), refused)
}

/// The headers of a response that its document describes. Several lines of one header are joined.
fn read_headers(taken: &Operation, headers: &HeaderMap, has_body: bool) -> HeaderMap {
    let mut read = HeaderMap::new();
    for parameter in taken.descriptor.parameters {
        let Ok(name) = http::HeaderName::try_from(parameter.name) else { continue };
        let lines: Vec<&[u8]> = headers.get_all(&name).iter().map(http::HeaderValue::as_bytes).collect();
        if let Ok(value) = http::HeaderValue::from_bytes(&lines.join(&b", "[..]))
            && !lines.is_empty()
        {
            read.insert(name, value);
        }
    }
    if let Some(media) = headers.get(CONTENT_TYPE).filter(|_| has_body) {
        read.insert(CONTENT_TYPE, media.clone());
    }
    read
}

/// Whether a body is compressed. It would have to be decompressed to be read.
fn is_encoded(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_ENCODING).is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// The violation of a body as a whole: it is missing, undocumented, or has no media type.
fn presence(cases: &[&ResponseCase], body: &Bytes, headers: &HeaderMap) -> Option<Found> {
    let is_described = cases.iter().any(|case| !matches!(case.body, ResponseBody::Empty));
    let may_be_empty = cases.iter().any(|case| {
        matches!(case.body, ResponseBody::Empty | ResponseBody::Bytes | ResponseBody::Stream | ResponseBody::Text(_))
            || matches!(case.body, ResponseBody::Lines(_) | ResponseBody::Events(_))
    });
    match (is_described, body.is_empty()) {
        (true, true) if !may_be_empty => Some(Found::new("body", "/body", "must have a body".to_owned())),
        (false, false) => Some(Found::new("body", "/body", "must have no body".to_owned())),
        (true, false) if !headers.contains_key(CONTENT_TYPE) => {
            Some(Found::new("mediaType", "/header/content-type", "must be given".to_owned()))
        }
        _ => None,
    }
}

impl Found {
    /// A violation of the response.
    fn new(kind: &'static str, pointer: &str, detail: String) -> Self {
        Self { side: Side::Response, pointer: pointer.to_owned(), kind, detail, value: None }
    }
}

/// The violations of a refused request.
fn found(side: Side, refused: Refused, body: &[u8]) -> Vec<Found> {
    if refused.violations.is_empty() {
        let (kind, pointer) = match refused.kind {
            RejectionKind::NotFound => ("path", ""),
            RejectionKind::MethodNotAllowed => ("method", ""),
            RejectionKind::Unauthorized | RejectionKind::Forbidden => ("credentials", ""),
            RejectionKind::UnsupportedMediaType => ("mediaType", "/header/content-type"),
            RejectionKind::BodyTooLarge => return Vec::new(),
            _ => ("syntax", "/body"),
        };
        return vec![Found { side, pointer: pointer.to_owned(), kind, detail: refused.detail, value: None }];
    }
    let json: Option<Value> = serde_json::from_slice(body).ok();
    let found = refused.violations.into_iter().map(|one| {
        let value = one.pointer.strip_prefix("/body").and_then(|at| json.as_ref()?.pointer(at)).cloned();
        Found { side, pointer: one.pointer, kind: one.kind, detail: one.detail, value }
    });
    found.collect()
}
