//! One fixture per pass. The document is written here; a snapshot has the result and the
//! diagnostics.

mod documents;
mod mutations;
mod schemas;

use std::fmt::Write;

use crate::diagnostics::Diagnostics;
use crate::document::{Document, Limits, MemoryReader};
use crate::load::load;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

fn read(yaml: &str) -> (Document, Diagnostics) {
    let mut out = Diagnostics::new();
    let reader = MemoryReader::new().with("api.yaml", format!("{HEAD}{yaml}"));
    let document = load("api.yaml", &reader, &Limits::default(), &mut out).expect("the fixture is a document");
    (document, out)
}

/// The lowered document as YAML, and its diagnostics. Lowering it again must change nothing.
fn lowered(yaml: &str) -> String {
    let (mut document, mut out) = read(yaml);
    super::lower(&mut document, &mut out);
    out.sort();
    let once = document.root.clone();
    let mut again = Diagnostics::new();
    super::lower(&mut document, &mut again);
    assert_eq!(
        serde_json::to_string(&once.to_json()).unwrap(),
        serde_json::to_string(&document.root.to_json()).unwrap()
    );
    assert!(again.is_empty(), "{again:?}");

    let mut root = once;
    let object = root.as_object_mut().unwrap();
    object.remove("openapi");
    object.remove("info");
    let mut text = serde_yaml::to_string(&root.to_json()).unwrap();
    for said in &out {
        let (line, column) = document.sources.line_column(said.span);
        let head = format!("{} {} {line}:{column} {}", said.severity.as_str(), said.code.id, said.pointer);
        write!(text, "---\n{head}\n{}\nhelp: {}\n", said.message, said.help.as_deref().unwrap_or("none")).unwrap();
    }
    text
}

#[test]
fn every_step_and_pass_has_a_fixture() {
    let sources = [include_str!("schemas.rs"), include_str!("documents.rs")].concat();
    let passes = super::schema::PASSES.iter().map(|pass| pass.name);
    for name in passes.chain(super::STEPS.iter().map(|step| step.name)) {
        let quoted = format!("\"{name}\",");
        assert!(sources.contains(&quoted), "no fixture for {name}");
    }
}
