//! Turns the descriptive keys of an element into documentation: `summary`, `description`, `externalDocs`, `deprecated`, examples.

use crate::document::{Document, Node, Object};
use crate::ir::model::{Doc, Origin};

/// Examples of one element that are shown; the rest would only lengthen the docs.
const SHOWN_EXAMPLES: usize = 2;

/// What the document says about an element.
pub(in crate::ir) fn doc(node: &Node) -> Doc {
    let text = |key| node.get(key).and_then(Node::as_str).map(str::trim).filter(|text: &&str| !text.is_empty());
    let (summary, body) = match (text("summary"), text("description")) {
        (Some(summary), Some(body)) if body == summary => (Some(summary), None),
        (Some(summary), body) => (Some(summary), body),
        (None, Some(description)) => split_first_sentence(description),
        (None, None) => (None, None),
    };
    Doc {
        summary: summary.map(one_line),
        body: body.map(str::to_owned),
        link: link(node),
        examples: examples(node),
        deprecated: deprecated(node),
        provenance: node.get("x-provenance").and_then(Node::as_str).map(str::to_owned),
    }
}

/// Where an element stands.
pub(in crate::ir) fn origin(document: &Document, node: &Node, pointer: &str) -> Origin {
    Origin {
        file: document.sources.path(node.span).to_owned(),
        pointer: pointer.to_owned(),
        line: document.sources.line_column(node.span).0,
    }
}

fn deprecated(node: &Node) -> Option<String> {
    let message = node.get("x-deprecated-message").or_else(|| node.get("x-deprecation-message")).and_then(Node::as_str);
    let is_deprecated = node.get("deprecated").and_then(Node::as_bool).unwrap_or(false);
    is_deprecated.then(|| message.unwrap_or_default().to_owned())
}

fn link(node: &Node) -> Option<(String, Option<String>)> {
    let docs = node.get("externalDocs")?;
    let url = docs.get("url")?.as_str()?;
    Some((url.to_owned(), docs.get("description").and_then(Node::as_str).map(str::to_owned)))
}

fn examples(node: &Node) -> Vec<serde_json::Value> {
    given_examples(node).take(SHOWN_EXAMPLES).map(Node::to_json).collect()
}

/// The values under `example` or `examples`, listed or named.
pub(super) fn given_examples(node: &Node) -> impl Iterator<Item = &Node> {
    let single = node.get("example");
    let examples = node.get("examples").filter(|_| single.is_none());
    let listed = examples.and_then(Node::as_array).unwrap_or_default();
    let named = examples.and_then(Node::as_object).into_iter().flat_map(Object::values);
    let named = named.filter_map(|example| example.get("dataValue").or_else(|| example.get("value")));
    single.into_iter().chain(listed).chain(named)
}

/// Cuts a description after its first sentence or paragraph.
fn split_first_sentence(text: &str) -> (Option<&str>, Option<&str>) {
    let paragraph = text.find("\n\n").unwrap_or(text.len());
    let head = text.get(..paragraph).unwrap_or(text);
    let end = match head.find(". ").or_else(|| head.find(".\n")) {
        // A line that begins a list, a heading or a table is no sentence.
        Some(end) if end < 200 => end + 1,
        _ => paragraph,
    };
    let summary = text.get(..end).map(str::trim).filter(|text| !text.is_empty());
    let body = text.get(end..).map(str::trim).filter(|text| !text.is_empty());
    (summary, body)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_of_a_description_is_the_summary() {
        assert_eq!(split_first_sentence("One. Two."), (Some("One."), Some("Two.")));
        assert_eq!(split_first_sentence("One\n\nTwo"), (Some("One"), Some("Two")));
        assert_eq!(split_first_sentence("One"), (Some("One"), None));
    }
}
