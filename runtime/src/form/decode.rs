//! `application/x-www-form-urlencoded` text → typed values; the inverse of
//! [`encode`](super::encode).

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use crate::descriptor::{FormField, Style};
use crate::params::decode::{Encoding, Entries, Item, ParamDecodeError, attempt, push_deep, push_entry, query_pairs};

/// Decodes a struct or map from a form. `fields` holds the properties that have their own encoding.
/// By default, a repeated name is a list and an object is JSON.
///
/// # Errors
/// If a property is missing or not valid for its type.
pub fn decode<T: DeserializeOwned>(form: &str, fields: &[FormField]) -> Result<T, ParamDecodeError> {
    let entries = entries(form, fields)?;
    attempt(|mode| T::deserialize(Item::Entries(entries.clone()).with(mode)))
}

/// The pieces of a form by name. `fields` is as in [`decode`].
///
/// # Errors
/// If a property is not written in its style.
pub(crate) fn entries<'r>(form: &'r str, fields: &[FormField]) -> Result<Entries<'r>, ParamDecodeError> {
    let mut entries = Entries::new();
    for (key, text) in query_pairs(form) {
        let (Some(key), Some(text)) = (Encoding::Query.decode(key), Encoding::Query.decode(text)) else {
            return Err(ParamDecodeError::invalid("must be UTF-8".to_owned()));
        };
        push(&mut entries, fields, key, text)?;
    }
    Ok(entries)
}

/// Adds a pair to the entries, in the style of its property.
pub(crate) fn push<'r>(
    entries: &mut Entries<'r>,
    fields: &[FormField],
    key: Cow<'r, str>,
    text: Cow<'r, str>,
) -> Result<(), ParamDecodeError> {
    let (name, path) = key.find('[').map_or((key.as_ref(), ""), |at| key.split_at(at));
    let Some(field) = fields.iter().find(|field| field.name == key || field.name == name) else {
        return push_entry(entries, key, Item::Text(text));
    };
    let item = match field.style {
        _ if field.empty_is_null && text.is_empty() => Item::Null,
        _ if field.json => Item::Json(text),
        Style::DeepObject if !path.is_empty() => {
            let whole = format!("[{name}]{path}");
            return push_deep(entries, &whole, text, 0);
        }
        _ if field.explode => Item::Text(text),
        style => Item::Delimited(text.split(style.delimiter()).map(|item| Cow::Owned(item.to_owned())).collect()),
    };
    push_entry(entries, key, item)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use super::decode;
    use crate::descriptor::{FormField, Style};
    use crate::form::encode;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Login {
        client_id: String,
        scopes: Vec<String>,
        meta: BTreeMap<String, u8>,
        points: Option<Vec<Point>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        gone: Option<u8>,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Point {
        x: i8,
    }

    fn login() -> Login {
        Login {
            client_id: "a b&c=+ü".to_owned(),
            scopes: vec!["x".to_owned(), "y".to_owned()],
            meta: BTreeMap::from([("n".to_owned(), 1)]),
            points: Some(vec![Point { x: -1 }, Point { x: 2 }]),
            gone: None,
        }
    }

    #[test]
    fn a_form_round_trips() {
        let deep = FormField { name: "meta", style: Style::DeepObject, ..FormField::DEFAULT };
        let flat = FormField { name: "scopes", style: Style::PipeDelimited, explode: false, ..FormField::DEFAULT };
        let json = FormField { name: "meta", json: true, ..FormField::DEFAULT };
        for fields in [&[][..], &[deep, flat], &[json]] {
            let text = encode(&login(), fields).unwrap();
            assert_eq!(decode::<Login>(&text, fields).unwrap(), login(), "{text}");
        }
    }

    #[test]
    fn a_missing_property_is_named() {
        let error = decode::<Login>("scopes=a", &[]).unwrap_err();
        assert!(error.to_string().contains("client_id"), "{error}");
    }
}
