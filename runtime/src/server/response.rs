//! What a method answers → a response.

use std::error::Error;

use axum::response::Response;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;

use super::{Failure, Rejection, RejectionKind};
use crate::body::{Body, StreamError};
use crate::headers::TypedHeaders;
use crate::params::ParamValue;
use crate::stream::{Events, Lines};
use crate::value::Never;

/// A documented response, on its way out.
#[derive(Debug)]
pub struct OperationResponse {
    response: Response,
    /// Why it cannot be sent: a value that cannot be written, a status out of range.
    fault: Option<Box<dyn Error + Send + Sync>>,
}

/// The documented responses of an operation: a generated enum.
pub trait IntoOperationResponse {
    /// Status, headers and body.
    fn into_operation_response(self) -> OperationResponse;
}

impl IntoOperationResponse for Never {
    fn into_operation_response(self) -> OperationResponse {
        match self {}
    }
}

/// The response of a method, or why there is none.
///
/// # Errors
/// If the method failed in an undocumented way (500) or is not implemented (501).
pub fn respond<S: IntoOperationResponse, E: IntoOperationResponse>(
    outcome: Result<S, Failure<E>>,
) -> Result<Response, Rejection> {
    let response = match outcome {
        Ok(success) => success.into_operation_response(),
        Err(Failure::Api(error)) => error.into_operation_response(),
        Err(Failure::Internal(error)) => return Err(failed(error)),
        Err(Failure::Rejected { kind, detail }) => return Err(Rejection::new(kind, detail)),
        Err(Failure::NotImplemented) => {
            return Err(Rejection::new(RejectionKind::NotImplemented, "this operation is not implemented"));
        }
    };
    match response.fault {
        Some(fault) => Err(Rejection::internal(fault)),
        None => Ok(response.response),
    }
}

/// The refusal of a body that a method read itself and that broke off or held what the document does not allow; everything else is
/// a fault of the service.
fn failed(error: Box<dyn Error + Send + Sync>) -> Rejection {
    let error = match error.downcast::<StreamError>() {
        Ok(error) => *error,
        Err(other) => return Rejection::internal(other),
    };
    match error {
        StreamError::Item(source) | StreamError::Transport(source) if source.is::<Rejection>() => refused(source),
        other => Rejection::internal(Box::new(other)),
    }
}

fn refused(source: Box<dyn Error + Send + Sync>) -> Rejection {
    source.downcast().map_or_else(Rejection::internal, |rejection| *rejection)
}

/// What a method without an implementation answers.
pub fn not_implemented<T, S, E>(unused: T) -> std::future::Ready<Result<S, Failure<E>>> {
    drop(unused);
    std::future::ready(Err(Failure::NotImplemented))
}

/// The status of a variant that stands for a class of them, such as `4XX`; 0, which cannot be sent, if it is of another class.
#[must_use]
pub fn in_class(status: StatusCode, class: u8) -> u16 {
    let status = status.as_u16();
    if status / 100 == u16::from(class) { status } else { 0 }
}

impl OperationResponse {
    /// A response without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        let mut response = Response::new(axum::body::Body::empty());
        let fault = match StatusCode::from_u16(status) {
            // An informational status answers nothing: the caller would wait for more.
            Ok(status) if !status.is_informational() => {
                *response.status_mut() = status;
                None
            }
            _ => Some(format!("the status {status} is not one that the document allows here").into()),
        };
        Self { response, fault }
    }

    /// A response with a JSON body.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(status: u16, media: &str, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => Self::whole(status, media, "application/json", json),
            Err(error) => Self::faulty(error),
        }
    }

    /// A response with a text body: a string, or a scalar written as text.
    #[must_use]
    pub fn text<T: Serialize + ?Sized>(status: u16, media: &str, value: &T) -> Self {
        match ParamValue::of(value) {
            Ok(ParamValue::Scalar(text)) => Self::whole(status, media, "text/plain; charset=utf-8", text),
            Ok(ParamValue::Null) => Self::whole(status, media, "text/plain; charset=utf-8", String::new()),
            Ok(_) => Self::faulty("a list or object cannot be a plain text"),
            Err(error) => Self::faulty(error),
        }
    }

    /// A response with a form as its body.
    #[must_use]
    pub fn form<T: Serialize + ?Sized>(status: u16, media: &str, value: &T) -> Self {
        match crate::form::encode(value, &[]) {
            Ok(text) => Self::whole(status, media, crate::form::MEDIA, text),
            Err(error) => Self::faulty(error),
        }
    }

    /// A response of bytes, here or streamed.
    #[must_use]
    pub fn body(status: u16, media: &str, body: impl Into<Body>) -> Self {
        let body = body.into();
        if let Some(bytes) = body.as_bytes() {
            return Self::whole(status, media, "application/octet-stream", bytes.clone());
        }
        let length = body.length();
        let stream = axum::body::Body::from_stream(body.into_stream());
        let mut response = Self::whole(status, media, "application/octet-stream", stream);
        if let Some(length) = length {
            response.response.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        response
    }

    /// A response of server-sent events.
    #[must_use]
    pub fn events<T: Serialize + 'static>(status: u16, media: &str, events: Events<T>) -> Self {
        let stream = axum::body::Body::from_stream(events.write());
        let mut response = Self::whole(status, media, "text/event-stream", stream);
        let headers = response.response.headers_mut();
        headers.insert(http::header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }

    /// A response of one JSON value per line.
    #[must_use]
    pub fn lines<T: Serialize + 'static>(status: u16, media: &str, lines: Lines<T>) -> Self {
        let stream = axum::body::Body::from_stream(lines.write(media));
        Self::whole(status, media, "application/jsonl", stream)
    }

    /// The same response with the documented headers.
    #[must_use]
    pub fn headers(mut self, headers: &impl TypedHeaders) -> Self {
        headers.write(self.response.headers_mut());
        self
    }

    /// The headers, to be changed.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.response.headers_mut()
    }

    /// A range such as `*/*` is no content type: `otherwise` is sent in its place.
    fn whole(status: u16, media: &str, otherwise: &'static str, body: impl Into<axum::body::Body>) -> Self {
        let mut response = Self::empty(status);
        *response.response.body_mut() = body.into();
        let content_type = if media == otherwise || media.bytes().any(|byte| byte == b'*') {
            HeaderValue::from_static(otherwise)
        } else {
            HeaderValue::from_str(media).unwrap_or(HeaderValue::from_static(otherwise))
        };
        response.response.headers_mut().insert(CONTENT_TYPE, content_type);
        response
    }

    fn faulty(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let mut response = Self::empty(500);
        response.fault = Some(error.into());
        response
    }
}
