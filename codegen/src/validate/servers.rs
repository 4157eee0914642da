//! The variables of a server's URL are defined, and their default is one of their values.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Document, Node};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;

pub(super) fn check(_: &Document, kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    match kind {
        Kind::Server => variables(node, context),
        Kind::ServerVariable => default(node, context),
        _ => {}
    }
}

fn variables(server: &Node, context: &mut NodeContext<'_>) {
    let Some(url) = server.get("url") else { return };
    let text = url.as_str().unwrap_or_default();
    for name in text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name) {
        if server.get("variables").and_then(|variables| variables.get(name)).is_none() {
            let message = format!("the variable `{name}` of the server's URL is not defined");
            context.report_at(
                "url",
                Diagnostic::new(&codes::SERVER_VARIABLE, url, message)
                    .help(format!("every caller has to pass it; add `{name}: {{default: …}}` to `variables`")),
            );
        }
    }
}

fn default(variable: &Node, context: &mut NodeContext<'_>) {
    let Some(values) = variable.get("enum").and_then(Node::as_array) else {
        return;
    };
    let Some(default) = variable.get("default") else {
        return;
    };
    if !values.contains(default) {
        let message = "the default of the server variable is not one of its values";
        context.report_at(
            "default",
            Diagnostic::new(&codes::SERVER_VARIABLE, default, message).help("add it to `enum`, or correct it"),
        );
    }
}
