//! Runs a document through all stages: the result is valid Rust, or a diagnostic that explains why
//! there is none.

use std::path::Path;
use std::time::{Duration, Instant};

use specwright_codegen::diagnostics::render_all;
use specwright_codegen::document::{Limits, MemoryReader};
use specwright_codegen::emit::scaffold::{Emission, Layout};
use specwright_codegen::pipeline::{self, Generated, Packaging};
use specwright_codegen::config::ProviderConfig;

/// Generates from a document twice and checks the output.
///
/// # Panics
/// If a check fails. The fuzzer looks for such input.
pub fn document(text: &[u8]) {
    check(&MemoryReader::new().with("api.yaml", text), None);
}

/// Generates from a document with an overlay twice and checks the output.
///
/// # Panics
/// If a check fails.
pub fn document_with_overlay(text: &[u8], overlay: &[u8]) {
    let reader = MemoryReader::new().with("api.yaml", text).with("overlay.yaml", overlay);
    check(&reader, Some("overlay.yaml"));
}

/// The document of [`overlay`]. It is small and has an example of everything that an overlay may
/// repeat.
const GROWING: &str = r#"{"openapi": "3.1.0", "info": {"title": "T", "version": "1", "x-a": {"b": [1, {"c": {}}]}},
"paths": {"/a": {"get": {"responses": {"200": {"description": "d"}}}}, "/b": {"get": {"responses": {"200": {"description": "d"}}}}}}"#;

/// Longer than any overlay may take, even with instrumentation.
const SOON: Duration = Duration::from_secs(10);

/// Applies an overlay to a fixed document.
///
/// # Panics
/// If the document or the search exceeds the limits.
pub fn overlay(overlay: &[u8]) {
    let reader = MemoryReader::new().with("api.yaml", GROWING).with("overlay.yaml", overlay);
    let begun = Instant::now();
    let Ok(repaired) = pipeline::read("api.yaml", &reader, Some("overlay.yaml")) else { return };
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    let most = Limits::default().overlay_nodes + 1_000;
    let size = repaired.document.root.size();
    assert!(size <= most, "{size} nodes");
}

fn check(reader: &MemoryReader, overlay: Option<&str>) {
    let first = generate(reader, overlay);
    let diagnostics = rendered(&first);
    assert_eq!(first.files.is_empty(), first.generation.api.is_none(), "{diagnostics}");
    assert_eq!(first.files.is_empty(), first.generation.diagnostics.has_errors(), "{diagnostics}");
    for file in first.files.iter().filter(|file| is_rust(&file.path)) {
        assert!(syn::parse_file(&file.text).is_ok(), "{} is not Rust:\n{}", file.path, file.text);
    }
    let second = generate(reader, overlay);
    assert_eq!(first.files, second.files, "output is not deterministic");
    assert_eq!(diagnostics, rendered(&second), "diagnostics are not deterministic");
}

/// Whether a file is Rust code.
fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

fn generate(reader: &MemoryReader, overlay: Option<&str>) -> Generated {
    let config = ProviderConfig { module: "api".to_owned(), ..ProviderConfig::default() };
    let layout = Layout {
        path: "api".to_owned(),
        client: Emission::Printed,
        server: Emission::Printed,
        document: Emission::Printed,
        examples: Emission::Printed,
    };
    match pipeline::generate("api.yaml", reader, overlay, &config, &layout, Packaging::Crate) {
        Ok(generated) => generated,
        Err(error) => panic!("the output is not Rust: {error}"),
    }
}

fn rendered(generated: &Generated) -> String {
    render_all(&generated.generation.diagnostics, &generated.generation.sources, false, 20)
}
