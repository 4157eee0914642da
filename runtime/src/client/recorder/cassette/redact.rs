//! Removes secrets from exchanges: every value whose name suggests a secret.

use std::collections::BTreeMap;

use serde_json::Value;
use url::form_urlencoded;

use super::content::Content;
use crate::confidential::is_confidential;

/// The text that replaces a secret.
pub(super) const REDACTED: &str = "[redacted]";

/// The path and query without secrets in the query.
pub(super) fn query(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else { return path.to_owned() };
    let pairs = query.split('&').map(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        let decoded = form_urlencoded::parse(name.as_bytes()).next().map(|(name, _)| name.into_owned());
        if decoded.is_some_and(|name| is_confidential(&name)) { format!("{name}={REDACTED}") } else { pair.to_owned() }
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

pub(super) fn headers(headers: &mut BTreeMap<String, Vec<String>>) {
    for (_, lines) in headers.iter_mut().filter(|(name, _)| is_confidential(name)) {
        for line in lines {
            REDACTED.clone_into(line);
        }
    }
}

pub(super) fn content(content: &mut Content, content_type: &str) {
    if let Some(json) = &mut content.json {
        value(json, false);
    }
    let is_form = content_type.eq_ignore_ascii_case(crate::form::MEDIA);
    if let Some(text) = content.text.as_mut().filter(|_| is_form) {
        let all = query(&format!("?{text}"));
        all.trim_start_matches('?').clone_into(text);
    }
}

/// Replaces the texts below names that suggest a secret. Numbers are counts and limits of tokens.
fn value(json: &mut Value, is_secret: bool) {
    match json {
        Value::Object(object) => {
            object.iter_mut().for_each(|(name, inner)| value(inner, is_secret || is_confidential(name)));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| value(item, is_secret)),
        Value::String(text) if is_secret => REDACTED.clone_into(text),
        _ => {}
    }
}
