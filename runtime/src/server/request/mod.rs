//! A request on its way to the service: first the credentials, then the headers of the body, then
//! the parameters, then the body. **Invariant:** each step is valid before the next begins. No byte
//! of the body is read before everything else is valid, except to report its faults together with
//! those of the parameters.

mod any_json;
mod before_body;
mod body;
pub(super) mod credentials;
mod faults;
mod items;
pub(super) mod media;
mod parameters;
mod streamed_form;
mod strict;

use std::cell::{Cell, RefCell};

use http::request::Parts;
use serde::de::DeserializeOwned;

#[cfg(feature = "signatures")]
pub(super) use self::body::read_whole;
pub use self::credentials::ClientCertificate;
use super::{Context, Limits, Rejection};
use crate::budget::Budget;
use crate::descriptor::Operation;
use crate::schema::{BodySchema, LazySchemas};
use crate::validation::{Constraints, Invalid, Validate, validate};

/// The documented default for a type that checks its values.
///
/// # Errors
/// If the type refuses it: 500.
pub fn checked_default<T>(default: Result<T, Invalid>) -> Result<T, Rejection> {
    default.map_err(|error| Rejection::internal(error.into()))
}

/// The documented default for a compound type, read from its JSON.
///
/// # Errors
/// If the type refuses it: 500.
pub fn json_default<T: DeserializeOwned>(default: &str) -> Result<T, Rejection> {
    crate::json::read_text(default).map_err(|error| Rejection::internal(error.error.into()))
}

/// A request for one operation.
#[derive(Debug)]
pub struct Request {
    context: Context,
    /// The body is taken when it is read, or when something that precedes it is refused.
    body: RefCell<axum::body::Body>,
    limits: Limits,
    /// The schemas of the API, which are used to find all faults of a refused request.
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

    /// Validates a body that was assembled from parts.
    ///
    /// # Errors
    /// If it is invalid: 422.
    pub fn valid<T: Validate>(&self, body: T) -> Result<T, Rejection> {
        self.bounded(|| self.validated(body, "/body", &Constraints::NONE, &bytes::Bytes::new()))
    }

    /// Reads or validates a part of the request within what is left of its budget.
    fn bounded<T>(&self, read: impl FnOnce() -> T) -> T {
        let mut budget = self.budget.get();
        let value = budget.spend(read);
        self.budget.set(budget);
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
