//! The text of schemas → [`Schemas`].

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Extra, OperationSchemas, Otherwise, Property, Schema, Schemas, Tag, Types};
use crate::validation::{Bound, Constraints, interned};

/// Reads the text. Lines that begin with `//` are comments.
pub(super) fn schemas(text: &str) -> Result<Schemas, String> {
    let json: String = text.lines().filter(|line| !line.starts_with("//")).flat_map(|line| [line, "\n"]).collect();
    let json: Value = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    let part = |name: &str| json.get(name).and_then(Value::as_object).ok_or_else(|| format!("`{name}` is missing"));
    Ok(Schemas {
        types: part("types")?.iter().map(|(name, value)| (name.clone(), schema(value))).collect(),
        operations: part("operations")?.iter().map(|(id, value)| (id.clone(), operation(value))).collect(),
    })
}

fn operation(value: &Value) -> OperationSchemas {
    let also = list(value, "also").iter().filter_map(|index| usize::try_from(index.as_u64()?).ok());
    OperationSchemas {
        parameters: list(value, "parameters").iter().map(schema).collect(),
        bodies: list(value, "bodies").iter().map(schema).collect(),
        also: also.collect(),
        #[cfg(any(feature = "cassettes", all(feature = "server", feature = "validate")))]
        responses: list(value, "responses").iter().map(super::response::read).collect(),
    }
}

pub(super) fn schema(value: &Value) -> Schema {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(ToOwned::to_owned);
    let flag = |name: &str| value.get(name).and_then(Value::as_bool).unwrap_or_default();
    let required: Vec<&str> = list(value, "required").iter().filter_map(Value::as_str).collect();
    let properties: Vec<Property> =
        list(value, "properties").iter().filter_map(|pair| property(pair, &required)).collect();
    let index = properties.iter().enumerate().map(|(index, property)| (property.name.clone(), index));
    let index: BTreeMap<String, usize> = index.collect();
    Schema {
        reference: text("$ref"),
        types: value.get("type").map_or(Types::ANY, types),
        nullable: flag("nullable"),
        or_text: flag("orText"),
        format: text("format"),
        constraints: value.as_object().map_or(Constraints::NONE, constraints),
        allowed: list(value, "enum").to_vec(),
        properties,
        index,
        extra: extra(value),
        items: value.get("items").map(|items| Box::new(schema(items))),
        prefix: list(value, "prefixItems").iter().map(schema).collect(),
        members: list(value, "anyOf").iter().map(schema).collect(),
        tag: value.get("tag").and_then(tag),
    }
}

fn property(pair: &Value, required: &[&str]) -> Option<Property> {
    let [name, value] = pair.as_array()?.as_slice() else { return None };
    let name = name.as_str()?;
    Some(Property { name: name.to_owned(), required: required.contains(&name), schema: schema(value) })
}

fn types(value: &Value) -> Types {
    let words = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    words.iter().filter_map(|word| Types::of_word(word.as_str()?)).fold(Types(0), Types::and)
}

fn extra(value: &Value) -> Extra {
    match value.get("additionalProperties") {
        None | Some(Value::Bool(true)) => Extra::Ignored,
        Some(Value::Bool(false)) => Extra::Denied,
        Some(values) => {
            let patterns = list(value, "propertyNames").iter().filter_map(|pattern| Some(interned(pattern.as_str()?)));
            Extra::Kept(Box::new(schema(values)), patterns.collect())
        }
    }
}

fn tag(value: &Value) -> Option<Tag> {
    let values = list(value, "values").iter().filter_map(|pair| {
        let [value, index] = pair.as_array()?.as_slice() else { return None };
        Some((value.clone(), usize::try_from(index.as_u64()?).ok()?))
    });
    let otherwise = match value.get("otherwise") {
        Some(Value::Number(index)) => Otherwise::Member(usize::try_from(index.as_u64()?).ok()?),
        Some(Value::String(text)) if text == "shape" => Otherwise::Shape,
        _ => Otherwise::Refused,
    };
    Some(Tag { property: value.get("property")?.as_str()?.to_owned(), values: values.collect(), otherwise })
}

fn constraints(object: &Map<String, Value>) -> Constraints {
    let count = |name: &str| object.get(name).and_then(Value::as_u64);
    let bound = |name: &str| {
        let number = object.get(name)?.as_number()?;
        number.as_i128().map(Bound::Integer).or_else(|| number.as_f64().map(Bound::Float))
    };
    Constraints {
        min_length: count("minLength"),
        max_length: count("maxLength"),
        pattern: object.get("pattern").and_then(Value::as_str).map(interned),
        minimum: bound("minimum"),
        maximum: bound("maximum"),
        exclusive_minimum: bound("exclusiveMinimum"),
        exclusive_maximum: bound("exclusiveMaximum"),
        multiple_of: bound("multipleOf"),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique_items: object.get("uniqueItems") == Some(&Value::Bool(true)),
        min_properties: count("minProperties"),
        max_properties: count("maxProperties"),
        ..Constraints::NONE
    }
}

pub(super) fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
