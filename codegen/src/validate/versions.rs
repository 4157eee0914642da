//! Notes keywords of another version than that of the document; they are honoured.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Document, Node, VersionLine};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;
use crate::openapi::repair;

pub(super) fn check(document: &Document, kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    if kind != Kind::Schema || document.version.line == VersionLine::V3_0 {
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
