//! Notes keywords of another version than that of the document; they are honoured.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Document, Node, VersionLine};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;
use crate::openapi::repair;

pub(super) fn check(document: &Document, kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    match document.version.line {
        VersionLine::V2_0 => later(kind, node, context),
        VersionLine::V3_0 => {}
        VersionLine::V3_1 | VersionLine::V3_2 => nullable(kind, node, context),
    }
}

/// Notes keys that version 3 has and 2.0 lacks.
fn later(kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    let has = |key: &str| kind.fields_in(VersionLine::V2_0).any(|field| field.key == key);
    // Objects that 2.0 lacks entirely are noted where they begin.
    if kind.fields_in(VersionLine::V2_0).next().is_none() {
        return;
    }
    for entry in node.as_object().into_iter().flatten() {
        if let Some(field) = kind.field(&entry.key).filter(|field| !has(field.key)) {
            let message = format!("`{}` is a key of version 3", field.key);
            let diagnostic = Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, entry, message);
            context.report_at(&entry.key, diagnostic.help("it is honoured, but tools for Swagger 2.0 ignore it"));
        }
    }
}

fn nullable(kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    if kind != Kind::Schema {
        return;
    }
    if let Some(nullable) = node.get("nullable") {
        let place = context.pointer();
        let repair = node.get("type").and_then(Node::as_str).filter(|_| nullable.as_bool() == Some(true)).map(|name| {
            let update = repair::update(&place, &format!("type: [{name}, 'null']"));
            format!("{update}\n{}", repair::remove(&context.path().key("nullable").pointer()))
        });
        let diagnostic =
            Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, nullable, "`nullable` is a keyword of version 3.0")
                .help("it is honoured; since 3.1 it is `type: [T, \"null\"]`");
        context.report_at("nullable", Diagnostic { overlay: repair, ..diagnostic });
    }
}
