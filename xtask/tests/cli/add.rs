//! `add`, in a copy of the workspace.

use crate::copy::{Copy, GENERATED};

const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: Acme, version: 2.3.0}
servers: [{url: https://acme.example}]
paths:
  /things/{id}:
    get:
      operationId: getThing
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: The thing
          content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}
";

#[test]
fn a_provider_gets_a_folder_a_feature_and_a_module() {
    let copy = Copy::new();
    copy.write("upstream/acme.yaml", DOCUMENT);
    let ran = copy.run(&["add", "acme-two", "upstream/acme.yaml", "--url", "https://acme.example/openapi.yaml"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(copy.read("specs/acme-two/openapi.yaml"), DOCUMENT, "byte for byte");
    assert!(copy.read("specs/acme-two/provider.toml").contains("module = \"acme_two\""));
    let source = copy.read("specs/acme-two/source.toml");
    specwright_codegen::config::Source::parse("source.toml", &source).unwrap();
    assert!(source.contains("version = \"2.3.0\"") && source.contains("https://acme.example/openapi.yaml"), "{source}");

    let manifest: toml::Table = copy.read("generated-client/Cargo.toml").parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    assert_eq!(features["acme-two"], toml::Value::Array(Vec::new()));
    assert!(features["full"].as_array().unwrap().contains(&toml::Value::from("acme-two")));
    assert!(copy.read("generated-client/Cargo.toml").contains("# One feature for each provider"), "comments are kept");
    assert!(copy.read(&format!("{GENERATED}/mod.rs")).contains("#[cfg(feature = \"acme-two\")]\npub mod acme_two;"));
    assert!(copy.read(&format!("{GENERATED}/acme_two/client.rs")).contains("pub fn get_thing("));
    assert_eq!(copy.run(&["regen", "--check"]).status, 0);
}

#[test]
fn diagnostics_appear_once_with_the_new_location() {
    let copy = Copy::new();
    copy.write("acme.yaml", &DOCUMENT.replace("{type: string}}}}", "{type: strng}}}}"));
    let ran = copy.run(&["add", "acme", "acme.yaml"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(ran.stderr.matches("warning[unknown-type]").count(), 1, "{ran:?}");
    assert!(ran.stderr.contains("--> specs/acme/openapi.yaml:13:"), "{ran:?}");
}

#[test]
fn a_document_with_errors_adds_nothing() {
    let copy = Copy::new();
    copy.write("acme.yaml", &DOCUMENT.replace("3.1.0", "4.0.0"));
    let before = copy.files();
    let ran = copy.run(&["add", "acme", "acme.yaml"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("acme.yaml:2:"), "{ran:?}");
    let ran = copy.run(&["add", "acme", "missing.yaml"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert_eq!(copy.files(), before);
}

#[test]
fn a_name_that_is_no_module_name_adds_nothing() {
    let copy = Copy::new();
    copy.write("acme.yaml", DOCUMENT);
    let before = copy.files();
    let ran = copy.run(&["add", "type", "acme.yaml"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert_eq!(copy.files(), before);
}
