//! Validates and creates profiles.

use generated_client::rownd::types::AppUserDataRequest;
use serde_json::{Value, json};

use super::RowndError;
use crate::providers::make;

/// Validates a profile for the user `id`.
pub(super) fn validate(app: &Value, id: &str, body: &AppUserDataRequest) -> Result<(), RowndError> {
    let mut invalid = Vec::new();
    for (field, value) in body.data.iter().flatten() {
        if app["schema"][field]["read_only"] == json!(true) {
            return Err(RowndError::ReadOnly(field.clone()));
        }
        let text = match (field.as_str(), value) {
            ("user_id", value) if value.as_str() != Some(id) => "`user_id` differs from the id in the path",
            ("email", Value::String(email)) if !is_email(email) => "`email` is not an e-mail address",
            ("email", value) if !value.is_string() && !value.is_null() => "`email` is not a string",
            _ => continue,
        };
        invalid.push((field.clone(), text.to_owned()));
    }
    for name in body.attributes.iter().flatten().map(|(name, _)| name) {
        if let Some(text) = validate_attribute(name) {
            invalid.push((name.clone(), text));
        }
    }
    if invalid.is_empty() { Ok(()) } else { Err(RowndError::Invalid(invalid)) }
}

fn validate_attribute(name: &str) -> Option<String> {
    match name.split_once(':') {
        Some((namespace, key)) if namespace.is_empty() || key.is_empty() => {
            Some(format!("the attribute `{name}` is not `namespace:key`"))
        }
        None => Some(format!("the attribute `{name}` is not `namespace:key`")),
        Some(("rownd", "app_variants")) => None,
        Some((namespace @ ("rownd" | "system"), _)) => Some(format!("the namespace `{namespace}` is reserved")),
        Some(_) => None,
    }
}

/// Whether a text looks like an e-mail address.
pub(in crate::providers) fn is_email(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && !part.chars().any(char::is_whitespace);
    text.len() <= 254
        && text.split_once('@').is_some_and(|(local, domain)| plain(local) && plain(domain) && !domain.contains('@'))
}

/// A new ID for a directive such as `__uuid__`, or the ID itself.
pub(super) fn id_for(user: &str) -> String {
    match user.to_ascii_lowercase().as_str() {
        "__default__" | "__rowndid__" => format!("user_{}", make::random(make::BASE36, 24)),
        "__uuid__" => make::uuid(),
        "__objectid__" => make::random(make::HEX, 24),
        _ => user.to_owned(),
    }
}

/// A new user.
pub(super) fn fresh() -> Value {
    json!({
        "state": "enabled",
        "auth_level": "unverified",
        "data": {},
        "attributes": {},
        "verified_data": {},
        "meta": {"created": make::now()},
    })
}
