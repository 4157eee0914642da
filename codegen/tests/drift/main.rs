//! Compares real documents, and keeps the page about drift up to date.

mod rust;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::{FileReader, MemoryReader};
use specwright_codegen::drift::{
    Bump, Drift, Finding, Level, Options, RustChanges, RustVerdict, Wire, as_written, compare, report, rules,
};
use specwright_codegen::pipeline::{build_api, read};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn spec(path: &str) -> String {
    fs::read_to_string(root().join("specs").join(path)).expect("a document")
}

/// Compares two documents, with Rust verdicts from the generated APIs.
fn drift(old: &str, new: &str) -> Drift {
    let config = ProviderConfig { module: "api".to_owned(), ..ProviderConfig::default() };
    let build = |name: &str, text: &str| {
        let reader = MemoryReader::new().with(name, text);
        let document = read(name, &reader, None).expect("a document").document;
        (document, build_api(name, &reader, None, &config).api.expect("an API"))
    };
    let ((before, old_api), (after, new_api)) = (build("old.yaml", old), build("new.yaml", new));
    let findings = compare(&before, &after, &Options::default());
    let mut drift = Drift { old: "old.yaml".into(), new: "new.yaml".into(), findings, ..Drift::default() };
    RustChanges::new(&old_api, &new_api).apply(&mut drift);
    drift
}

fn of<'f>(drift: &'f Drift, id: &str) -> Vec<&'f Finding> {
    drift.findings.iter().filter(|finding| finding.id() == id).collect()
}

const SWAGGER: &str = "\
swagger: '2.0'
info: {title: T, version: '1'}
host: api.test
paths:
  /pets:
    get:
      operationId: list_pets
      produces: [application/json]
      parameters: [{name: ids, in: query, type: array, items: {type: string}}]
      responses: {'200': {description: d, schema: {$ref: '#/definitions/Pet'}}}
definitions:
  Pet:
    type: object
    properties: {name: {type: string, x-nullable: true}}
";

const OPENAPI: &str = "\
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.test', name: https}]
paths:
  /pets:
    get:
      operationId: list_pets
      parameters: [{name: ids, in: query, explode: false, schema: {type: array, items: {type: string}}}]
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: [string, 'null']}}}
";

#[test]
fn one_api_in_2_0_and_in_3_1_has_no_drift() {
    for (old, new) in [(SWAGGER, OPENAPI), (OPENAPI, SWAGGER), (SWAGGER, SWAGGER)] {
        let drift = drift(old, new);
        assert!(drift.findings.is_empty(), "{:?}", drift.findings);
        assert_eq!(drift.bump(), Bump::None);
    }
}

#[test]
fn findings_about_2_0_have_its_locations() {
    let next = SWAGGER.replace("{type: string, x-nullable: true}", "{type: integer}");
    let mut drift = drift(SWAGGER, &next);
    let document = |text: &str| read("api.yaml", &MemoryReader::new().with("api.yaml", text), None).unwrap().document;
    as_written(&mut drift.findings, &document(SWAGGER), &document(&next));
    let [finding] = of(&drift, "response-property-type-changed")[..] else { panic!("{:?}", drift.findings) };
    assert_eq!(finding.pointer, "/definitions/Pet/properties/name/type");
    assert_eq!((finding.old.line, finding.new.line, finding.rust), (14, 14, RustVerdict::Breaking));
}

#[test]
fn rownd_lost_three_properties_since_2024() {
    let drift = drift(&spec("rownd/revisions/2024-02-16.yaml"), &spec("rownd/openapi.yaml"));
    let removed: Vec<&str> =
        of(&drift, "response-optional-property-removed").iter().map(|finding| finding.message.as_str()).collect();
    for name in ["redacted", "retain_until", "revoke_after"] {
        assert!(removed.iter().any(|message| message.contains(&format!("`{name}`"))), "{name}: {removed:?}");
    }
    for finding in of(&drift, "response-optional-property-removed") {
        assert_eq!((finding.wire, finding.rust), (Wire::BreaksClients, RustVerdict::Breaking), "{}", finding.message);
        assert!(finding.operations[0].starts_with("PUT /applications/"), "{:?}", finding.operations);
    }
    assert_eq!(drift.bump(), Bump::Major);
}

#[test]
fn integer_ids_that_become_strings_break_wire_and_rust() {
    let new = spec("looker/openapi.yaml");
    let text = "    UserId:\n      type: string\n";
    assert!(new.contains(text), "user ids are strings");
    let old = new.replace(text, "    UserId:\n      type: integer\n      format: int64\n");
    let drift = drift(&old, &new);
    let changed = of(&drift, "response-property-type-changed");
    assert!(!changed.is_empty());
    for finding in changed {
        assert_eq!(
            (finding.level, finding.wire, finding.rust),
            (Level::Error, Wire::BreaksClients, RustVerdict::Breaking),
            "{}",
            finding.message
        );
        assert!(finding.message.contains("`int64`"), "{}", finding.message);
        assert!(finding.old.line > 1 && finding.new.line > 1 && !finding.operations.is_empty());
    }
}

