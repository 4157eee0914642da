//! A request that does not reach its method, or whose method fails → a response that says so.
//!
//! The rule kept here: what went wrong inside the service is logged and never sent.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::descriptor::Operation;
use crate::validation::Violation;

/// The header of a 501 response; its value is the operation without an implementation.
pub const NOT_IMPLEMENTED: HeaderName = HeaderName::from_static("x-not-implemented");

/// Why a request is refused, or could not be answered.
#[derive(Debug)]
pub struct Rejection {
    // Boxed: it is the rare side of many results.
    inner: Box<Inner>,
}

#[derive(Debug)]
struct Inner {
    kind: RejectionKind,
    detail: Cow<'static, str>,
    violations: Vec<Violation>,
    headers: HeaderMap,
    operation: Option<&'static Operation>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// Kinds of [`Rejection`], in the order in which requests are validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RejectionKind {
    /// 404: no operation has this path.
    NotFound,
    /// 405: the path is known, but not with this method.
    MethodNotAllowed,
    /// 401: credentials are missing, malformed, ambiguous or refused.
    Unauthorized,
    /// 403: the credentials are good, but not for this.
    Forbidden,
    /// 415: the body is in none of the documented media types.
    UnsupportedMediaType,
    /// 413: the body is longer than the limit.
    BodyTooLarge,
    /// 408: the body did not arrive in time.
    BodyTimeout,
    /// 400: a parameter or the body cannot be read.
    Malformed,
    /// 422: the request can be read, but the document does not allow what it says.
    Invalid,
    /// 409: the request does not fit the state; only a service can tell.
    Conflict,
    /// 501: the service does not implement the operation.
    NotImplemented,
    /// 500: the service failed.
    Internal,
}

impl RejectionKind {
    /// The status that tells the caller.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict => StatusCode::CONFLICT,
            Self::NotImplemented => StatusCode::NOT_IMPLEMENTED,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// What the caller is told, in one line.
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
            detail: detail.into(),
            violations: Vec::new(),
            headers: HeaderMap::new(),
            operation: None,
            source: None,
        };
        Self { inner: Box::new(inner) }
    }

    /// Something in the request at `pointer` that cannot be read.
    pub(super) fn malformed(pointer: String, detail: String) -> Self {
        let mut rejection = Self::new(RejectionKind::Malformed, "the request cannot be read");
        rejection.inner.violations.push(Violation { pointer, detail });
        rejection
    }

    /// What the document does not allow.
    pub(super) fn invalid(violations: Vec<Violation>) -> Self {
        let mut rejection = Self::new(RejectionKind::Invalid, "the request breaks constraints of the API's document");
        rejection.inner.violations = violations;
        rejection
    }

    pub(super) fn too_large(limit: u64) -> Self {
        Self::new(RejectionKind::BodyTooLarge, format!("the body must have at most {limit} bytes"))
    }

    pub(super) fn internal(source: Box<dyn Error + Send + Sync>) -> Self {
        let mut rejection = Self::new(RejectionKind::Internal, "the service failed to response");
        rejection.inner.source = Some(source);
        rejection
    }

    pub(super) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.inner.headers.append(name, value);
        self
    }

    /// Notes the operation, and logs what must not be sent.
    pub(super) fn of(mut self, operation: &'static Operation) -> Self {
        self.inner.operation = Some(operation);
        if self.inner.kind == RejectionKind::NotImplemented
            && let Ok(id) = HeaderValue::from_str(operation.id)
        {
            self.inner.headers.insert(NOT_IMPLEMENTED, id);
        }
        if let Some(error) = self.inner.source.take() {
            tracing::error!(operation = operation.id, error = chain(&*error), "a request failed");
        } else {
            tracing::debug!(operation = operation.id, kind = ?self.inner.kind, "a request was refused");
        }
        self
    }

    /// What kind of refusal it is.
    #[must_use]
    pub fn kind(&self) -> RejectionKind {
        self.inner.kind
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.inner.kind.status()
    }

    /// One sentence for the caller, without a full stop.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.inner.detail
    }

    /// The places of the request that are to blame; empty where it is not about a place.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.inner.violations
    }

    /// The operation, once it is known: not for 404 and 405.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.inner.operation
    }

    /// Headers that belong to the response: `Allow`, `WWW-Authenticate`, `x-not-implemented`. They are added to whatever
    /// response a service makes of the rejection, unless that has them already.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    /// The response with a body in the provider's own shape.
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

    /// The members of the problem: `{"type", "title", "status", "detail", "errors": [{"pointer", "detail"}]}`.
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
            let errors = self.violations().iter();
            let errors = errors.map(|at| json!({"pointer": at.pointer, "detail": at.detail}));
            problem["errors"] = errors.collect();
        }
        problem
    }
}

impl axum::response::IntoResponse for Rejection {
    fn into_response(self) -> Response {
        Rejection::into_response(self)
    }
}

/// An error and what caused it, in one line.
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
