//! A valid request as a test or an override sees it, and the responses that it can receive.

use std::fmt;

use axum::response::Response;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};
use specwright_runtime::Bytes;

use crate::document::Operation;
use crate::input::Input;
use crate::size;

/// A valid request. `Debug` shows the operation and the names of the parameters, but no values,
/// because they may be secrets.
#[derive(Clone)]
pub struct Call {
    /// The operation.
    pub operation: &'static str,
    /// The parameters that are present, by their names in the document.
    pub parameters: Map<String, Value>,
    /// The body as JSON; a form is an object. `None` if there is none, or if it is bytes.
    pub body: Option<Value>,
    /// The headers.
    pub headers: HeaderMap,
}

impl Call {
    pub(crate) fn new(operation: &'static Operation, input: Input, headers: &HeaderMap) -> Self {
        let names = operation.descriptor.parameters.iter().map(|parameter| parameter.name);
        let values = names.zip(input.parameters);
        let parameters = values.filter_map(|(name, value)| Some((name.to_owned(), value?.to_json()))).collect();
        Self { operation: operation.descriptor.id, parameters, body: input.body, headers: headers.clone() }
    }

    /// The memory that the content takes, roughly, in bytes.
    pub(crate) fn size(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        size::of_members(&self.parameters) + self.body.as_ref().map_or(0, size::of) + headers
    }

    /// A parameter as text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        match self.parameters.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Null => None,
            value => Some(value.to_string()),
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&String> = self.parameters.keys().collect();
        f.debug_struct("Call").field("operation", &self.operation).field("parameters", &names).finish_non_exhaustive()
    }
}

/// The response of an override.
#[derive(Clone, Debug)]
pub struct OverrideResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl OverrideResponse {
    /// A response without a body. A status that is out of range becomes 500.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, headers: HeaderMap::new(), body: Bytes::new() }
    }

    /// A JSON response. A value that cannot be JSON becomes `null`.
    #[must_use]
    pub fn json(status: u16, value: &impl Serialize) -> Self {
        let body = serde_json::to_vec(value).unwrap_or_else(|_| b"null".to_vec());
        Self::bytes(status, "application/json", body)
    }

    /// A response of bytes with a media type.
    #[must_use]
    pub fn bytes(status: u16, media: &str, body: impl Into<Bytes>) -> Self {
        Self { body: body.into(), ..Self::empty(status) }.with_header(CONTENT_TYPE.as_str(), media)
    }

    /// Adds a header. A header that cannot be sent is left out.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (http::HeaderName::try_from(name), HeaderValue::try_from(value)) {
            self.headers.append(name, value);
        }
        self
    }

    pub(crate) fn into_response(self) -> Response {
        let mut response = Response::new(self.body.into());
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
