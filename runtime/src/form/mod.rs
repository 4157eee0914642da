//! `application/x-www-form-urlencoded` bodies: structs and maps → pairs.

mod decode;

pub use decode::decode;
use serde::Serialize;

use crate::descriptor::{FormField, Style};
use crate::params::{ParamError, ParamValue, push_form, push_reserved};

/// The media type.
pub const MEDIA: &str = "application/x-www-form-urlencoded";

const DEFAULT: FormField =
    FormField { name: "", style: Style::Form, explode: true, allow_reserved: false, json: false };

/// Encodes a struct or map as pairs. `fields` holds the properties with an encoding of their own.
///
/// # Errors
/// If the value is not an object, or a property cannot be encoded in its style.
pub fn encode<T: Serialize + ?Sized>(value: &T, fields: &[FormField]) -> Result<String, ParamError> {
    let ParamValue::Object(entries) = ParamValue::of(value)? else {
        return Err(ParamError::new("a form must be an object"));
    };
    // `ParamValue`s have lost their JSON types, so values sent as JSON are serialized a second
    // time.
    let nested = entries.iter().any(|(name, value)| as_json(field(fields, name), value));
    let json = if nested {
        serde_json::to_value(value).map_err(|error| ParamError::new(error.to_string()))?
    } else {
        serde_json::Value::Null
    };
    let mut out = String::new();
    for (name, value) in &entries {
        let field = field(fields, name);
        match json.get(name) {
            Some(json) if as_json(field, value) => pair(&mut out, name, &json.to_string()),
            _ => property(&mut out, name, field, value)
                .map_err(|error| ParamError::new(format!("property `{name}`: {error}")))?,
        }
    }
    Ok(out)
}

fn field<'f>(fields: &'f [FormField], name: &str) -> &'f FormField {
    fields.iter().find(|field| field.name == name).unwrap_or(&DEFAULT)
}

/// By the standard, objects are sent as JSON unless a style says otherwise.
fn as_json(field: &FormField, value: &ParamValue) -> bool {
    let nested = |value: &ParamValue| matches!(value, ParamValue::Object(_) | ParamValue::List(_));
    match value {
        ParamValue::Null => false,
        _ if field.json => true,
        ParamValue::Scalar(_) => false,
        ParamValue::List(items) => items.iter().any(nested),
        ParamValue::Object(_) => field.name.is_empty(),
    }
}

fn property(out: &mut String, name: &str, field: &FormField, value: &ParamValue) -> Result<(), ParamError> {
    match value {
        ParamValue::Null => {}
        ParamValue::Scalar(text) if field.allow_reserved => {
            start(out, name);
            push_reserved(out, text);
        }
        ParamValue::Scalar(text) => pair(out, name, text),
        ParamValue::List(items) => {
            let texts = items.iter().filter_map(|item| scalar(item).transpose()).collect::<Result<Vec<_>, _>>()?;
            if field.explode {
                for text in texts {
                    pair(out, name, text);
                }
            } else if !texts.is_empty() {
                pair(out, name, &texts.join(field.style.delimiter()));
            }
        }
        ParamValue::Object(entries) => {
            let mut flat = Vec::new();
            for (key, value) in entries {
                let Some(text) = scalar(value)? else { continue };
                match (field.style, field.explode) {
                    (Style::DeepObject, _) => pair(out, &format!("{name}[{key}]"), text),
                    (_, true) => pair(out, key, text),
                    (_, false) => flat.extend([key.as_str(), text]),
                }
            }
            if !flat.is_empty() {
                pair(out, name, &flat.join(field.style.delimiter()));
            }
        }
    }
    Ok(())
}

fn scalar(value: &ParamValue) -> Result<Option<&str>, ParamError> {
    match value {
        ParamValue::Null => Ok(None),
        ParamValue::Scalar(text) => Ok(Some(text)),
        ParamValue::List(_) | ParamValue::Object(_) => {
            Err(ParamError::new("an array or object inside it can only be written as JSON"))
        }
    }
}

fn pair(out: &mut String, name: &str, text: &str) {
    start(out, name);
    push_form(out, text);
}

fn start(out: &mut String, name: &str) {
    if !out.is_empty() {
        out.push('&');
    }
    push_form(out, name);
    out.push('=');
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::encode;
    use crate::descriptor::{FormField, Style};

    #[derive(Serialize)]
    struct Login {
        client_id: &'static str,
        scopes: Vec<&'static str>,
        meta: BTreeMap<&'static str, u8>,
        gone: Option<u8>,
    }

    fn login() -> Login {
        Login { client_id: "a b&c", scopes: vec!["x", "y"], meta: BTreeMap::from([("n", 1)]), gone: None }
    }

    #[test]
    fn lists_repeat_and_objects_are_json_by_default() {
        assert_eq!(encode(&login(), &[]).unwrap(), "client_id=a+b%26c&scopes=x&scopes=y&meta=%7B%22n%22%3A1%7D");
    }

    #[test]
    fn an_encoding_changes_the_style() {
        let deep =
            FormField { name: "meta", style: Style::DeepObject, explode: true, allow_reserved: false, json: false };
        let flat = FormField {
            name: "scopes",
            style: Style::SpaceDelimited,
            explode: false,
            allow_reserved: false,
            json: false,
        };
        assert_eq!(encode(&login(), &[deep, flat]).unwrap(), "client_id=a+b%26c&scopes=x+y&meta%5Bn%5D=1");
    }

    #[test]
    fn only_objects_are_forms() {
        assert!(encode(&[1, 2], &[]).is_err());
    }
}
