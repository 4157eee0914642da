//! Each rule is found for its change, in both directions, and no other rule is.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::documents::{ASPECTS, RULES, around, body, row_document, rows};
use super::{document, ids};
use crate::drift::rules::{SchemaRole, catalogue, find, schema_rule_id};
use crate::drift::{Date, Finding, Level, Options, compare};

fn found(old: &Value, new: &Value, options: &Options) -> Vec<Finding> {
    compare(&document("old.json", &old.to_string()), &document("new.json", &new.to_string()), options)
}

/// A document that uses a schema in one role; `access` marks its property as read-only or
/// write-only.
fn at(role: SchemaRole, schema: &Value, access: Option<&str>) -> Value {
    let mut schema = schema.clone();
    if let Some(flag) = access {
        schema[flag] = true.into();
    }
    if role.property() == role {
        schema = json!({ "type": "object", "properties": { "p": schema } });
    }
    let parameter =
        |location: &str| json!({ "parameters": [{ "name": "q", "in": location, "schema": schema }], "responses": {} });
    around(&match role {
        SchemaRole::RequestBody | SchemaRole::RequestProperty => {
            json!({ "requestBody": body(&schema), "responses": {} })
        }
        SchemaRole::Parameter | SchemaRole::ParameterProperty => parameter("query"),
        SchemaRole::Header | SchemaRole::HeaderProperty => parameter("header"),
        SchemaRole::ResponseBody | SchemaRole::ResponseProperty => json!({ "responses": { "200": body(&schema) } }),
        SchemaRole::ResponseHeader | SchemaRole::ResponseHeaderProperty => {
            json!({ "responses": { "200": { "headers": { "H": { "schema": schema } } } } })
        }
    })
}

/// The rule id for a row of the table of aspects in a role.
fn expected(role: SchemaRole, aspect: &str, muted: bool) -> String {
    // Requests have one id for all types that are not wider.
    let narrowed = aspect == "type-specialized" && find(&schema_rule_id(role, aspect, muted)).is_none();
    schema_rule_id(role, if narrowed { "type-changed" } else { aspect }, muted)
}

/// Checks all rows of the table of aspects in all roles, and returns the ids that were found.
fn aspects() -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let muted = [(SchemaRole::RequestProperty, Some("readOnly")), (SchemaRole::ResponseProperty, Some("writeOnly"))];
    for row in rows(ASPECTS) {
        for (role, access) in SchemaRole::ALL.into_iter().map(|role| (role, None)).chain(muted) {
            let (old, new) = (at(role, &row["old"], access), at(role, &row["new"], access));
            for (direction, old, new) in [("there", &old, &new), ("back", &new, &old)] {
                let aspect = row[direction].as_str().expect("an aspect");
                let wanted = expected(role, aspect, access.is_some());
                let findings = found(old, new, &Options::default());
                assert_eq!(ids(&findings), [wanted.as_str()], "{role:?} {direction}: {row:?}");
                assert_eq!(findings.len(), 1, "{role:?} {direction}: {row:?}");
                seen.insert(wanted);
            }
        }
    }
    seen
}

/// Checks all rows of the table of rules, and returns the ids that were found.
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
        let (old, new) = (row_document(&row, 0), row_document(&row, 1));
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
fn each_rule_is_found_in_both_directions_and_no_other() {
    let mut seen = aspects();
    seen.extend(fixed());
    // The rules of the generated crate are found in APIs, not in documents.
    let of_documents = catalogue().iter().map(|rule| rule.id.as_str()).filter(|id| !id.starts_with("generated-"));
    let missing: Vec<&str> = of_documents.filter(|id| !seen.contains(*id)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "rules without a fixture");
}
