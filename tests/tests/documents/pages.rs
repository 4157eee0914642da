//! The pages for people: their links, tables, documents and generated code agree with the
//! workspace.

use std::path::Path;

use generated_client::{looker, prelude_so, rownd, stateset};
use serde_yaml::Value;
use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::MemoryReader;
use specwright_codegen::pipeline::build_api;
use tests::responses::operations;
use tests::tree::{SourceText, files, root};

const README: &str = include_str!("../../../README.md");
const PROVIDERS: &str = include_str!("../../../docs/providers.md");
const OVERLAYS: &str = include_str!("../../../docs/guide/overlays.md");
const TOUR: &str = include_str!("../../../docs/tour.md");
const PETSTORE: &str = include_str!("../../fixtures/emit/petstore.yaml");

/// The code blocks of a page in one language.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("\n```{language}\n");
    page.split(&fence).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

#[test]
fn the_table_of_operations_agrees_with_the_documents() {
    let providers = [
        ("Looker", looker::DOCUMENT),
        ("Prelude", prelude_so::DOCUMENT),
        ("Rownd", rownd::DOCUMENT),
        ("StateSet", stateset::DOCUMENT),
    ];
    let mut expected = Vec::new();
    for (name, document) in providers {
        let document: Value = serde_yaml::from_str(document).unwrap();
        for (method, path, operation) in operations(&document) {
            let id = operation["operationId"].as_str().unwrap();
            let provenance = &operation["x-provenance"];
            let provenance = provenance.as_str().or_else(|| provenance["level"].as_str());
            let provenance = provenance.unwrap_or("seed page");
            expected.push(format!("| {name} | `{method} {path}` | `{id}` | {provenance} |"));
        }
    }
    let header = PROVIDERS.find("| provider | request |").unwrap();
    let mut rows: Vec<_> = PROVIDERS[header..].lines().skip(2).take_while(|line| line.starts_with('|')).collect();
    rows.sort_unstable();
    expected.sort();
    assert_eq!(rows, expected);
}

/// The text of a page without its code blocks.
fn prose(page: &str) -> String {
    let mut code = false;
    let mut lines = page.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    });
    let mut text = String::new();
    lines.by_ref().for_each(|line| text.extend([line, "\n"]));
    text
}

#[test]
fn every_link_of_every_page_leads_to_a_file() {
    let mut pages = files();
    pages.retain(|file| file.path.ends_with(".md"));
    let mut broken = Vec::new();
    let mut seen = 0;
    for SourceText { path, text } in &pages {
        let folder = root().join(path).parent().map(Path::to_path_buf).unwrap_or_default();
        let text = prose(text);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://")) {
            seen += 1;
            let file = link.split('#').next().unwrap_or_default();
            if !file.is_empty() && !folder.join(file).exists() {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    assert!(seen > 50);
    assert_eq!(broken, [""; 0]);
}

/// The paths in backticks that start at a folder of the workspace. `CODE` matches any name.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let path = |word: &&str| {
        let folder = word.split('/').next().unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '.');
        word.contains('/')
            && !folder.is_empty()
            && word.chars().all(plain)
            && root().join(folder).join("Cargo.toml").exists()
    };
    text.split('`').skip(1).step_by(2).filter(path).map(|path| path.split("/CODE").next().unwrap_or_default())
}

#[test]
fn every_path_on_every_page_exists() {
    let mut pages = files();
    pages.retain(|file| file.path.ends_with(".md"));
    let mut missing = Vec::new();
    let mut seen = 0;
    for SourceText { path: page, text } in &pages {
        for path in prose(text).lines().flat_map(paths) {
            seen += 1;
            if !root().join(path).exists() {
                missing.push(format!("{page}: {path}"));
            }
        }
    }
    assert!(seen > 50, "{seen}");
    assert_eq!(missing, [""; 0]);
}

/// Whether one document contains everything in another.
fn holds(larger: &Value, smaller: &Value) -> bool {
    match (larger, smaller) {
        (Value::Mapping(larger), Value::Mapping(smaller)) => {
            smaller.iter().all(|(key, value)| larger.get(key).is_some_and(|other| holds(other, value)))
        }
        _ => larger == smaller,
    }
}

#[test]
fn the_document_in_the_readme_is_part_of_the_one_for_its_code() {
    let document: Value = serde_yaml::from_str(blocks(README, "yaml")[0]).unwrap();
    assert!(holds(&serde_yaml::from_str(PETSTORE).unwrap(), &document));
}

/// Code without its documentation and without anything that a formatter may change.
fn bare(code: &str) -> String {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("///"));
    let code: String = lines.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect();
    code.replace(",)", ")").replace(",}", "}")
}

#[test]
fn generated_code_in_pages_agrees_with_the_output() {
    let types = include_str!("../../src/generated/petstore/types.rs");
    let server = include_str!("../../src/generated/petstore/server.rs");
    for (page, generated) in [(README, types), (TOUR, server)] {
        let generated = bare(generated);
        let compiled = blocks(page, "rust").into_iter().filter(|block| block.contains("#[non_exhaustive]"));
        let blocks: Vec<&str> = blocks(page, "rust,ignore").into_iter().chain(compiled).collect();
        assert!(!blocks.is_empty());
        for block in blocks {
            let block = block.strip_prefix("use petstore::types::Status;\n").unwrap_or(block);
            let missing: Vec<_> = bare(block)
                .split([';', ',', '}'])
                .filter(|part| !generated.contains(part))
                .map(ToOwned::to_owned)
                .collect();
            assert_eq!(missing, [""; 0], "{block}");
        }
    }
}

#[test]
fn the_tour_starts_from_a_line_of_the_readme() {
    let line = blocks(README, "yaml")[0].lines().nth(31).unwrap();
    assert!(TOUR.contains(&format!("```text\n{line}\n```")), "{line}");
}

/// The codes of the diagnostics about a document.
fn codes(document: &str, overlay: Option<&str>) -> Vec<&'static str> {
    let reader = MemoryReader::new().with("acme.yaml", document).with("overlay.yaml", overlay.unwrap_or_default());
    let overlay = overlay.map(|_| "overlay.yaml");
    let generation = build_api("acme.yaml", &reader, overlay, &ProviderConfig::default());
    generation.diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect()
}

#[test]
fn the_overlay_of_the_guide_repairs_its_document() {
    let blocks = blocks(OVERLAYS, "yaml");
    assert!(codes(blocks[0], None).contains(&"duplicate-operation-id"));
    assert_eq!(codes(blocks[0], Some(blocks[1])), [""; 0]);
}
