//! A request on its way to the service: credentials, then headers of the body, then parameters,
//! then the body. **Invariant:** each step is valid before the next begins. No byte of the body is read
//! before everything else is valid, except to tell its faults beside those of the parameters.

mod any_json;
mod body;
pub(super) mod credentials;
mod faults;
mod items;
pub(super) mod media;
mod parameters;
mod strict;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use axum::body::HttpBody as _;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts;
use serde::de::DeserializeOwned;

#[cfg(feature = "signatures")]
pub(super) use self::body::read_whole;
pub use self::credentials::ClientCertificate;
use super::{AuthError, Context, Limits, Rejection, RejectionKind};
use crate::budget::{Bounded, Budget};
use crate::descriptor::Operation;
use crate::schema::{BodySchema, LazySchemas};
use crate::validation::{Constraints, Invalid, Validate, validate};

/// The documented default of a type that checks its values.
///
/// # Errors
/// If the type refuses it: 500.
pub fn checked_default<T>(default: Result<T, Invalid>) -> Result<T, Rejection> {
    default.map_err(|error| Rejection::internal(error.into()))
}

/// The documented default of a compound type, from its JSON.
///
/// # Errors
/// If the type refuses it: 500.
pub fn json_default<T: DeserializeOwned>(default: &str) -> Result<T, Rejection> {
    crate::json::read(default.as_bytes()).map_err(|error| Rejection::internal(error.error.into()))
}

/// A request for one operation.
#[derive(Debug)]
pub struct Request {
    context: Context,
    /// Taken when it is read, or by the refusal of what comes before it.
    body: RefCell<axum::body::Body>,
    limits: Limits,
    /// The schemas of the API, to find all faults of a refused request.
    schemas: Option<&'static LazySchemas>,
    /// The index of the body's documented media type, once it is known.
    media: Option<usize>,
    /// What is left of what it may cost.
    budget: Cell<Budget>,
}

/// What it takes to read a body part by part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// The faults that are reported at most.
    pub(super) violations: usize,
    pub(super) schema: BodySchema,
    /// What is left of what the request may cost.
    pub(super) budget: Budget,
}

impl Request {
    pub(super) fn new(
        operation: &'static Operation,
        mut parts: Parts,
        body: axum::body::Body,
        limits: Limits,
        schemas: Option<&'static LazySchemas>,
    ) -> Self {
        credentials::hide(operation, &mut parts.headers);
        let context = Context { operation, alternative: None, parts };
        let (body, budget) = (RefCell::new(body), Cell::new(Budget::REQUEST));
        Self { context, body, limits, schemas, media: None, budget }
    }

    /// The context of the request.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The context of the request, for the service.
    #[must_use]
    pub fn into_context(self) -> Context {
        self.context
    }

    /// Takes the result of authentication, and checks the headers of the body.
    ///
    /// # Errors
    /// If authentication failed: 401, 403 or 500; if the body has no documented media type: 415; if
    /// it is too long: 413.
    pub fn admit<P>(&mut self, principal: Result<P, AuthError>) -> Result<P, Rejection> {
        let principal = principal.map_err(|error| match error {
            AuthError::Unauthorized => self.unauthorized("the credentials are not accepted"),
            AuthError::Forbidden => {
                Rejection::new(RejectionKind::Forbidden, "the credentials do not allow this operation")
            }
            AuthError::Internal(error) => Rejection::internal(error),
        })?;
        self.admit_anyone()?;
        Ok(principal)
    }

    /// Checks the headers of the body, for operations that anyone may call.
    ///
    /// # Errors
    /// If the body has no documented media type: 415; if it is too long: 413.
    pub fn admit_anyone(&mut self) -> Result<(), Rejection> {
        let Some(body) = self.context.operation.body else {
            return Ok(());
        };
        let length = self.announced_length();
        if length == Some(0) || self.body.borrow().is_end_stream() {
            return Ok(());
        }
        let refused = |detail| Err(Rejection::new(RejectionKind::UnsupportedMediaType, detail));
        let mut given = self.context.parts.headers.get_all(CONTENT_TYPE).iter();
        let content_type = match (given.next().map(|value| value.to_str()), given.next()) {
            (Some(Ok(text)), None) => text,
            // Without a type the body is arbitrary bytes (RFC 9110, 8.3).
            (None, _) => "application/octet-stream",
            _ => return refused(Cow::Borrowed("`Content-Type` must be given once, as text")),
        };
        let Some(media) = media::choose(body.media, content_type) else {
            return refused(format!("the body must be {}", body.media.join(" or ")).into());
        };
        if !media::can_read_charset(content_type) {
            return refused(Cow::Borrowed("the charset of the body must be UTF-8"));
        }
        let streamed = media::is_streamed(content_type);
        if !streamed && self.is_compressed() {
            return refused(Cow::Borrowed("the body must not be compressed or otherwise encoded"));
        }
        let limit = if streamed { self.limits.stream } else { self.limits.body as u64 };
        if length.is_some_and(|length| length > limit) {
            return Err(Rejection::too_large(limit));
        }
        self.media = Some(media);
        Ok(())
    }

    /// Whether the body is compressed. A layer that decompresses it removes the header.
    fn is_compressed(&self) -> bool {
        let codings = self.context.parts.headers.get_all(CONTENT_ENCODING).iter();
        codings.into_iter().any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
    }

    /// The length of the body, if it is known in advance.
    fn announced_length(&self) -> Option<u64> {
        let header = self.context.parts.headers.get(CONTENT_LENGTH);
        let header = header.and_then(|value| value.to_str().ok()?.parse().ok());
        header.or_else(|| self.body.borrow().size_hint().exact())
    }

    /// Validates a body that was assembled from parts.
    ///
    /// # Errors
    /// If it is invalid: 422.
    pub fn valid<T: Validate>(&self, body: T) -> Result<T, Rejection> {
        self.bounded(|| self.validated(body, "/body", &Constraints::NONE, &bytes::Bytes::new()))
    }

    /// Reads or validates a part of the request within what is left of its budget.
    fn bounded<T>(&self, read: impl FnOnce() -> T) -> T {
        let bounded = Bounded::by(self.budget.get());
        let value = read();
        self.budget.set(bounded.left());
        value
    }

    /// What reading the body part by part takes.
    fn reading(&self) -> Reading {
        Reading { violations: self.limits.violations, schema: self.body_schema(), budget: self.budget.get() }
    }

    /// Validates a value.
    fn validated<T: Validate>(
        &self,
        value: T,
        pointer: &str,
        constraints: &'static Constraints,
        json: &bytes::Bytes,
    ) -> Result<T, Rejection> {
        let violations = validate(&value, pointer, constraints, json, self.limits.violations);
        if violations.is_empty() { Ok(value) } else { Err(Rejection::invalid(violations)) }
    }
}
