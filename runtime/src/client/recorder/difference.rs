//! Describes how two requests differ. Values of parameters and bodies are not repeated.

use std::collections::BTreeSet;

use serde_json::Value;
use url::form_urlencoded;

use super::recorded::RecordedRequest;
use crate::descriptor::Location;
use crate::media::Media;

/// The parts of the expected request that differ in the other one, such as `the path /pets/7`.
pub(super) fn between(expected: &RecordedRequest, got: &RecordedRequest) -> Vec<String> {
    let mut found = Vec::new();
    if expected.method != got.method {
        found.push(format!("the method {}", expected.method));
    }
    if expected.path != got.path {
        found.push(format!("the path {}", expected.path));
    }
    let names = differing(&pairs(expected), &pairs(got));
    found.extend(names.into_iter().map(|name| format!("another `{name}` in the query")));
    for parameter in expected.descriptor.parameters {
        let name = match parameter.location {
            Location::Header if expected.descriptor.idempotency_key == Some(parameter.name) => continue,
            Location::Header => parameter.name,
            Location::Cookie => "cookie",
            Location::Path | Location::Query | Location::QueryString => continue,
        };
        if expected.headers.get(name) != got.headers.get(name) {
            found.push(format!("another header `{name}`"));
        }
    }
    found.dedup();
    found.extend(body(expected, got));
    found
}

fn pairs(request: &RecordedRequest) -> Vec<(String, String)> {
    let query = request.query.as_deref().unwrap_or_default();
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    pairs.sort();
    pairs
}

/// The names whose values differ.
fn differing(expected: &[(String, String)], got: &[(String, String)]) -> BTreeSet<String> {
    let only = |these: &[(String, String)], those: &[(String, String)]| {
        these.iter().filter(|pair| !those.contains(pair)).map(|(name, _)| name.clone()).collect::<BTreeSet<_>>()
    };
    let mut names = only(expected, got);
    names.extend(only(got, expected));
    // The same pairs, but not as often.
    if names.is_empty() && expected.len() != got.len() {
        names.extend(expected.first().or(got.first()).map(|(name, _)| name.clone()));
    }
    names
}

fn body(expected: &RecordedRequest, got: &RecordedRequest) -> Option<String> {
    if expected.body == got.body {
        return None;
    }
    let json = |request: &RecordedRequest| serde_json::from_slice::<Value>(&request.body).ok();
    if let (Some(expected), Some(got)) = (json(expected), json(got)) {
        let mut pointer = String::new();
        return at(&expected, &got, &mut pointer).then(|| match pointer.as_str() {
            "" => "another body".to_owned(),
            pointer => format!("another body, at `{pointer}`"),
        });
    }
    (parts(expected) != parts(got)).then(|| "another body".to_owned())
}

/// Whether two values differ, and the pointer of the first difference.
fn at(expected: &Value, got: &Value, pointer: &mut String) -> bool {
    let length = pointer.len();
    let mut within = |key: &str, expected: Option<&Value>, got: Option<&Value>| {
        pointer.truncate(length);
        crate::validation::validator::push_key(pointer, key);
        match (expected, got) {
            (Some(expected), Some(got)) => at(expected, got, pointer),
            (expected, got) => expected.is_some() != got.is_some(),
        }
    };
    let differs = match (expected, got) {
        (Value::Object(expected), Value::Object(got)) => {
            let keys: BTreeSet<&String> = expected.keys().chain(got.keys()).collect();
            keys.into_iter().any(|key| within(key, expected.get(key), got.get(key)))
        }
        (Value::Array(expected), Value::Array(got)) => {
            let most = expected.len().max(got.len());
            (0..most).any(|index| within(&index.to_string(), expected.get(index), got.get(index)))
        }
        (expected, got) => return expected != got,
    };
    if !differs {
        pointer.truncate(length);
    }
    differs
}

/// The body without the boundary of its parts, which is random.
fn parts(request: &RecordedRequest) -> String {
    let text = String::from_utf8_lossy(&request.body);
    let content_type = request.header("content-type").unwrap_or_default();
    match Media::parse(content_type).parameter("boundary") {
        Some(boundary) => text.replace(boundary, "boundary"),
        None => text.into_owned(),
    }
}
