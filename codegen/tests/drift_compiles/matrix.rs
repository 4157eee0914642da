//! Checks every rule of drift with the compiler: an application of the old crate is compiled
//! against the new one, for each row of the tables of changes, in both directions.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use specwright_codegen::drift::{RustChanges, RustVerdict};
use specwright_codegen::ir::model::Api;
use specwright_codegen::surface::Surface;

use crate::consumer::consumer;
use crate::documents::{ASPECTS, RULES, around, body, row_document, rows};
use crate::package::{Case, Package, generated};

/// The places in which a schema is used. The rules of other places differ only in their names.
const PLACES: [&str; 3] = ["request", "response", "parameter"];

/// A document that uses a schema as a property in one place.
fn at(place: &str, schema: &Value) -> Value {
    let object = json!({ "type": "object", "required": ["p"], "properties": { "p": schema, "q": schema } });
    around(&match place {
        "request" => json!({ "operationId": "make", "requestBody": body(&object), "responses": {} }),
        "response" => json!({ "operationId": "make", "responses": { "200": body(&object) } }),
        _ => json!({
            "operationId": "make",
            "parameters": [
                { "name": "p", "in": "query", "required": true, "schema": schema },
                { "name": "q", "in": "header", "schema": schema },
            ],
            "responses": {},
        }),
    })
}

/// Both documents of every row, with a name. A change of a schema is tried in one place, or in all
/// of them with `DRIFT_MATRIX=all`, which takes minutes.
fn pairs() -> Vec<(String, Value, Value)> {
    let all = std::env::var_os("DRIFT_MATRIX").is_some_and(|value| value == "all");
    let mut pairs = Vec::new();
    for (index, row) in rows(ASPECTS).into_iter().enumerate() {
        let places = PLACES.into_iter().enumerate().filter(|(place, _)| all || *place == index % PLACES.len());
        for (_, place) in places {
            let there = row["there"].as_str().expect("an aspect").replace('-', "_");
            let name = format!("a{index}_{place}_{there}");
            pairs.push((name, at(place, &row["old"]), at(place, &row["new"])));
        }
    }
    for (index, row) in rows(RULES).into_iter().enumerate() {
        pairs.push((format!("r{index}"), row_document(&row, 0), row_document(&row, 1)));
    }
    pairs
}

/// One case for each direction of a pair, if both documents can be generated.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, old, new) in pairs() {
        let (Some(old), Some(new)) = (generated(old.to_string()), generated(new.to_string())) else { continue };
        for (direction, from, to) in [("there", &old, &new), ("back", &new, &old)] {
            let (Some(before), Some(after)) = (&from.generation.api, &to.generation.api) else { continue };
            cases.push(case(format!("{name}_{direction}"), before, after, to.files.clone()));
        }
    }
    cases
}

fn case(name: String, before: &Api, after: &Api, files: Vec<specwright_codegen::render::RenderedFile>) -> Case {
    let verdict = RustChanges::new(before, after).verdict();
    Case { name, verdict, code: consumer(&Surface::of(before).to_string()), files }
}

#[test]
fn the_compiler_agrees_with_the_verdict_on_every_rule() {
    let cases = cases();
    let (breaking, kept): (Vec<Case>, Vec<Case>) =
        cases.into_iter().partition(|case| case.verdict == RustVerdict::Breaking);
    let names = |cases: &[Case]| cases.iter().map(|case| case.name.clone()).collect::<BTreeSet<String>>();
    let (must_break, must_compile) = (names(&breaking), names(&kept));
    let (refused, messages) = Package::new("kept", kept).refused();
    assert_eq!(refused, BTreeSet::new(), "of {}: code that compiled no longer does\n{messages}", must_compile.len());
    let (refused, _) = Package::new("breaking", breaking).refused();
    let compiled: Vec<&String> = must_break.difference(&refused).collect();
    assert_eq!(compiled, Vec::<&String>::new(), "of {}: code compiles although it should not", must_break.len());
}
