//! Text of parameters and forms → JSON, as a schema requires. **Invariant:** text that does not
//! match the schema stays text, so that the fault is found in the JSON.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::ParamDecodeError;
use super::item::{DecodeMode, Entries, Item};
use super::split::Encoded;
use crate::schema::{Schema, Schemas};

/// A parameter as JSON.
///
/// # Errors
/// If it is absent, or not written in its style.
pub(crate) fn parameter_as_json(
    encoded: &Encoded<'_>,
    schemas: &Schemas,
    schema: &Schema,
    mode: DecodeMode,
) -> Result<Value, ParamDecodeError> {
    if encoded.json {
        let text = encoded.scalar()?;
        return serde_json::from_str(&text).map_err(|error| ParamDecodeError::json(&error));
    }
    let shape = schemas.shape(schema);
    // `name[0][x]=1` is a list in the style of objects.
    let is_deep = encoded.is_deep() && encoded.texts.is_empty() && (shape.list || shape.object);
    if is_deep || (shape.object && !shape.any && (!shape.text || encoded.texts.is_empty())) {
        let mut entries = encoded.object(mode)?;
        if encoded.takes_other_pairs() {
            let resolved = schemas.resolved(schema);
            entries.retain(|key, _| resolved.keeps_others() || resolved.names(key));
            if entries.is_empty() {
                return Err(ParamDecodeError::Absent);
            }
        }
        return Ok(item_as_json(&Item::Entries(entries), schemas, schema));
    }
    if shape.list && !shape.any && (!shape.text || encoded.texts.len() > 1) {
        let texts = encoded.list(mode)?;
        return Ok(item_as_json(&Item::Texts(texts), schemas, schema));
    }
    Ok(item_as_json(&Item::Text(encoded.scalar()?), schemas, schema))
}

/// A piece of a parameter or form as JSON. If there is no text, it is `null`.
pub(crate) fn item_as_json(item: &Item<'_>, schemas: &Schemas, schema: &Schema) -> Value {
    let resolved = schemas.resolved(schema);
    let shape = schemas.shape(schema);
    let list = |texts: &[Cow<'_, str>], read: fn(&str, &Schemas, &Schema) -> Value| {
        texts.iter().enumerate().map(|(index, text)| read(text, schemas, resolved.item(index))).collect()
    };
    match item {
        Item::Null | Item::Absent => Value::Null,
        Item::Json(text) => json(text, schemas, schema),
        Item::Jsons(texts) => list(texts, json),
        Item::Text(text) if shape.list && !shape.text && !shape.any => match parsed(text) {
            Some(value @ Value::Array(_)) => value,
            _ => list(std::slice::from_ref(text), scalar),
        },
        Item::Text(text) if shape.object && !shape.text && !shape.any => json(text, schemas, schema),
        Item::Text(text) => scalar(text, schemas, schema),
        Item::Delimited(texts) if shape.object && !shape.list => {
            let pairs = texts.chunks(2).filter_map(|pair| Some((pair.first()?, pair.get(1)?)));
            let entries = pairs.map(|(key, text)| (key.to_string(), scalar(text, schemas, resolved.property(key))));
            Value::Object(entries.collect())
        }
        Item::Texts(texts) | Item::Delimited(texts) => list(texts, scalar),
        Item::Entries(entries) if shape.list && !shape.object => indexed(entries, schemas, resolved),
        Item::Entries(entries) => {
            let values = entries
                .iter()
                .map(|(key, item)| (key.to_string(), item_as_json(item, schemas, resolved.property(key))));
            Value::Object(values.collect::<Map<_, _>>())
        }
    }
}

/// A list that was written with indexes: `name[0]=a&name[1]=b`.
fn indexed(entries: &Entries<'_>, schemas: &Schemas, list: &Schema) -> Value {
    let mut items: Vec<(usize, &Item<'_>)> =
        entries.iter().filter_map(|(key, item)| Some((key.parse().ok()?, item))).collect();
    items.sort_by_key(|(index, _)| *index);
    items.into_iter().enumerate().map(|(at, (_, item))| item_as_json(item, schemas, list.item(at))).collect()
}

fn json(text: &str, schemas: &Schemas, schema: &Schema) -> Value {
    parsed(text).unwrap_or_else(|| scalar(text, schemas, schema))
}

fn parsed(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// Text as the JSON scalar that the schema requires, if it can be read as one.
fn scalar(text: &str, schemas: &Schemas, schema: &Schema) -> Value {
    let shape = schemas.shape(schema);
    let number = || {
        let whole = text.parse::<i64>().map(Value::from).or_else(|_| text.parse::<u64>().map(Value::from));
        whole.ok().or_else(|| text.parse::<f64>().ok().and_then(serde_json::Number::from_f64).map(Value::Number))
    };
    let value = match text {
        _ if shape.any => None,
        "true" | "false" if shape.boolean => Some(Value::Bool(text == "true")),
        "" | "null" if shape.null => Some(Value::Null),
        _ if shape.number => number(),
        _ => None,
    };
    value.unwrap_or_else(|| Value::from(text))
}
