//! `enum` has at least one value.

use super::Finding;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::Node;
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::repair;

pub(super) fn check(kind: Kind, node: &Node, _: &NodePath<'_>, found: &mut Finding<'_, '_>) {
    if kind != Kind::Schema {
        return;
    }
    if let Some(values) = node.get("enum")
        && values.as_array().is_some_and(<[Node]>::is_empty)
    {
        let repair = repair::remove(&found.place.key("enum").pointer());
        found.report_at(
            "enum",
            Diagnostic::new(&codes::EMPTY_ENUM, values, "`enum` has no value")
                .help("it is ignored, so every value of the type is taken; list the values, or remove it")
                .overlay(repair),
        );
    }
}
