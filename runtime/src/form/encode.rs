//! Typed values → `application/x-www-form-urlencoded` text: structs and maps become pairs.

use serde::Serialize;

use crate::descriptor::{FormField, Style};
use crate::params::{ParamError, ParamValue, deep_pairs, joined, push_form, push_reserved};

/// Encodes a struct or map as pairs. `fields` holds the properties that have their own encoding.
///
/// # Errors
/// If the value is not an object, or a property cannot be encoded in its style.
pub fn encode<T: Serialize + ?Sized>(value: &T, fields: &[FormField]) -> Result<String, ParamError> {
    let ParamValue::Object(entries) = ParamValue::of(value)? else {
        return Err(ParamError::new("a form must be an object"));
    };
    // `ParamValue`s have lost their JSON types, so values that are sent as JSON are serialized a
    // second time.
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
            Some(json) if as_json(field, value) => pair(&mut out, field, name, &json.to_string()),
            _ => pairs(name, field, value, &mut |name, text| pair(&mut out, field, name, text))
                .map_err(|error| ParamError::new(format!("property `{name}`: {error}")))?,
        }
    }
    Ok(out)
}

fn field<'f>(fields: &'f [FormField], name: &str) -> &'f FormField {
    fields.iter().find(|field| field.name == name).unwrap_or(&FormField::DEFAULT)
}

/// The standard says that objects are sent as JSON unless there is a style.
fn as_json(field: &FormField, value: &ParamValue) -> bool {
    let nested = |value: &ParamValue| matches!(value, ParamValue::Object(_) | ParamValue::List(_));
    match value {
        _ if field.json => true,
        ParamValue::Null | ParamValue::Scalar(_) => false,
        ParamValue::List(items) => items.iter().any(nested),
        ParamValue::Object(_) => field.name.is_empty(),
    }
}

/// The pairs of a property that is not JSON. `null` is empty text, so that it differs from an
/// absent property.
pub(crate) fn pairs(
    name: &str,
    field: &FormField,
    value: &ParamValue,
    emit: &mut dyn FnMut(&str, &str),
) -> Result<(), ParamError> {
    match value {
        ParamValue::Null => emit(name, ""),
        ParamValue::Scalar(text) => emit(name, text),
        _ if field.style == Style::DeepObject => deep_pairs(name, value, emit)?,
        ParamValue::List(items) => {
            let texts = texts(items)?;
            if field.explode {
                for text in texts {
                    emit(name, text);
                }
            } else if !texts.is_empty() {
                emit(name, &joined(&texts, field.style.delimiter())?);
            }
        }
        ParamValue::Object(entries) if field.explode => {
            for (key, value) in entries {
                let items = if let ParamValue::List(items) = value { items } else { std::slice::from_ref(value) };
                for text in texts(items)? {
                    emit(key, text);
                }
            }
        }
        ParamValue::Object(entries) => {
            let mut flat = Vec::new();
            for (key, value) in entries {
                flat.extend(scalar(value)?.into_iter().flat_map(|text| [key.as_str(), text]));
            }
            if !flat.is_empty() {
                emit(name, &joined(&flat, field.style.delimiter())?);
            }
        }
    }
    Ok(())
}

/// The texts of a list, without its nulls.
fn texts(items: &[ParamValue]) -> Result<Vec<&str>, ParamError> {
    items.iter().filter_map(|item| scalar(item).transpose()).collect()
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

fn pair(out: &mut String, field: &FormField, name: &str, text: &str) {
    if !out.is_empty() {
        out.push('&');
    }
    push_form(out, name);
    out.push('=');
    if field.allow_reserved {
        push_reserved(out, text);
    } else {
        push_form(out, text);
    }
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
        assert_eq!(encode(&login(), &[]).unwrap(), "client_id=a+b%26c&scopes=x&scopes=y&meta=%7B%22n%22%3A1%7D&gone=");
    }

    #[test]
    fn an_encoding_changes_the_style() {
        let deep = FormField { name: "meta", style: Style::DeepObject, ..FormField::DEFAULT };
        let flat = FormField { name: "scopes", style: Style::SpaceDelimited, explode: false, ..FormField::DEFAULT };
        assert_eq!(encode(&login(), &[deep, flat]).unwrap(), "client_id=a+b%26c&scopes=x+y&meta%5Bn%5D=1&gone=");
    }

    #[test]
    fn only_objects_are_forms() {
        assert!(encode(&[1, 2], &[]).is_err());
    }
}
