//! Responses that the document does not describe, or whose bodies differ from its description.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::call_info::{self, CallInfo};
use super::decode::DecodeError;
use super::excerpt;
use super::response::Head;
use crate::confidential::RedactedHeaders;

/// The bytes of an unexpected body that are kept.
const EXCERPT: usize = 4096;

/// A response that the document does not describe: its status, headers, and the beginning of its
/// body.
#[derive(Clone)]
pub struct UnexpectedResponse(Box<Excerpted>);

#[derive(Clone)]
struct Excerpted {
    head: Head,
    excerpt: Bytes,
}

impl UnexpectedResponse {
    pub(super) fn new(head: Head, body: &Bytes) -> Self {
        // It is a copy, so that the excerpt does not keep a large body alive.
        let excerpt = Bytes::copy_from_slice(&body[..body.len().min(EXCERPT)]);
        Self(Box::new(Excerpted { head, excerpt }))
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.head.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.head.headers
    }

    /// The call that this is the response to.
    #[must_use]
    pub fn call(&self) -> Option<&CallInfo> {
        self.0.head.call.as_ref()
    }

    /// The first 4096 bytes of the body, which may be confidential.
    #[must_use]
    pub fn excerpt(&self) -> &[u8] {
        &self.0.excerpt
    }

    /// The excerpt as text.
    #[must_use]
    pub fn excerpt_text(&self) -> String {
        String::from_utf8_lossy(&self.0.excerpt).into_owned()
    }
}

impl fmt::Debug for UnexpectedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnexpectedResponse")
            .field("status", &self.0.head.status)
            .field("headers", &RedactedHeaders(&self.0.head.headers))
            .field("excerpt", &format_args!("[{} bytes]", self.0.excerpt.len()))
            .finish()
    }
}

impl fmt::Display for UnexpectedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the API responded with ")?;
        crate::status::fmt(self.0.head.status.as_u16(), f)?;
        f.write_str(", which its document does not describe")?;
        if self.0.head.status.is_redirection() && self.0.head.headers.contains_key(http::header::LOCATION) {
            f.write_str(
                "; a redirect is not followed to another host, because it would take the credentials along, or if it \
                 changes the method, loops, or has a body that cannot be sent again",
            )?;
        }
        if let Some(shown) = excerpt::shown(self.0.head.status, &self.0.head.headers, &self.0.excerpt) {
            write!(f, ": {shown}")?;
        }
        call_info::append(self.call(), f)
    }
}

/// A response with a documented status whose body cannot be decoded.
#[derive(Clone, Debug)]
pub struct InvalidBody {
    /// The response.
    pub unexpected: UnexpectedResponse,
    /// The problem with its body.
    pub source: DecodeError,
}

impl fmt::Display for InvalidBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the response ({}) cannot be decoded: {}", self.unexpected.status().as_u16(), self.source)?;
        call_info::append(self.unexpected.call(), f)
    }
}
