//! The keys of `responses` are statuses from 100 to 599, ranges such as `4XX`, or `default`.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Document, Node};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;
use crate::openapi::repair;
use crate::openapi::status::normal;

pub(super) fn check(_: &Document, kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    if kind != Kind::Responses {
        return;
    }
    for entry in node.as_object().into_iter().flatten() {
        if normal(&entry.key).is_none() && !entry.key.starts_with("x-") {
            let message = format!("`{}` is not a response status", entry.key);
            context.report_at(
                &entry.key,
                Diagnostic::new(&codes::INVALID_STATUS, entry, message)
                    .overlay(repair::remove(&context.path().key(&entry.key).pointer()))
                    .help(
                        "the response is left out; use a number from 100 to 599, a range such as `4XX`, or `default`",
                    ),
            );
        }
    }
}
