//! Every rule speaks where it should, both ways, and none beside it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{document, ids};
use crate::drift::rules::{Slot, catalogue, find, schema_rule_id};
use crate::drift::{Date, Finding, Level, Options, compare};

const ASPECTS: &str = include_str!("fixtures/aspects.yaml");
const RULES: &str = include_str!("fixtures/rules.yaml");

fn rows(text: &str) -> Vec<Map<String, Value>> {
    serde_yaml::from_str(text).expect("a list of rows")
}

fn found(old: &Value, new: &Value, options: &Options) -> Vec<Finding> {
    compare(&document("old.json", &old.to_string()), &document("new.json", &new.to_string()), options)
}

/// A document with one operation.
fn around(operation: &Value) -> Value {
    let named = |name: &str| json!({ "type": "object", "properties": { name: { "type": "string" } } });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "post": operation } },
        "components": { "schemas": { "One": named("one"), "Two": named("two") } },
    })
}

fn body(schema: &Value) -> Value {
    json!({ "required": true, "content": { "application/json": { "schema": schema } } })
}

/// A document in which a schema stands at one place; `travels` is what keeps its property from travelling there.
fn at(slot: Slot, schema: &Value, travels: Option<&str>) -> Value {
    let mut schema = schema.clone();
    if let Some(flag) = travels {
        schema[flag] = true.into();
    }
    if slot.property() == slot {
        schema = json!({ "type": "object", "properties": { "p": schema } });
    }
    let parameter =
        |place: &str| json!({ "parameters": [{ "name": "q", "in": place, "schema": schema }], "responses": {} });
    around(&match slot {
        Slot::RequestBody | Slot::RequestProperty => json!({ "requestBody": body(&schema), "responses": {} }),
        Slot::Parameter | Slot::ParameterProperty => parameter("query"),
        Slot::Header | Slot::HeaderProperty => parameter("header"),
        Slot::ResponseBody | Slot::ResponseProperty => json!({ "responses": { "200": body(&schema) } }),
        Slot::ResponseHeader | Slot::ResponseHeaderProperty => {
            json!({ "responses": { "200": { "headers": { "H": { "schema": schema } } } } })
        }
    })
}

/// What a row of the table of aspects is called at a place.
fn expected(slot: Slot, aspect: &str, muted: bool) -> String {
    // Requests have one id for each type that is not wider.
    let narrowed = aspect == "type-specialized" && find(&schema_rule_id(slot, aspect, muted)).is_none();
    schema_rule_id(slot, if narrowed { "type-changed" } else { aspect }, muted)
}

/// Checks all rows of the table of aspects at all places; returns the ids that were found.
fn aspects() -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let muted = [(Slot::RequestProperty, Some("readOnly")), (Slot::ResponseProperty, Some("writeOnly"))];
    for row in rows(ASPECTS) {
        for (slot, travels) in Slot::ALL.into_iter().map(|slot| (slot, None)).chain(muted) {
            let (old, new) = (at(slot, &row["old"], travels), at(slot, &row["new"], travels));
            for (direction, old, new) in [("there", &old, &new), ("back", &new, &old)] {
                let aspect = row[direction].as_str().expect("an aspect");
                let wanted = expected(slot, aspect, travels.is_some());
                let findings = found(old, new, &Options::default());
                assert_eq!(ids(&findings), [wanted.as_str()], "{slot:?} {direction}: {row:?}");
                assert_eq!(findings.len(), 1, "{slot:?} {direction}: {row:?}");
                seen.insert(wanted);
            }
        }
    }
    seen
}

/// Puts the keys of one object into another, object by object.
fn merge(into: &mut Value, from: &Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        match into.get_mut(key) {
            Some(there) if there.is_object() && value.is_object() => merge(there, value),
            _ => into[key] = value.clone(),
        }
    }
}

/// One side of a row of the table of rules.
fn side(row: &Map<String, Value>, index: usize) -> Value {
    let part = |key: &str| row.get(key).map(|sides| sides[index].clone());
    let mut operation = json!({ "responses": {} });
    if let Some(schema) = part("request") {
        operation["requestBody"] = body(&schema);
    }
    if let Some(schema) = part("response") {
        operation["responses"] = json!({ "200": body(&schema) });
    }
    if let Some(keys) = part("operation") {
        merge(&mut operation, &keys);
    }
    let mut all = around(&operation);
    if let Some(keys) = part("item") {
        merge(&mut all["paths"]["/a"], &keys);
    }
    merge(&mut all, &part("root").unwrap_or_default());
    all
}

/// Checks all rows of the table of rules; returns the ids that were found.
fn fixed() -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let today: Date = "2026-11-25".parse().expect("a day");
    for row in rows(RULES) {
        let days = row.get("sunset_days").and_then(Value::as_u64).unwrap_or_default();
        let options = Options {
            today: Some(today),
            sunset_days: u32::try_from(days).expect("few days"),
            check_version: row.contains_key("check_version"),
        };
        let (old, new) = (side(&row, 0), side(&row, 1));
        for (direction, old, new) in [("there", &old, &new), ("back", &new, &old)] {
            let findings = found(old, new, &options);
            let wanted: Vec<&str> = row[direction].as_array().expect("ids").iter().filter_map(Value::as_str).collect();
            assert_eq!(ids(&findings), wanted, "{direction}: {row:?}");
            assert_eq!(findings.len(), wanted.len(), "{direction}: {row:?}");
            if let Some(level) = row.get("level").and_then(Value::as_str).and_then(Level::parse) {
                assert!(findings.iter().all(|finding| finding.level == level), "{direction}: {row:?}");
            }
            seen.extend(wanted.into_iter().map(str::to_owned));
        }
    }
    seen
}

#[test]
fn every_rule_speaks_both_ways_and_none_beside_it() {
    let mut seen = aspects();
    seen.extend(fixed());
    let silent: Vec<&str> = catalogue().iter().map(|rule| rule.id.as_str()).filter(|id| !seen.contains(*id)).collect();
    assert_eq!(silent, Vec::<&str>::new(), "rules without a fixture");
}
