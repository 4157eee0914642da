//! Keys of `responses` are statuses from 100 to 599, ranges such as `4XX`, or `default`.

use super::Finding;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::Node;
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::repair;
use crate::openapi::status::normal;

pub(super) fn check(kind: Kind, node: &Node, place: &NodePath<'_>, found: &mut Finding<'_, '_>) {
    if kind != Kind::Responses {
        return;
    }
    for entry in node.as_object().into_iter().flatten() {
        if normal(&entry.key).is_none() && !entry.key.starts_with("x-") {
            let message = format!("`{}` is no status of a response", entry.key);
            found.report_at(
                &entry.key,
                Diagnostic::new(&codes::INVALID_STATUS, entry, message)
                    .overlay(repair::remove(&place.key(&entry.key).pointer()))
                    .help(
                        "the response is left out; use a number from 100 to 599, a range such as `4XX`, or `default`",
                    ),
            );
        }
    }
}
