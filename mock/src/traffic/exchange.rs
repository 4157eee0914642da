//! A request and its response, as a proxy passes them on or a recording has them.

use std::fmt;

use http::{HeaderMap, Method, StatusCode, Uri};
use specwright_runtime::Bytes;

/// A request and its response. `Debug` shows neither headers nor bodies, because they may be
/// secret.
#[derive(Clone)]
pub struct Exchange {
    /// The method.
    pub method: Method,
    /// Path and query, relative to the base URL of the API.
    pub uri: Uri,
    /// The headers of the request.
    pub request_headers: HeaderMap,
    /// The body of the request; `None` if not all of it is known.
    pub request_body: Option<Bytes>,
    /// The status of the response.
    pub status: StatusCode,
    /// The headers of the response.
    pub response_headers: HeaderMap,
    /// The body of the response; `None` if not all of it is known.
    pub response_body: Option<Bytes>,
}

impl Exchange {
    /// The bytes of both bodies.
    pub(super) fn size(&self) -> usize {
        [&self.request_body, &self.response_body].into_iter().flatten().map(Bytes::len).sum()
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("method", &self.method).field("status", &self.status).finish_non_exhaustive()
    }
}
