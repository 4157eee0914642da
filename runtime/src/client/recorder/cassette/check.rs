//! Checks an exchange against the schemas of a document.

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::content::Content;
use super::exchange::Exchange;
use super::redact::REDACTED;
use crate::confidential::is_confidential;
use crate::descriptor::{Location, Operation};
use crate::limits::FAULTS;
use crate::media;
use crate::params::response_headers;
use crate::params::sent::Sent;
use crate::schema::{OperationSchemas, Schema, Schemas};

/// The violations of an exchange of this operation, without values.
pub(super) fn violations(schemas: &Schemas, sent: &'static Operation, exchange: &Exchange) -> Vec<String> {
    let Some(operation) = schemas.operation(&exchange.operation) else { return Vec::new() };
    let mut found = parameters(schemas, sent, operation, exchange);
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
            let lines = exchange.response.headers.iter();
            let faults = response_headers::faults(response, schemas, &header_map(lines, |name| !is_confidential(name)));
            // What was taken out is missing.
            let known = faults.into_iter().filter(|fault| !is_confidential(&fault.pointer));
            found.extend(known.map(|fault| format!("the response at `{}`: {}", fault.pointer, fault.detail)));
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

/// The violations of the parameters. Secrets are left out, because recordings do not have them, and so
/// are cookies.
fn parameters(
    schemas: &Schemas,
    sent: &'static Operation,
    operation: &OperationSchemas,
    exchange: &Exchange,
) -> Vec<String> {
    let (path, query) = match exchange.path.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (exchange.path.as_str(), None),
    };
    let headers = header_map(exchange.headers.iter(), |_| true);
    let request = Sent { operation: sent, path: end_of(path, sent.segments.len()), query, headers: &headers };
    let mut found = Vec::new();
    for (index, (parameter, schema)) in sent.parameters.iter().zip(&operation.parameters).enumerate() {
        let is_known = match parameter.location {
            Location::Path | Location::Query | Location::QueryString => true,
            // Recordings of earlier versions lack the headers of requests.
            Location::Header => headers.contains_key(parameter.name),
            Location::Cookie => false,
        };
        if is_known && !is_confidential(parameter.name) {
            let faults = request.faults(index, schemas, schema, FAULTS).into_iter();
            found.extend(faults.map(|fault| format!("the request at `{}`: {}", fault.pointer, fault.detail)));
        }
    }
    found
}

/// The last segments of a path. The ones before belong to the base URL.
fn end_of(path: &str, segments: usize) -> &str {
    let start = path.rmatch_indices('/').nth(segments.saturating_sub(1)).map_or(0, |(at, _)| at);
    path.get(start..).unwrap_or(path)
}

/// The headers whose names `is_kept` accepts.
fn header_map<'h>(
    lines: impl Iterator<Item = (&'h String, &'h Vec<String>)>,
    is_kept: impl Fn(&str) -> bool,
) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, lines) in lines.filter(|(name, _)| is_kept(name)) {
        for line in lines {
            if let (Ok(name), Ok(line)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(line)) {
                map.append(name, line);
            }
        }
    }
    map
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
