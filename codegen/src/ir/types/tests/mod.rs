mod cases;
mod compositions;
mod constructors;
mod outline;
mod robustness;

use super::{Choices, NameHint, TypeBuilder, finish};
use crate::diagnostics::Diagnostics;
use crate::document::{self, Document, Limits, MemoryReader, Node};
use crate::ir::model::{TypeTable, Usage};

pub const REQUEST: Usage = Usage { request: true, response: false };
pub const RESPONSE: Usage = Usage { request: false, response: true };

/// A lowered document of component schemas, given as the YAML below `schemas:`. Each line is
/// indented by four spaces.
pub fn document(schemas: &str) -> Document {
    let text =
        format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}\n");
    let mut out = Diagnostics::new();
    let reader = MemoryReader::new().with("api.yaml", text);
    let mut document = crate::load::load("api.yaml", &reader, &Limits::default(), &mut out).unwrap();
    crate::lower::lower(&mut document, &mut out);
    assert!(!out.has_errors(), "{out:?}");
    document
}

pub fn schema<'d>(document: &'d Document, name: &str) -> &'d Node {
    document.root.pointer(&format!("/components/schemas/{name}")).unwrap()
}

/// The types of all components, none of them used by an operation.
pub fn types(schemas: &str) -> Vec<String> {
    outline::outline(&table(schemas, &[]).0)
}

/// The types of a document in which some schemas are used in some directions.
pub fn table(schemas: &str, uses: &[(&str, Usage)]) -> (TypeTable, Diagnostics) {
    let document = document(schemas);
    let mut out = Diagnostics::new();
    let mut builder = TypeBuilder::new(&document, &Choices::default());
    for (name, usage) in uses {
        let pointer = format!("/components/schemas/{name}");
        builder.type_use(schema(&document, name), &pointer, *usage, &NameHint::new("unused"), &mut out);
    }
    let table = finish(builder, &mut out).0;
    (table, out)
}

pub fn codes(out: &Diagnostics) -> Vec<&'static str> {
    out.iter().map(|diagnostic| diagnostic.code.id).collect()
}
