//! Validation of what is written to a profile.

use generated_client::rownd::types::AppUserDataRequest;
use serde_json::{Value, json};

use super::Refusal;
use crate::providers::make;

/// What is wrong with a profile that is to be written to the user `id`, by field.
pub(super) fn validate(app: &Value, id: &str, body: &AppUserDataRequest) -> Result<(), Refusal> {
    let mut wrong = Vec::new();
    for (field, value) in body.data.iter().flatten() {
        if app["schema"][field]["read_only"] == json!(true) {
            return Err(Refusal::ReadOnly(field.clone()));
        }
        let text = match (field.as_str(), value) {
            ("user_id", value) if value.as_str() != Some(id) => "`user_id` is another than that of the path",
            ("email", Value::String(email)) if !is_email(email) => "`email` is no e-mail address",
            ("email", value) if !value.is_string() && !value.is_null() => "`email` is no text",
            _ => continue,
        };
        wrong.push((field.clone(), text.to_owned()));
    }
    for name in body.attributes.iter().flatten().map(|(name, _)| name) {
        if let Some(text) = validate_attribute(name) {
            wrong.push((name.clone(), text));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Invalid(wrong)) }
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

/// Whether this could be an e-mail address.
pub(in crate::providers) fn is_email(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && !part.chars().any(char::is_whitespace);
    text.len() <= 254
        && text.split_once('@').is_some_and(|(local, domain)| plain(local) && plain(domain) && !domain.contains('@'))
}

/// The id that a directive asks for, or the id itself.
pub(super) fn id_for(user: &str) -> String {
    match user.to_ascii_lowercase().as_str() {
        "__default__" | "__rowndid__" => format!("user_{}", make::random(make::BASE36, 24)),
        "__uuid__" => make::uuid(),
        "__objectid__" => make::random(make::HEX, 24),
        _ => user.to_owned(),
    }
}

/// A user who was never written to.
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
