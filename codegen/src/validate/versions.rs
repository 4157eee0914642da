//! Notes keywords that belong to another version than the document says; they are honoured.

use super::Finding;
use super::grammar::Kind;
use super::place::Place;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, VersionLine};

pub(super) fn check(kind: Kind, node: &Node, _: &Place<'_>, found: &mut Finding<'_, '_>) {
    if kind != Kind::Schema || found.document.version.line == VersionLine::V3_0 {
        return;
    }
    if let Some(nullable) = node.get("nullable") {
        found.say_at(
            "nullable",
            Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, nullable, "`nullable` is a keyword of version 3.0")
                .help("it is honoured; since 3.1 it is `type: [T, \"null\"]`"),
        );
    }
}
