//! Generates one document of each kind that users have. The documents are in `breadth/`. Each lists
//! the expected output under `x-expect`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::{FileReader, MemoryReader, Reader};
use specwright_codegen::emit::scaffold::{Emission, Layout};
use specwright_codegen::pipeline::{self, Generated, Packaging};

/// The output that a document expects.
#[derive(Deserialize)]
struct Expected {
    /// The codes of all diagnostics, sorted.
    codes: Vec<String>,
    /// `name = METHOD /path` of each operation, in their order.
    operations: Vec<String>,
    /// Texts in the output, compared without blanks.
    prints: Vec<String>,
}

#[derive(Deserialize)]
struct Root {
    #[serde(rename = "x-expect")]
    expected: Expected,
}

fn generate(path: &str, reader: &dyn Reader) -> Generated {
    let config = ProviderConfig { module: "api".to_owned(), ..ProviderConfig::default() };
    let layout = Layout {
        path: "api".to_owned(),
        client: Emission::Printed,
        server: Emission::Printed,
        document: Emission::Omitted,
        examples: Emission::Omitted,
    };
    pipeline::generate(path, reader, None, &config, &layout, Packaging::Module).expect("Rust")
}

fn codes(generated: &Generated) -> Vec<&str> {
    let mut codes: Vec<&str> = generated.generation.diagnostics.iter().map(|found| found.code.id).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn operations(generated: &Generated) -> Vec<String> {
    let api = generated.generation.api.iter();
    let operations = api.flat_map(|api| &api.operations);
    operations.map(|one| format!("{} = {} {}", one.name, one.method.0, one.path.raw)).collect()
}

fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The documents: files, and `openapi.yaml` in folders.
fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/breadth");
    let entries = fs::read_dir(folder).expect("the documents").map(|entry| entry.expect("an entry").path());
    let mut documents: Vec<PathBuf> =
        entries.map(|path| if path.is_dir() { path.join("openapi.yaml") } else { path }).collect();
    documents.sort();
    documents
}

#[test]
fn every_kind_of_document_gives_the_expected_output() {
    let documents = documents();
    assert!(documents.len() > 20, "{}", documents.len());
    let mut wrong = String::new();
    for document in documents {
        let path = document.to_str().expect("UTF-8");
        let root: Root = serde_yaml::from_str(&fs::read_to_string(path).expect("a document")).expect(path);
        let generated = generate(path, &FileReader);
        let printed: String = generated.files.iter().map(|file| dense(&file.text)).collect();
        let missing: Vec<_> = root.expected.prints.iter().filter(|text| !printed.contains(&dense(text))).collect();
        let found = (codes(&generated), operations(&generated));
        if !missing.is_empty() || found.0 != root.expected.codes || found.1 != root.expected.operations {
            let _ = write!(wrong, "{path}\n  {found:?}\n  not printed: {missing:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The smallest document with one operation.
const SMALL: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get: {operationId: a, responses: {204: {description: d}}}\n";

#[test]
fn any_bytes_are_read_or_refused_with_the_right_code() {
    let wide: Vec<u8> = SMALL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let generated: [(&str, Vec<u8>, &[&str]); 6] = [
        ("a.yaml", format!("\u{feff}{SMALL}").into(), &[]),
        ("a.yaml", SMALL.replace('\n', "\r\n").into(), &[]),
        ("a.yaml", SMALL.replace(": {", ":\t{\t").into(), &[]),
        ("a.yaml", format!("{SMALL}---\n{SMALL}").into(), &["several-documents"]),
        ("a.json", small_json("").into(), &[]),
        ("a.json", small_json(",").into(), &["not-json"]),
    ];
    for (path, bytes, found) in generated {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let generated = generate(path, &MemoryReader::new().with(path, bytes));
        assert_eq!(
            (codes(&generated), operations(&generated)),
            (found.to_vec(), vec!["a = GET /a".to_owned()]),
            "{text}"
        );
    }
    let refused: [(Vec<u8>, &str); 8] = [
        ([vec![0xff, 0xfe], wide].concat(), "not-utf8"),
        (b"openapi: 3.1.0\nx-a: \xff\n".to_vec(), "not-utf8"),
        (format!("{SMALL}x-a: '\0'\n").into(), "not-text"),
        (format!("{SMALL}\tx-a: 1\n").into(), "yaml-syntax"),
        (Vec::new(), "empty-document"),
        (b"<!DOCTYPE html>\n<html></html>\n".to_vec(), "other-kind"),
        (b"swagger: '1.2'\ninfo: {title: T, version: '1'}\npaths: {}\n".to_vec(), "unsupported-version"),
        (b"- openapi: 3.1.0\n".to_vec(), "not-an-object"),
    ];
    for (bytes, code) in refused {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let generated = generate("a.yaml", &MemoryReader::new().with("a.yaml", bytes));
        assert_eq!((codes(&generated), generated.files.len()), (vec![code], 0), "{text}");
    }
    let folder = env!("CARGO_MANIFEST_DIR");
    assert_eq!(codes(&generate(folder, &FileReader)), ["unreadable-file"]);
}

fn small_json(comma: &str) -> String {
    let responses = r#"{"204": {"description": "d"}}"#;
    format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "paths": {{"/a": {{"get": {{"operationId": "a", "responses": {responses}}}}}}}{comma}}}"#
    )
}

#[test]
fn a_document_of_ten_megabytes_is_read() {
    let mut text = SMALL.to_owned();
    let words = "what it is for ".repeat(600);
    for number in 0.. {
        if text.len() > 10 << 20 {
            break;
        }
        let _ = write!(
            text,
            "  /p{number}:\n    get: {{operationId: p{number}, description: '{words}', responses: {{204: {{description: d}}}}}}\n"
        );
    }
    let count = text.matches("operationId").count();
    let generated = generate("a.yaml", &MemoryReader::new().with("a.yaml", text));
    assert_eq!((codes(&generated), operations(&generated).len()), (Vec::new(), count));
}
