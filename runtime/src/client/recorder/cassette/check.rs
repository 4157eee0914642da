//! Checks an exchange against the schemas of a document.

use serde_json::Value;

use super::content::Content;
use super::exchange::Exchange;
use super::redact::REDACTED;
use crate::limits::FAULTS;
use crate::media;
use crate::schema::{Schema, Schemas};

/// The violations, without values.
pub(super) fn violations(schemas: &Schemas, exchange: &Exchange) -> Vec<String> {
    let Some(operation) = schemas.operation(&exchange.operation) else { return Vec::new() };
    let mut found = Vec::new();
    let bodies = (0..).map_while(|index| operation.body(index));
    // The schema of the media type is not known here; a body has to fit one of them.
    let of_bodies: Vec<Vec<String>> =
        bodies.map(|schema| of_content(schemas, schema, &exchange.body, "the request")).collect();
    if !of_bodies.iter().any(Vec::is_empty) {
        found.extend(of_bodies.into_iter().next().unwrap_or_default());
    }
    let (status, content_type) = (exchange.response.status, exchange.response_type());
    let content_type = Some(content_type).filter(|text| !text.is_empty());
    match operation.response(status, content_type) {
        Some(response) => {
            if let (Some(schema), Some(text)) = (response.body(), content_type)
                && media::is_json(text)
            {
                found.extend(of_content(schemas, schema, &exchange.response.body, "the response"));
            }
        }
        None if operation.has_responses() => {
            found.push(format!("the response has the status {status}, which is not documented"));
        }
        None => {}
    }
    found
}

fn of_content(schemas: &Schemas, schema: &Schema, content: &Content, part: &str) -> Vec<String> {
    let Some(json) = &content.json else { return Vec::new() };
    let faults = schemas.faults(schema, json, "", FAULTS).into_iter();
    // Redacted text cannot be checked.
    let known = faults.filter(|fault| json.pointer(&fault.pointer).and_then(Value::as_str) != Some(REDACTED));
    known
        .map(|fault| match fault.pointer.as_str() {
            "" => format!("{part}: {}", fault.detail),
            pointer => format!("{part} at `{pointer}`: {}", fault.detail),
        })
        .collect()
}
