//! The context of a request: everything except the operation's input.

use std::fmt;

use http::StatusCode;
use http::request::Parts;

use super::Failure;
use crate::confidential::RedactedHeaders;
use crate::descriptor::{Alternative, Operation};

/// The context of a request, passed to the service. `Debug` hides the query and headers with
/// credentials.
#[non_exhaustive]
pub struct Context {
    /// The operation that is called.
    pub operation: &'static Operation,
    /// The security alternative that the credentials satisfy; `None` if none are required.
    pub alternative: Option<&'static Alternative>,
    /// Method, URI, headers and extensions of the request.
    pub parts: Parts,
}

impl Context {
    /// The scopes that the presented credentials must have according to the document.
    pub fn scopes(&self) -> impl Iterator<Item = &'static str> + use<> {
        let requirements = self.alternative.map_or(&[][..], |alternative| alternative.requirements);
        requirements.iter().flat_map(|requirement| requirement.scopes.iter().copied())
    }

    /// A value that a layer has put into the request.
    #[must_use]
    pub fn extension<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.parts.extensions.get()
    }

    /// The index of the media type that the caller prefers according to `Accept`, or the first
    /// among equals. `None` if none is acceptable; a response with the first one is correct even
    /// then (RFC 9110, 12.4.1).
    ///
    /// ```
    /// # fn response(context: &specwright_runtime::server::Context) {
    /// match context.preferred(&["application/json", "text/csv"]) {
    ///     Some(1) => {} // CSV
    ///     _ => {}       // JSON
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn preferred(&self, offered: &[&str]) -> Option<usize> {
        super::accept::preferred(&self.parts.headers, offered)
    }

    /// [`preferred`](Self::preferred), or a failure with 406 that lists the offered media types.
    ///
    /// # Errors
    /// If the caller accepts none of the media types.
    pub fn negotiated<E>(&self, offered: &[&str]) -> Result<usize, Failure<E>> {
        self.preferred(offered).ok_or_else(|| {
            let detail = format!("the caller accepts none of {}", offered.join(", "));
            Failure::refused(StatusCode::NOT_ACCEPTABLE, detail)
        })
    }

    /// A header, if it is given once and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.parts.headers.get_all(name).iter();
        let value = values.next()?;
        if values.next().is_some() { None } else { value.to_str().ok() }
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("operation", &self.operation.id)
            .field("alternative", &self.alternative)
            .field("method", &self.parts.method)
            .field("path", &self.parts.uri.path())
            .field("headers", &RedactedHeaders(&self.parts.headers))
            .finish_non_exhaustive()
    }
}
