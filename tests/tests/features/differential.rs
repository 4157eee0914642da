//! Servers accept exactly the bodies that a JSON Schema validator accepts. Both get the same
//! values, most of which are valid except for one change.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use tests::generated::differential::server as s;

use crate::raw_request;

/// Values for each schema. Every run makes the same ones.
const VALUES: u64 = 400;

/// Implements nothing, so an accepted request gets 501.
struct Nobody;

impl s::Differential for Nobody {}

/// The document as JSON.
fn document() -> Value {
    let text = include_str!("../../fixtures/emit/differential.yaml");
    serde_json::to_value(serde_yaml::from_str::<serde_yaml::Value>(text).unwrap()).unwrap()
}

/// The validator of a schema of the document.
fn validator(document: &Value, schema: &Value) -> Validator {
    let whole = json!({"allOf": [schema], "components": document["components"]});
    jsonschema::options().should_validate_formats(true).build(&whole).unwrap()
}

#[tokio::test]
async fn both_validators_agree() {
    let document = document();
    let mut counts: BTreeMap<(String, bool), u32> = BTreeMap::new();
    let mut disagreements: Vec<String> = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let schema = &item["post"]["requestBody"]["content"]["application/json"]["schema"];
        let validator = validator(&document, schema);
        let mut values = Values { document: &document, state: path.len() as u64 };
        for _ in 0..VALUES {
            let mut value = values.of(schema, 4);
            for _ in 0..values.below(3) {
                values.change(&mut value);
            }
            let response = raw_request::json(s::router(Nobody), "POST", path, &value).await;
            let accepted = response.status == 501;
            assert!(accepted || matches!(response.status, 400 | 422), "{path} {value}: {}", response.status);
            let valid = validator.is_valid(&value);
            if accepted != valid {
                let server = String::from_utf8_lossy(&response.body);
                let reasons: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
                disagreements.push(format!("{path} {value}\nserver: {server}\nvalidator: {reasons:?}"));
            }
            *counts.entry((path.clone(), valid)).or_default() += 1;
        }
    }
    let first = disagreements.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n\n");
    assert!(disagreements.is_empty(), "{} disagreements:\n{first}", disagreements.len());
    // Neither may agree by accepting or refusing everything.
    for path in document["paths"].as_object().unwrap().keys() {
        for valid in [true, false] {
            let count = counts.get(&(path.clone(), valid)).copied().unwrap_or_default();
            assert!(count >= 20, "{path}: {count} of {VALUES} values are {}", if valid { "valid" } else { "invalid" });
        }
    }
}

/// Makes the same values in every run.
struct Values<'d> {
    document: &'d Value,
    state: u64,
}

impl Values<'_> {
    /// A number below `most` (splitmix64).
    fn below(&mut self, most: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % most.max(1) as u64).unwrap_or_default()
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// A value that is likely to be valid for a schema.
    fn of(&mut self, schema: &Value, depth: usize) -> Value {
        if let Some(name) = schema["$ref"].as_str() {
            let document = self.document;
            return self.of(document.pointer(&name[1..]).unwrap(), depth);
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(members) = schema[keyword].as_array() {
                let member = self.one(members);
                return self.of(&member, depth);
            }
        }
        if let Some(members) = schema["allOf"].as_array() {
            let mut all = Map::new();
            for member in members {
                all.extend(self.of(member, depth).as_object().cloned().unwrap_or_default());
            }
            return Value::Object(all);
        }
        if let Some(values) = schema["enum"].as_array() {
            return self.one(values);
        }
        if !schema["const"].is_null() {
            return schema["const"].clone();
        }
        let kinds = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
        let kind = self.one(&kinds);
        match kind.as_str().unwrap_or("null") {
            "boolean" => json!(self.below(2) == 0),
            "integer" => json!(i64::try_from(self.below(12)).unwrap() - 3),
            "number" => self.one(&[json!(0), json!(0.5), json!(1), json!(7.25), json!(100.5), json!(-2)]),
            "string" => self.text(schema),
            "array" => self.list(schema, depth),
            "object" => self.object(schema, depth),
            _ => Value::Null,
        }
    }

    fn text(&mut self, schema: &Value) -> Value {
        let texts: &[&str] = match schema["format"].as_str() {
            Some("uuid") => &["123e4567-e89b-12d3-a456-426614174000", "x"],
            Some("date-time") => &["2024-02-29T23:59:59Z", "2023-02-29T00:00:00Z", "2024-01-01T00:00:00+01:00"],
            Some("date") => &["2024-02-29", "2023-02-29", "24-1-1"],
            Some("ipv4") => &["127.0.0.1", "127.0.0.256", "::1"],
            _ => &[
                "",
                "a",
                "ab",
                "abc",
                "AB",
                "ABC",
                "aXc",
                "é☃",
                "éé☃☃",
                "éé☃☃é",
                "a\u{1F600}c",
                "small",
                "fixed",
                "a1",
                "x9y",
                "code5",
            ],
        };
        json!(self.one(texts))
    }

    fn list(&mut self, schema: &Value, depth: usize) -> Value {
        let first = schema["prefixItems"].as_array().cloned().unwrap_or_default();
        let mut items: Vec<Value> = first.iter().map(|item| self.of(item, depth)).collect();
        if depth > 0 && schema["items"].is_object() {
            let more = self.below(4);
            items.extend((0..more).map(|_| self.of(&schema["items"], depth - 1)));
        }
        Value::Array(items)
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let mut object = Map::new();
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if required.contains(&name.as_str()) || depth > 0 && self.below(3) == 0 {
                object.insert(name.clone(), self.of(property, depth.saturating_sub(1)));
            }
        }
        let other = if schema["additionalProperties"].is_object() {
            Some(&schema["additionalProperties"])
        } else {
            schema["patternProperties"].as_object().and_then(|patterns| patterns.values().next())
        };
        if let Some(other) = other {
            for _ in 0..self.below(3) {
                let name = self.one(&["x-a", "x-b", "other"]);
                object.insert(name.to_owned(), self.of(other, depth.saturating_sub(1)));
            }
        }
        Value::Object(object)
    }

    /// Changes a random part of a value.
    fn change(&mut self, value: &mut Value) {
        let go_on = self.below(3) > 0;
        match value {
            Value::Array(items) if go_on && !items.is_empty() => {
                let index = self.below(items.len());
                match self.below(4) {
                    0 => drop(items.remove(index)),
                    1 => items.push(items[index].clone()),
                    _ => self.change(&mut items[index]),
                }
            }
            Value::Object(object) if go_on => {
                let names: Vec<String> = object.keys().cloned().collect();
                match self.below(4) {
                    0 => drop(object.insert("more".to_owned(), json!(1))),
                    1 if !names.is_empty() => drop(object.remove(&self.one(&names))),
                    _ if !names.is_empty() => {
                        let name = self.one(&names);
                        self.change(&mut object[&name]);
                    }
                    _ => {}
                }
            }
            _ => *value = self.any(),
        }
    }

    fn any(&mut self) -> Value {
        let all = [
            json!(null),
            json!(true),
            json!(0),
            json!(-4),
            json!(1.5),
            json!(2.0),
            json!(1e2),
            json!(11),
            json!(2_147_483_648_i64),
            json!(""),
            json!("abcdef"),
            json!([]),
            json!([1]),
            json!({}),
            json!({"a": "b"}),
        ];
        self.one(&all)
    }
}
