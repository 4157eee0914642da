//! Rewrites the fixtures without changing what they mean: no finding follows.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Map, Value, json};

use crate::diagnostics::Diagnostics;
use crate::document::{Document, Limits, MemoryReader};
use crate::drift::{Options, compare};
use crate::load::load;

/// Every `STEP`th fixture, which keeps the test short.
const STEP: usize = 4;

/// The documents below `tests/fixtures/emit` and `specs` that consist of one file.
fn fixtures() -> Vec<(String, Value)> {
    let root = format!("{}/..", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<String> = fs::read_dir(format!("{root}/tests/fixtures/emit"))
        .expect("fixtures")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .filter_map(|path| Some(path.to_str()?.to_owned()))
        .collect();
    names.sort_unstable();
    let specs = ["rownd", "prelude", "looker", "stateset"].map(|name| format!("{root}/specs/{name}/openapi.yaml"));
    let all = specs.into_iter().chain(names.into_iter().step_by(STEP));
    let parsed = |name: String| {
        let value: Value = serde_yaml::from_str(&fs::read_to_string(&name).ok()?).ok()?;
        document(&value).map(|_| (name, value))
    };
    all.filter_map(parsed).collect()
}

/// `None` if the document refers to other files.
fn document(value: &Value) -> Option<Document> {
    let text = value.to_string();
    load("a.json", &MemoryReader::new().with("a.json", text.as_str()), &Limits::default(), &mut Diagnostics::new())
}

#[track_caller]
fn no_finding(transform: impl Fn(&Value) -> Value) {
    let all = fixtures();
    assert!(all.len() > 8, "{}", all.len());
    for (name, value) in all {
        let changed = transform(&value);
        let (old, new) = (document(&value).expect("a document"), document(&changed).expect("a document"));
        for (old, new) in [(&old, &new), (&new, &old)] {
            let messages: Vec<String> =
                compare(old, new, &Options::default()).into_iter().map(|finding| finding.message).collect();
            assert_eq!(messages, Vec::<String>::new(), "{name}");
        }
    }
}

/// Where a schema is: a member of a choice has a name that its discriminator refers to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Component,
    Member,
    Other,
}

type Rewrite<'f> = &'f dyn Fn(Value, Position) -> Value;

/// Applies a function to all schemas, innermost first.
fn schema(value: Value, position: Position, rewrite: Rewrite<'_>) -> Value {
    let Value::Object(object) = value else { return value };
    let each = |map: Map<String, Value>| -> Value {
        Value::Object(map.into_iter().map(|(name, value)| (name, schema(value, Position::Other, rewrite))).collect())
    };
    let object = object.into_iter().map(|(key, value)| {
        let value = match (key.as_str(), value) {
            ("properties" | "patternProperties" | "$defs" | "definitions", Value::Object(map)) => each(map),
            ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(list)) => {
                list.into_iter().map(|value| schema(value, Position::Member, rewrite)).collect()
            }
            (
                "items" | "additionalProperties" | "not" | "if" | "then" | "else" | "propertyNames" | "contains",
                value,
            ) => schema(value, Position::Other, rewrite),
            (_, value) => value,
        };
        (key, value)
    });
    rewrite(Value::Object(object.collect()), position)
}

/// Applies a function to all schemas of a document.
fn schemas(value: &Value, rewrite: Rewrite<'_>) -> Value {
    match value {
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| {
                let value = match (key.as_str(), value) {
                    ("schema", Value::Object(_)) => schema(value.clone(), Position::Other, rewrite),
                    ("schemas", Value::Object(map)) => map
                        .iter()
                        .map(|(name, value)| (name.clone(), schema(value.clone(), Position::Component, rewrite)))
                        .collect::<Map<_, _>>()
                        .into(),
                    ("example" | "examples" | "default", _) => value.clone(),
                    _ => schemas(value, rewrite),
                };
                (key.clone(), value)
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(list) => list.iter().map(|value| schemas(value, rewrite)).collect(),
        other => other.clone(),
    }
}

#[test]
fn wrapping_in_all_of_changes_nothing() {
    no_finding(|document| {
        schemas(document, &|schema, position| {
            let plain = schema.get("discriminator").is_none() && schema.as_object().is_some_and(|it| !it.is_empty());
            if position == Position::Other && plain { json!({ "allOf": [schema] }) } else { schema }
        })
    });
}

#[test]
fn inlining_changes_nothing() {
    no_finding(|document| {
        schemas(document, &|schema, position| {
            let alone = position == Position::Other && schema.as_object().is_some_and(|object| object.len() == 1);
            let target = schema.get("$ref").and_then(Value::as_str).filter(|_| alone);
            let target = target.and_then(|target| document.pointer(target.strip_prefix('#')?));
            target.cloned().unwrap_or(schema)
        })
    });
}

#[test]
fn order_changes_nothing() {
    fn reversed(value: &Value, key: &str) -> Value {
        const LISTS: [&str; 7] = ["required", "enum", "anyOf", "oneOf", "allOf", "tags", "parameters"];
        match value {
            Value::Object(object) => {
                let entries = object.iter().rev().map(|(key, value)| (key.clone(), reversed(value, key)));
                entries.collect::<Map<_, _>>().into()
            }
            Value::Array(list) if LISTS.contains(&key) => list.iter().rev().map(|value| reversed(value, "")).collect(),
            Value::Array(list) => list.iter().map(|value| reversed(value, "")).collect(),
            other => other.clone(),
        }
    }
    no_finding(|document| reversed(document, ""));
}

/// The operations of a document.
fn operations(document: &mut Value) -> Vec<&mut Map<String, Value>> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flat_map(|paths| paths.values_mut()).filter_map(Value::as_object_mut);
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    let operations = items.flat_map(|item| item.iter_mut());
    operations.filter(|(key, _)| methods.contains(&key.as_str())).filter_map(|(_, it)| it.as_object_mut()).collect()
}

#[test]
fn moving_security_to_the_top_changes_nothing() {
    no_finding(|document| {
        let mut document = document.clone();
        let top = document.get("security").cloned().unwrap_or_else(|| json!([]));
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for operation in operations(&mut document) {
            let own = operation.entry("security").or_insert_with(|| top.clone());
            *counts.entry(own.to_string()).or_default() += 1;
        }
        let Some((common, _)) = counts.into_iter().max_by_key(|(_, count)| *count) else { return document };
        let shared: Value = serde_json::from_str(&common).expect("a list");
        for operation in operations(&mut document) {
            operation.retain(|key, value| key != "security" || *value != shared);
        }
        document["security"] = shared;
        document
    });
}
