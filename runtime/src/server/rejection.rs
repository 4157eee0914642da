//! Rejections: requests that are refused before they reach the service, and failures of the service
//! → responses.
//!
//! **Invariant:** internal errors are logged and never sent.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::RejectionKind;
use crate::descriptor::Operation;
use crate::future::BoxFuture;
use crate::validation::Violation;

/// The header of a 501 response that names the operation.
pub const NOT_IMPLEMENTED: HeaderName = HeaderName::from_static("x-not-implemented");

/// The refusal of a request, or an internal error.
#[derive(Debug)]
pub struct Rejection {
    // Boxed, because it is the rare variant of many results.
    inner: Box<Inner>,
}

#[derive(Debug)]
struct Inner {
    kind: RejectionKind,
    /// The documented status, if it is not that of the kind.
    status: Option<StatusCode>,
    detail: Cow<'static, str>,
    violations: Vec<Violation>,
    headers: HeaderMap,
    operation: Option<&'static Operation>,
    source: Option<Box<dyn Error + Send + Sync>>,
    rest: Option<Rest>,
}

/// The violations in what had not been read when the request was refused. The lock is needed
/// because a future alone cannot be shared between threads, and an error must be.
struct Rest(Mutex<BoxFuture<'static, Vec<Violation>>>);

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rest")
    }
}

/// The message for the caller, in one line.
impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner.detail)?;
        self.inner.violations.iter().try_for_each(|one| write!(f, "; {} {}", one.pointer, one.detail))
    }
}

impl Error for Rejection {}

impl Rejection {
    pub(super) fn new(kind: RejectionKind, detail: impl Into<Cow<'static, str>>) -> Self {
        let inner = Inner {
            kind,
            status: None,
            detail: detail.into(),
            violations: Vec::new(),
            headers: HeaderMap::new(),
            operation: None,
            source: None,
            rest: None,
        };
        Self { inner: Box::new(inner) }
    }

    /// A part of the request, at `pointer`, that cannot be read.
    pub(super) fn malformed(violation: Violation) -> Self {
        let mut rejection = Self::new(RejectionKind::Malformed, "the request cannot be read");
        rejection.inner.violations.push(violation);
        rejection
    }

    /// Text, at `pointer`, that is not written correctly.
    pub(super) fn unreadable(pointer: &str, detail: impl Into<String>) -> Self {
        Self::malformed(Violation::new(pointer, "syntax", detail))
    }

    /// Adds the `faults` of everything that was read. A known violation is kept if no fault
    /// describes it more precisely, as is the case for text that cannot be read.
    pub(super) fn with_faults(mut self, mut faults: Vec<Violation>, limit: usize) -> Self {
        let is_above = |one: &str, other: &str| {
            other.strip_prefix(one).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let says_more = |known: &Violation, fault: &Violation| {
            is_above(&known.pointer, &fault.pointer) || is_above(&fault.pointer, &known.pointer)
        };
        let is_final = |known: &Violation| matches!(known.kind, "syntax" | "repeated");
        let violations = &mut self.inner.violations;
        faults.retain(|fault| !violations.iter().any(|known| is_final(known) && says_more(known, fault)));
        violations.retain(|known| !faults.iter().any(|fault| says_more(known, fault)));
        violations.extend(faults);
        violations.truncate(limit);
        self
    }

    /// Leaves the rest of the request for [`completed`](Self::completed).
    pub(super) fn with_rest(mut self, rest: BoxFuture<'static, Vec<Violation>>) -> Self {
        self.inner.rest = Some(Rest(Mutex::new(rest)));
        self
    }

    /// Reads the rest of the request, and adds its violations.
    pub(super) async fn completed(mut self, limit: usize) -> Self {
        if let Some(Rest(rest)) = self.inner.rest.take() {
            let rest = rest.into_inner().unwrap_or_else(PoisonError::into_inner).await;
            self.inner.violations.extend(rest);
            self.inner.violations.truncate(limit);
        }
        self
    }

    /// A request that violates the document.
    pub(super) fn invalid(violations: Vec<Violation>) -> Self {
        let mut rejection = Self::new(RejectionKind::Invalid, "the request does not conform to the API description");
        rejection.inner.violations = violations;
        rejection
    }

    pub(super) fn too_large(limit: u64) -> Self {
        Self::new(RejectionKind::BodyTooLarge, format!("the body must have at most {limit} bytes"))
    }

    pub(super) fn too_many_parts(most: usize) -> Self {
        Self::new(RejectionKind::BodyTooLarge, format!("the body must have at most {most} parts"))
    }

    pub(super) fn internal(source: Box<dyn Error + Send + Sync>) -> Self {
        let mut rejection = Self::new(RejectionKind::Internal, "the service failed to respond");
        rejection.inner.source = Some(source);
        rejection
    }

    /// A response that violates the document, and is not sent.
    #[cfg(feature = "validate")]
    pub(super) fn invalid_response(violations: Vec<Violation>) -> Self {
        let shown = violations.iter().map(|one| format!("{} {}", one.pointer, one.detail)).collect::<Vec<_>>();
        let detail = "the response does not conform to the API description";
        let mut rejection = Self::new(RejectionKind::Internal, detail);
        rejection.inner.source = Some(format!("{detail}: {}", shown.join("; ")).into());
        rejection.inner.violations = violations;
        rejection
    }

    pub(super) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.inner.headers.append(name, value);
        self
    }

