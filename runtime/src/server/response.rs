//! Results of service methods → HTTP responses.

use std::error::Error;

use axum::response::Response;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;

use super::{Failure, Rejection, RejectionKind};
use crate::body::{Body, StreamError};
use crate::headers::TypedHeaders;
use crate::params::ParamValue;
use crate::stream::{EventForm, Events, ItemCheck, Lines};
use crate::value::Never;

/// A documented response that is about to be sent.
#[derive(Debug)]
pub struct OperationResponse {
    response: Response,
    /// Why it cannot be sent: a value cannot be serialized, or a status is out of range.
    fault: Option<Box<dyn Error + Send + Sync>>,
}

/// The documented responses of an operation: a generated enum.
pub trait IntoOperationResponse {
    /// Converts the response into status, headers and body.
    fn into_operation_response(self) -> OperationResponse;
}

impl IntoOperationResponse for Never {
    fn into_operation_response(self) -> OperationResponse {
        match self {}
    }
}

/// Converts the result of a service method.
///
/// # Errors
/// If the method failed without a documented error (500, or the status of its rejection), or if it
/// is not implemented (501).
pub fn respond<S: IntoOperationResponse, E: IntoOperationResponse>(
    outcome: Result<S, Failure<E>>,
) -> Result<Response, Rejection> {
    let response = match outcome {
        Ok(success) => success.into_operation_response(),
        Err(Failure::Api(error)) => error.into_operation_response(),
        Err(Failure::Internal(error)) => return Err(failed(error)),
        Err(Failure::Rejected { kind, detail, headers }) => {
            return Err(Rejection::new(kind, detail).with_headers(*headers));
        }
        Err(Failure::NotImplemented) => {
            return Err(Rejection::new(RejectionKind::NotImplemented, "this operation is not implemented"));
        }
    };
    response.finish().map_err(Rejection::internal)
}

/// The rejection of a streamed body that broke off or was invalid, if the method failed because of
/// it. All other errors are internal.
fn failed(error: Box<dyn Error + Send + Sync>) -> Rejection {
    let error = match error.downcast::<StreamError>() {
        Ok(error) => *error,
        Err(other) => return Rejection::internal(other),
    };
    match error {
        StreamError::Item(source) | StreamError::Transport(source) if source.is::<Rejection>() => rejection_of(source),
        other => Rejection::internal(Box::new(other)),
    }
}

fn rejection_of(source: Box<dyn Error + Send + Sync>) -> Rejection {
    source.downcast().map_or_else(Rejection::internal, |rejection| *rejection)
}

/// The result of a method without an implementation.
pub fn not_implemented<T, S, E>(unused: T) -> std::future::Ready<Result<S, Failure<E>>> {
    drop(unused);
    std::future::ready(Err(Failure::NotImplemented))
}

/// The status of a variant for a class such as `4XX`. If the status is not in the class, it is 0,
/// which cannot be sent.
#[must_use]
pub fn in_class(status: StatusCode, class: u8) -> u16 {
    let status = status.as_u16();
    if status / 100 == u16::from(class) { status } else { 0 }
}

