//! Turns `collectionFormat` into `style` and `explode`.

use super::COLLECTION_FORMAT;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Entry, Node, Object, Span};
use crate::openapi::context::NodeContext;

/// Where the list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a query or form, where items can repeat the name.
    Pairs,
    /// In a path or a request header.
    Text,
    /// In a response header, whose items are separated by commas.
    Response,
}

/// The entries that write a list in a collection format. `written` is the entry with the format;
/// without it, items are separated by commas.
pub(super) fn entries(
    written: Option<&Entry>,
    place: Place,
    span: Span,
    context: &mut NodeContext<'_>,
) -> Vec<(&'static str, Node)> {
    let (format, span) = written.map_or((Some("csv"), span), |entry| (entry.value.as_str(), entry.value.span));
    let commas = || match place {
        Place::Pairs => vec![("explode", Node::new(false, span))],
        Place::Text | Place::Response => Vec::new(),
    };
    let (style, is_own) = match (format, place) {
        (Some("csv"), _) => return commas(),
        (Some("multi"), Place::Pairs) => return vec![("explode", Node::new(true, span))],
        (Some(format), Place::Response) => {
            report(format, span, context);
            return commas();
        }
        (Some("ssv"), _) => ("spaceDelimited", place == Place::Text),
        (Some("pipes"), _) => ("pipeDelimited", place == Place::Text),
        (Some("tsv"), _) => ("tabDelimited", true),
        (format, _) => {
            report(format.unwrap_or_default(), span, context);
            return commas();
        }
    };
    let mut entries = vec![("style", Node::new(style, span)), ("explode", Node::new(false, span))];
    if is_own {
        entries.push((COLLECTION_FORMAT, Node::new(format.unwrap_or_default(), span)));
    }
    entries
}

fn report(format: &str, span: Span, context: &mut NodeContext<'_>) {
    let message = match format {
        "multi" | "ssv" | "tsv" | "pipes" => format!("a list here cannot have the collection format `{format}`"),
        other => format!("there is no collection format `{other}`"),
    };
    let help = "the items are read as separated by commas; allowed are csv, in requests also ssv, tsv and pipes, and in queries and forms multi";
    context.report_at("collectionFormat", Diagnostic::new(&codes::INVALID_STYLE, span, message).help(help));
}

/// Whether a schema describes lists.
pub(super) fn is_list(schema: &Object) -> bool {
    schema.get("type").and_then(Node::as_str) == Some("array")
}

/// Turns items that are lists into strings: no style writes lists in lists.
pub(super) fn of_items(schema: &mut Object, context: &mut NodeContext<'_>) {
    let Some(node) = schema.get_mut("items") else {
        return;
    };
    let span = node.span;
    let Some(items) = node.as_object_mut() else {
        return;
    };
    let format = items.remove("collectionFormat");
    if !is_list(items) {
        return;
    }
    let separator = match format.as_ref().and_then(Node::as_str) {
        Some("ssv") => "spaces",
        Some("tsv") => "tabs",
        Some("pipes") => "`|`",
        _ => "commas",
    };
    let message = "the items of a list in a parameter cannot be lists";
    let help = format!("each is a string here; write its own items with {separator} between them");
    context.report(Diagnostic::new(&codes::SWAGGER_2, span, message).help(help));
    *node = Node::object([("type", Node::new("string", span))], span);
}
