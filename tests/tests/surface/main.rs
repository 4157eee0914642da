//! The text form of a surface against the compiler: rustdoc finds the same public items with the
//! same signatures.

mod expected;
mod rustdoc;

use std::fs;

use specwright_codegen::document::FileReader;
use specwright_codegen::pipeline::build_api;
use specwright_codegen::provider::ProviderConfig;
use specwright_codegen::surface::Surface;
use tests::tree::root;

use self::rustdoc::{Crate, Items};

/// Fixtures with every kind of public item.
const FIXTURES: [&str; 12] = [
    "callbacks",
    "enums",
    "http_authentication",
    "multipart",
    "newtypes",
    "petstore",
    "recursion",
    "response_headers",
    "security_alternatives",
    "servers",
    "several_media_types",
    "union_discriminator",
];

/// What a surface and rustdoc say differently about a module.
fn differences(name: &str, surface: &str, found: &Items) -> Vec<String> {
    let expected = expected::items(surface);
    let mut all = Vec::new();
    for path in found.keys().filter(|path| !expected.contains_key(*path) && !expected::is_shared(path, &expected)) {
        all.push(format!("{name}: the surface does not list {path}"));
    }
    for (path, ours) in &expected {
        match found.get(path) {
            None => all.push(format!("{name}: rustdoc does not find {path}")),
            Some(theirs) if ours != theirs && *ours != expected::ANY => {
                all.push(format!("{name}: {path} is `{ours}`, and `{theirs}` for rustdoc"));
            }
            Some(_) => {}
        }
    }
    all
}

#[test]
fn the_surfaces_of_the_providers_are_what_rustdoc_finds() {
    let found = Crate::document("generated-client");
    let mut all = Vec::new();
    for file in tests::tree::below("generated-client/api/", ".txt") {
        let name = file.path.trim_start_matches("generated-client/api/").trim_end_matches(".txt");
        all.extend(differences(name, &file.text, &found.items(&[name])));
    }
    assert_eq!(all, Vec::<String>::new());
}

#[test]
fn the_surfaces_of_fixtures_are_what_rustdoc_finds() {
    let found = Crate::document("tests");
    let mut all = Vec::new();
    for name in FIXTURES {
        let path = |end: &str| root().join(format!("tests/fixtures/emit/{name}.{end}"));
        let mut config = match fs::read_to_string(path("toml")) {
            Ok(text) => ProviderConfig::parse(name, &text).expect("a configuration"),
            Err(_) => ProviderConfig::default(),
        };
        config.module = name.to_owned();
        let document = path("yaml").display().to_string();
        let api = build_api(&document, &FileReader, None, &config).api.expect("an API");
        all.extend(differences(name, &Surface::of(&api).to_string(), &found.items(&["generated", name])));
    }
    assert_eq!(all, Vec::<String>::new());
}
