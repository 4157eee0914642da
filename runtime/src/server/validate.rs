//! With the feature `validate`, checks the responses of a service against the schemas of their
//! operation: violations → a 500, or warnings in the log.
//!
//! **Invariant:** neither the response nor the log contains a value, which may be a secret.

use std::sync::Arc;

use axum::response::Response;
use http::header::CONTENT_TYPE;
use serde::Serialize;
use serde_json::Value;

use super::Rejection;
use crate::body::StreamError;
use crate::descriptor::Operation;
use crate::limits::FAULTS;
use crate::params::response_headers;
use crate::schema::{LazySchemas, ResponseSchemas, Schemas};
use crate::stream::ItemCheck;
use crate::validation::{OnViolation, Violation};

/// The JSON of a body, as an extension of its response.
#[derive(Clone)]
struct Body(Arc<Value>);

/// Keeps the JSON of a body until the response is validated.
pub(super) fn keep<T: Serialize + ?Sized>(response: &mut Response, value: &T) {
    if let Ok(json) = serde_json::to_value(value) {
        response.extensions_mut().insert(Body(Arc::new(json)));
    }
}

/// Validates a response.
///
/// # Errors
/// If it violates the document and the setting says that it fails.
pub(super) fn response(
    operation: &'static Operation,
    schemas: Option<&'static LazySchemas>,
    on_violation: OnViolation,
    mut response: Response,
) -> Result<Response, Rejection> {
    let body = response.extensions_mut().remove::<Body>();
    if let (Some(check), Some(schemas)) = (response.extensions_mut().remove::<ItemCheck>(), schemas) {
        check_items(&check, schemas.get(), operation, on_violation, &response);
    }
    let violations = schemas.map_or_else(Vec::new, |schemas| {
        violations(schemas.get(), operation, &response, body.as_ref().map(|body| &*body.0)).unwrap_or_default()
    });
    match on_violation {
        _ if violations.is_empty() => Ok(response),
        OnViolation::Fail => Err(Rejection::invalid_response(violations)),
        OnViolation::Log => {
            warn(operation, response.status().as_u16(), &violations);
            Ok(response)
        }
    }
}

fn warn(operation: &Operation, status: u16, violations: &[Violation]) {
    for Violation { pointer, kind, detail, .. } in violations {
        let operation = operation.id;
        tracing::warn!(operation, status, kind, "the response violates the document: {pointer} {detail}");
    }
}

/// Checks each item of a stream against the schema of the items. The status has been sent by then,
/// so a violation ends the stream.
fn check_items(
    check: &ItemCheck,
    schemas: &'static Schemas,
    operation: &'static Operation,
    on_violation: OnViolation,
    response: &Response,
) {
    let status = response.status().as_u16();
    let Some(schema) = documented(schemas, operation, response).and_then(ResponseSchemas::body) else { return };
    check.set(move |index, item| {
        let violations = schemas.faults(schema, item, &format!("/body/{index}"), FAULTS);
        match on_violation {
            _ if violations.is_empty() => Ok(()),
            OnViolation::Fail => {
                let rejection = Rejection::invalid_response(violations).of(operation);
                Err(StreamError::Item(Box::new(rejection)))
            }
            OnViolation::Log => {
                warn(operation, status, &violations);
                Ok(())
            }
        }
    });
}

/// The documented response; `None` if the document does not describe it.
fn documented<'s>(schemas: &'s Schemas, operation: &Operation, response: &Response) -> Option<&'s ResponseSchemas> {
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    schemas.operation(operation.id)?.response(response.status().as_u16(), content_type)
}

/// The violations of a response; `None` if the document does not describe it.
fn violations(
    schemas: &Schemas,
    operation: &Operation,
    response: &Response,
    body: Option<&Value>,
) -> Option<Vec<Violation>> {
    let documented = documented(schemas, operation, response)?;
    let mut violations = response_headers::faults(documented, schemas, response.headers());
    if let (Some(schema), Some(value)) = (documented.body(), body) {
        violations.extend(schemas.faults(schema, value, "/body", FAULTS));
    }
    Some(violations)
}