impl OperationResponse {
    /// The response, if it can be sent.
    pub(super) fn finish(self) -> Result<Response, Box<dyn Error + Send + Sync>> {
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok(self.response),
        }
    }

    /// A response without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        let mut response = Response::new(axum::body::Body::empty());
        let fault = match StatusCode::from_u16(status) {
            // An informational status is not final, so the caller would keep waiting.
            Ok(status) if !status.is_informational() => {
                *response.status_mut() = status;
                None
            }
            _ => Some(format!("the document does not allow the status {status} here").into()),
        };
        Self { response, fault }
    }

    /// A response with a JSON body.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(status: u16, media: &str, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => Self::with_body(status, media, "application/json", json).of(value),
            Err(error) => Self::faulty(error),
        }
    }

    /// A response with a text body: a string or another scalar.
    #[must_use]
    pub fn text<T: Serialize + ?Sized>(status: u16, media: &str, value: &T) -> Self {
        match ParamValue::of(value) {
            Ok(ParamValue::Scalar(text)) => Self::with_body(status, media, "text/plain; charset=utf-8", text).of(value),
            Ok(ParamValue::Null) => Self::with_body(status, media, "text/plain; charset=utf-8", String::new()),
            Ok(_) => Self::faulty("a list or an object cannot be plain text"),
            Err(error) => Self::faulty(error),
        }
    }

    /// A response with a URL-encoded form.
    #[must_use]
    pub fn form<T: Serialize + ?Sized>(status: u16, media: &str, value: &T) -> Self {
        match crate::form::encode(value, &[]) {
            Ok(text) => Self::with_body(status, media, crate::form::MEDIA, text).of(value),
            Err(error) => Self::faulty(error),
        }
    }

    /// A response with bytes, in memory or streamed.
    #[must_use]
    pub fn body(status: u16, media: &str, body: impl Into<Body>) -> Self {
        let body = body.into();
        if let Some(bytes) = body.as_bytes() {
            return Self::with_body(status, media, "application/octet-stream", bytes.clone());
        }
        let length = body.length();
        let stream = axum::body::Body::from_stream(body.into_stream());
        let mut response = Self::with_body(status, media, "application/octet-stream", stream);
        if let Some(length) = length {
            response.response.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        response
    }

    /// A response of server-sent events.
    #[must_use]
    pub fn events<T, F>(status: u16, media: &str, events: Events<T, F>) -> Self
    where
        T: Serialize + 'static,
        F: EventForm + 'static,
    {
        let check = ItemCheck::default();
        let stream = axum::body::Body::from_stream(events.write_checked(check.clone()));
        let mut response = Self::with_body(status, media, "text/event-stream", stream).checked_by(check);
        let headers = response.response.headers_mut();
        headers.insert(http::header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }

    /// A response of one JSON value per line.
    #[must_use]
    pub fn lines<T: Serialize + 'static>(status: u16, media: &str, lines: Lines<T>) -> Self {
        let check = ItemCheck::default();
        let stream = axum::body::Body::from_stream(lines.write_checked(media, check.clone()));
        Self::with_body(status, media, "application/jsonl", stream).checked_by(check)
    }

    /// Adds the documented headers.
    #[must_use]
    pub fn headers(mut self, headers: &impl TypedHeaders) -> Self {
        headers.write(self.response.headers_mut());
        self
    }

    /// The headers, mutably.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.response.headers_mut()
    }

    /// A response with a body. If `media` is a range such as `*/*`, the content type is `fallback`.
    fn with_body(status: u16, media: &str, fallback: &'static str, body: impl Into<axum::body::Body>) -> Self {
        let mut response = Self::empty(status);
        *response.response.body_mut() = body.into();
        let content_type = if media == fallback || media.bytes().any(|byte| byte == b'*') {
            HeaderValue::from_static(fallback)
        } else {
            HeaderValue::from_str(media).unwrap_or(HeaderValue::from_static(fallback))
        };
        response.response.headers_mut().insert(CONTENT_TYPE, content_type);
        response
    }

    /// Keeps the JSON of the body until the response is validated.
    #[cfg(feature = "validate")]
    fn of<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        super::validate::keep(&mut self.response, value);
        self
    }

    /// Keeps the check of the items until it is known what happens to a violation.
    #[cfg(feature = "validate")]
    fn checked_by(mut self, check: ItemCheck) -> Self {
        self.response.extensions_mut().insert(check);
        self
    }

    #[cfg(not(feature = "validate"))]
    fn checked_by(self, _: ItemCheck) -> Self {
        self
    }

    #[cfg(not(feature = "validate"))]
    fn of<T: ?Sized>(self, _: &T) -> Self {
        self
    }

    fn faulty(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let mut response = Self::empty(500);
        response.fault = Some(error.into());
        response
    }
}
