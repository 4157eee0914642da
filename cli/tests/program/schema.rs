//! The JSON Schema of `specwright.toml` names exactly the keys that the program accepts.

use std::collections::BTreeSet;

use serde_json::Value;
use specwright_codegen::config::ProjectConfig;

const SCHEMA: &str = include_str!("../../../docs/specwright.schema.json");

/// The keys that the program lists when it finds an unknown one.
fn known(text: &str) -> BTreeSet<String> {
    let error = ProjectConfig::parse("specwright.toml", text).expect_err("a key that does not exist").message;
    let (_, names) = error.split_once("expected ").unwrap_or_else(|| panic!("{text}: {error}"));
    names.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect()
}

fn keys(schema: &Value) -> BTreeSet<String> {
    schema["properties"].as_object().expect("properties").keys().cloned().collect()
}

#[test]
fn schema_and_program_accept_the_same_keys() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    assert_eq!(keys(&schema), known("unheard = 1\n"));
    let api = &schema["$defs"]["api"];
    let head = "[api.a]\ndocument = \"a\"\ncrate = \"a\"\n";
    let mut expected = known(&format!("{head}unheard = 1\n"));
    // In `provider.toml`, this key has this name; here it is `document`.
    assert!(expected.remove("spec"));
    assert_eq!(keys(api), expected);
    for (name, inner) in api["properties"].as_object().expect("properties") {
        let table = if inner["type"] == "array" && inner["items"]["properties"].is_object() {
            Some((format!("[[api.a.{name}]]"), &inner["items"]))
        } else {
            inner["properties"].is_object().then(|| (format!("[api.a.{name}]"), inner))
        };
        if let Some((table, inner)) = table {
            assert_eq!(keys(inner), known(&format!("{head}{table}\nunheard = 1\n")), "{name}");
        }
    }
}

#[test]
fn the_example_of_the_guide_is_read() {
    let page = include_str!("../../../docs/guide/projects.md");
    let example = page.split("\n```toml\n").nth(1).and_then(|rest| rest.split("\n```").next()).expect("an example");
    let config = ProjectConfig::parse("specwright.toml", example).expect("a file");
    assert_eq!(config.apis.len(), 1);
}