/// Replaces a generated part of the page, between its markers.
fn replaced(page: &str, part: &str, text: &str) -> String {
    let (start, end) = (format!("<!-- {part} -->\n"), format!("<!-- end of {part} -->"));
    let (before, rest) = page.split_once(&start).expect("the start is marked");
    let (_, after) = rest.split_once(&end).expect("the end is marked");
    format!("{before}{start}{text}{end}{after}")
}

fn table() -> String {
    let mut text = String::from("| rule | level | direction | wire | Rust | change |\n|---|---|---|---|---|---|\n");
    for rule in rules::catalogue() {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} | {} |",
            rule.id, rule.level, rule.direction, rule.wire, rule.rust, rule.summary
        );
    }
    text
}

fn example() -> String {
    let document = |id: &str, more: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: Pets, version: '1' }}\npaths:\n  /pets/{{id}}:\n    get:\n      operationId: getPet\n      parameters:\n        \
             - {{ name: id, in: path, required: true, schema: {{ {id} }} }}\n      responses:\n        '200':\n          description: ok\n          content:\n            \
             application/json:\n              schema:\n                type: object\n                required: [id]\n                properties:\n                  \
             id: {{ {id} }}\n                  state: {{ type: string, enum: [available, sold{more}] }}\n"
        )
    };
    let old = document("type: integer, format: int64", "");
    let new = document("type: string", ", lent");
    format!("```text\n{}```\n", report::to_text(&drift(&old, &new), false))
}

/// `DRIFT_DOCS=write cargo test -p specwright-codegen --test drift` renews the page.
#[test]
fn the_page_about_drift_lists_all_rules_and_a_real_example() {
    let path = root().join("docs/drift.md");
    let page = fs::read_to_string(&path).expect("the page");
    let renewed = replaced(&replaced(&page, "rules", &table()), "example", &example());
    if std::env::var_os("DRIFT_DOCS").is_some_and(|value| value == "write") {
        fs::write(&path, &renewed).expect("the page is written");
    }
    let fresh = renewed == page || std::env::var_os("DRIFT_DOCS").is_some();
    assert!(
        fresh,
        "docs/drift.md is stale; renew it with DRIFT_DOCS=write cargo test -p specwright-codegen --test drift"
    );
}

/// The documents of all providers.
const DOCUMENTS: [&str; 4] =
    ["looker/openapi.yaml", "prelude/openapi.yaml", "rownd/openapi.yaml", "stateset/openapi.yaml"];

/// Replaces references with their targets, recursively. References to themselves are kept.
fn inlined(node: &Value, root: &Value, open: &mut Vec<String>) -> Value {
    match node {
        Value::Object(map) => {
            let reference = map.get("$ref").and_then(Value::as_str).filter(|_| map.len() == 1);
            if let Some(reference) = reference.filter(|reference| !open.iter().any(|other| other == reference)) {
                let target = root.pointer(reference.trim_start_matches('#')).expect("a target");
                open.push(reference.to_owned());
                let text = inlined(target, root, open);
                open.pop();
                return text;
            }
            map.iter().map(|(key, value)| (key.clone(), inlined(value, root, open))).collect()
        }
        Value::Array(list) => list.iter().map(|value| inlined(value, root, open)).collect(),
        other => other.clone(),
    }
}

#[test]
fn order_and_inlining_of_real_documents_give_no_finding() {
    for path in DOCUMENTS {
        let text = spec(path);
        let mut document: Value = serde_yaml::from_str(&text).expect("YAML");
        // Serialization sorts the keys.
        let sorted = document.to_string();
        assert!(compare_texts(&text, &sorted).is_empty(), "{path}: order");
        let paths = inlined(&document["paths"], &document, &mut Vec::new());
        document["paths"] = paths;
        let inline = document.to_string();
        assert!(inline.matches("$ref").count() < sorted.matches("$ref").count(), "{path} has references");
        assert_eq!(compare_texts(&text, &inline), Vec::<String>::new(), "{path}: inlining");
        assert_eq!(compare_texts(&inline, &text), Vec::<String>::new(), "{path}: references");
    }
}

/// The messages of all findings between two documents.
fn compare_texts(old: &str, new: &str) -> Vec<String> {
    let load = |name: &str, text: &str| {
        let reader = MemoryReader::new().with(name, text);
        read(name, &reader, None).expect("a document").document
    };
    let findings = compare(&load("old.yaml", old), &load("new.yaml", new), &Options::default());
    findings.into_iter().map(|finding| finding.message).collect()
}

#[test]
fn a_document_on_disk_does_not_drift_from_itself() {
    let path = root().join("specs/rownd/openapi.yaml").to_string_lossy().into_owned();
    let load = |path: &str| read(path, &FileReader, None).expect("a document").document;
    assert!(compare(&load(&path), &load(&path), &Options::default()).is_empty());
}
