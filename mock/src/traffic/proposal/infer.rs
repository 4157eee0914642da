//! A value → a schema that has its types and property names, but none of its content.

use serde_json::{Map, Value, json};

/// Levels of a schema.
const DEEPEST: usize = 8;

/// Properties of an object.
const PROPERTIES: usize = 100;

/// The schema of a value.
pub(super) fn schema(value: &Value) -> Value {
    within(value, DEEPEST)
}

fn within(value: &Value, depth: usize) -> Value {
    if depth == 0 {
        return json!({});
    }
    match value {
        Value::Null => json!({}),
        Value::Bool(_) => json!({"type": "boolean"}),
        Value::Number(number) if number.is_f64() => json!({"type": "number"}),
        Value::Number(_) => json!({"type": "integer"}),
        Value::String(_) => json!({"type": "string"}),
        Value::Array(items) => {
            let item = items.first().map_or_else(|| json!({}), |item| within(item, depth - 1));
            // Items of several types have any type.
            let is_one = items.iter().all(|other| within(other, depth - 1) == item);
            json!({"type": "array", "items": if is_one { item } else { json!({}) }})
        }
        Value::Object(properties) => {
            let properties = properties.iter().take(PROPERTIES);
            let properties: Map<String, Value> =
                properties.map(|(name, value)| (name.clone(), within(value, depth - 1))).collect();
            json!({"type": "object", "properties": properties})
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::schema;

    #[test]
    fn a_schema_has_types_and_names_but_no_values() {
        let value = json!({"name": "Jane", "age": 7, "tags": ["a", "b"], "mixed": [1, "a"], "nothing": null});
        let expected = json!({"type": "object", "properties": {
            "name": {"type": "string"},
            "age": {"type": "integer"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "mixed": {"type": "array", "items": {}},
            "nothing": {},
        }});
        assert_eq!(schema(&value), expected);
    }
}
