//! What a method of the service learns about a request besides its input.

use std::fmt;

use http::request::Parts;

use crate::confidential::Shown;
use crate::descriptor::{Alternative, Operation};

/// The request around an operation's input. `Debug` shows neither the query nor headers that hold credentials.
#[non_exhaustive]
pub struct Context {
    /// The operation that is called.
    pub operation: &'static Operation,
    /// The alternative of the operation's security that the credentials satisfy; `None` if nobody asked for any.
    pub alternative: Option<&'static Alternative>,
    /// Method, URI, headers and extensions.
    pub parts: Parts,
}

impl Context {
    /// Scopes that the document asks of the credentials that were presented.
    pub fn scopes(&self) -> impl Iterator<Item = &'static str> + use<> {
        let requirements = self.alternative.map_or(&[][..], |alternative| alternative.requirements);
        requirements.iter().flat_map(|requirement| requirement.scopes.iter().copied())
    }

    /// Something that a layer has put into the request.
    #[must_use]
    pub fn extension<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.parts.extensions.get()
    }

    /// Which of several media types the caller likes best, by `Accept`: its index in `offered`, of equals the first. `None` if
    /// none of them is acceptable; answering in the first is right even then (RFC 9110, 12.4.1).
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

    /// A header, if it is there once and is text.
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
            .field("headers", &Shown(&self.parts.headers))
            .finish_non_exhaustive()
    }
}
