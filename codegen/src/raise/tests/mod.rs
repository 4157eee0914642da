mod documents;
mod messages;
mod operations;

use serde_json::{Value, json};

use super::raise;
use crate::diagnostics::Diagnostics;
use crate::document::{Limits, MemoryReader};
use crate::load::load;

/// The raised document apart from its head, and its diagnostics as `code line:column pointer`.
fn raised(rest: &str) -> (Value, Vec<String>) {
    let text = format!("swagger: '2.0'\ninfo: {{title: T, version: '1'}}\n{rest}");
    let mut out = Diagnostics::new();
    let reader = MemoryReader::new().with("api.yaml", text);
    let mut document = load("api.yaml", &reader, &Limits::default(), &mut out).unwrap();
    raise(&mut document, &mut out).unwrap();
    let shown = out.iter().map(|one| {
        let (line, column) = document.sources.line_column(one.span);
        format!("{} {line}:{column} {}", one.code.id, one.pointer)
    });
    (document.root.to_json(), shown.collect())
}

/// The node at a pointer of a raised document that gives no diagnostic.
fn at(pointer: &str, rest: &str) -> Value {
    let (document, diagnostics) = raised(rest);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    document.pointer(pointer).cloned().unwrap_or(json!("nothing"))
}
