//! Responses that a test prepares.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::body::Body;
use crate::client::request::Response;

/// A response prepared for a [`Recorder`](super::Recorder).
#[derive(Clone, Debug)]
pub struct MockResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
}

/// A value that can be a prepared response. With the feature `server`, these are also the values of
/// an operation's response enums, such as `GetUserSuccess::Ok(user)`.
pub trait IntoMockResponse {
    /// Converts the value into status, headers and body.
    ///
    /// # Errors
    /// If it cannot be written.
    fn into_mock_response(self) -> Result<MockResponse, String>;
}

impl IntoMockResponse for MockResponse {
    fn into_mock_response(self) -> Result<MockResponse, String> {
        Ok(self)
    }
}

impl MockResponse {
    /// A response without a body. An invalid status becomes 500.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, headers: HeaderMap::new(), body: Body::empty() }
    }

    /// A response with a JSON body.
    #[must_use]
    pub fn json(status: u16, body: impl Into<Body>) -> Self {
        Self { body: body.into(), ..Self::empty(status) }.with_header("content-type", "application/json")
    }

    /// A response with any body.
    #[must_use]
    pub fn body(status: u16, content_type: &'static str, body: impl Into<Body>) -> Self {
        Self { body: body.into(), ..Self::empty(status) }.with_header("content-type", content_type)
    }

    /// A response with these parts.
    #[must_use]
    pub fn from_parts(status: StatusCode, headers: HeaderMap, body: impl Into<Body>) -> Self {
        Self { status, headers, body: body.into() }
    }

    /// Adds a header.
    ///
    /// # Panics
    /// If the name or the value is not a valid header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        self
    }

    pub(super) fn into_response(self) -> Response {
        Response::new(self.status, self.headers, self.body)
    }
}