    pub(super) fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.inner.headers.extend(headers);
        self
    }

    /// Sets the operation, and logs an internal error. The faults of a request get the status that
    /// the document gives them.
    pub(super) fn of(mut self, operation: &'static Operation) -> Self {
        self.inner.operation = Some(operation);
        // A service that refuses a request chooses its own status; only the runtime reports faults.
        let is_faulty = !self.inner.violations.is_empty() && self.inner.kind != RejectionKind::Internal;
        if is_faulty && let Some(documented) = operation.invalid {
            self.inner.status = StatusCode::from_u16(documented).ok();
        }
        if self.inner.kind == RejectionKind::NotImplemented
            && let Ok(id) = HeaderValue::from_str(operation.id)
        {
            self.inner.headers.insert(NOT_IMPLEMENTED, id);
        }
        if let Some(error) = self.inner.source.take() {
            tracing::error!(operation = operation.id, error = chain(&*error), "a request failed");
        } else {
            tracing::debug!(operation = operation.id, kind = ?self.inner.kind, "a request was rejected");
        }
        self
    }

    /// The rejection with another status, such as 400 for everything that is wrong with a request. A
    /// status below 400 becomes 500.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        let is_refusal = status.is_client_error() || status.is_server_error();
        self.inner.kind = if is_refusal { RejectionKind::of(status) } else { RejectionKind::Internal };
        self.inner.status = None;
        self
    }

    /// The kind of rejection.
    #[must_use]
    pub fn kind(&self) -> RejectionKind {
        self.inner.kind
    }

    /// The status of the response: that of the kind. If the document describes only 400 or only 422
    /// for an operation, that one has the faults of both kinds.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.inner.status.unwrap_or(self.inner.kind.status())
    }

    /// One sentence for the caller, without a full stop.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.inner.detail
    }

    /// The violations, each with its pointer; empty if the rejection is not about a part of the
    /// request.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.inner.violations
    }

    /// The operation; `None` for 404 and 405.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.inner.operation
    }

    /// Headers of the response: `Allow`, `WWW-Authenticate`, `x-not-implemented`, and those that a
    /// service has set on its [`Failure`](super::Failure). They are added to the response that a
    /// service makes of the rejection, unless that response already sets them.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    /// The response with a custom body.
    #[must_use]
    pub fn respond(self, content_type: &'static str, body: impl Into<Body>) -> Response {
        let mut response = Response::new(body.into());
        *response.status_mut() = self.status();
        *response.headers_mut() = self.inner.headers;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        response
    }

    /// The response as `application/problem+json` (RFC 9457).
    #[must_use]
    pub fn into_response(self) -> Response {
        let body = self.problem().to_string();
        self.respond("application/problem+json", body)
    }

    /// The problem document: `{"type", "title", "status", "detail", "errors"}`. Each error has
    /// `in`, `pointer`, `kind` and `detail`, and also `name`, `expected` and `found` if there are
    /// any.
    #[must_use]
    pub fn problem(&self) -> Value {
        let status = self.status();
        let mut problem = json!({
            "type": "about:blank",
            "title": status.canonical_reason().unwrap_or_default(),
            "status": status.as_u16(),
            "detail": self.detail(),
        });
        if !self.violations().is_empty() {
            problem["errors"] = self.violations().iter().map(fault).collect();
        }
        problem
    }
}

/// A violation in a problem document.
fn fault(violation: &Violation) -> Value {
    let mut fault = json!({
        "in": violation.location(),
        "pointer": violation.pointer,
        "kind": violation.kind,
        "detail": violation.detail,
    });
    let further = [
        ("name", violation.parameter().map(Value::from)),
        ("expected", violation.expected.clone()),
        ("found", violation.found.clone()),
    ];
    for (name, value) in further {
        if let Some(value) = value {
            fault[name] = value;
        }
    }
    fault
}

impl axum::response::IntoResponse for Rejection {
    fn into_response(self) -> Response {
        Rejection::into_response(self)
    }
}

/// An error and its causes, in one line.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::{Rejection, RejectionKind};
    use crate::descriptor::Operation;
    use crate::validation::Violation;

    #[test]
    fn the_faults_of_a_request_have_the_only_documented_status() {
        static LIST: Operation = Operation { invalid: Some(422), ..Operation::BASE };
        let missing = || Rejection::malformed(Violation::missing("/body"));
        let documented = missing().of(&LIST);
        assert_eq!((documented.kind(), documented.status().as_u16()), (RejectionKind::Malformed, 422));
        assert_eq!(documented.problem()["status"], 422);
        assert_eq!(documented.with_status(StatusCode::BAD_REQUEST).status(), 400);
        assert_eq!(missing().of(&Operation::BASE).status(), 400);
        // These are not about a part of the request.
        for kind in [RejectionKind::Malformed, RejectionKind::Unauthorized, RejectionKind::BodyTooLarge] {
            assert_eq!(Rejection::new(kind, "no").of(&LIST).status(), kind.status());
        }
    }

    #[test]
    fn another_status_keeps_the_faults() {
        let rejection = || Rejection::invalid(vec![Violation::new("/body/a", "type", "expected string, found null")]);
        let refused = rejection().with_status(StatusCode::BAD_REQUEST);
        assert_eq!((refused.kind(), refused.problem()["status"].as_u64()), (RejectionKind::Malformed, Some(400)));
        assert_eq!(refused.problem()["errors"][0]["pointer"], "/body/a");
        assert_eq!(rejection().with_status(StatusCode::OK).status(), 500);
    }
}
