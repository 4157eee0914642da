//! A document through all stages: whatever it is, there is output that is Rust, or a diagnostic
//! that says why there is none.

use std::path::Path;

use specwright_codegen::diagnostics::render_all;
use specwright_codegen::document::MemoryReader;
use specwright_codegen::emit::scaffold::{Dependency, Emission, Layout, Manifest};
use specwright_codegen::pipeline::{self, Generated, Packaging};
use specwright_codegen::provider::ProviderConfig;

/// Generates a document twice and validates the output.
///
/// # Panics
/// If anything is wrong with it: that is what the fuzzer looks for.
pub fn document(text: &[u8]) {
    validate(&MemoryReader::new().with("api.yaml", text), None);
}

/// The same, with an overlay.
///
/// # Panics
/// If anything is wrong with it.
pub fn repaired(text: &[u8], overlay: &[u8]) {
    let reader = MemoryReader::new().with("api.yaml", text).with("overlay.yaml", overlay);
    validate(&reader, Some("overlay.yaml"));
}

fn validate(reader: &MemoryReader, overlay: Option<&str>) {
    let first = generate(reader, overlay);
    let found = shown(&first);
    assert_eq!(first.files.is_empty(), first.generation.api.is_none(), "{found}");
    assert_eq!(first.files.is_empty(), first.generation.diagnostics.has_errors(), "{found}");
    for file in first.files.iter().filter(|file| is_rust(&file.path)) {
        assert!(syn::parse_file(&file.text).is_ok(), "{} is not Rust:\n{}", file.path, file.text);
    }
    let second = generate(reader, overlay);
    assert_eq!(first.files, second.files, "the same document gives different output");
    assert_eq!(found, shown(&second), "the same document gives different findings");
}

/// Whether a file is one of Rust's.
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
    let runtime = Dependency::Version("0.1".to_owned());
    let shape = Packaging::Crate(Manifest { name: "api".to_owned(), runtime });
    match pipeline::generate("api.yaml", reader, overlay, &config, &layout, &shape) {
        Ok(generated) => generated,
        Err(defect) => panic!("the generator printed what is not Rust: {defect}"),
    }
}

fn shown(generated: &Generated) -> String {
    render_all(&generated.generation.diagnostics, &generated.generation.sources, false, 20)
}
