//! Turns what a schema says about itself in prose into [`Doc`].

use super::schema::Conjunct;
use crate::document::Node;
use crate::ir::model::Doc;

/// More examples than this do not make the docs clearer.
const EXAMPLES: usize = 3;

/// Documentation from summary (or title) and description.
#[must_use]
pub fn text(summary: Option<&str>, description: Option<&str>) -> Doc {
    let clean = |text: &&str| !text.trim().is_empty();
    let description = description.filter(clean).map(str::trim);
    match summary.filter(clean).map(str::trim) {
        Some(summary) if description.is_none_or(|text| !text.starts_with(summary)) => {
            Doc { summary: Some(summary.to_owned()), body: description.map(str::to_owned), ..Doc::default() }
        }
        _ => split(description.unwrap_or_default()),
    }
}

/// The first paragraph, or its first sentence where it is long, apart from the rest.
fn split(description: &str) -> Doc {
    let (head, mut rest) = description.split_once("\n\n").unwrap_or((description, ""));
    let (mut summary, joined);
    summary = head.split_whitespace().collect::<Vec<_>>().join(" ");
    if summary.is_empty() {
        return Doc::default();
    }
    let plain = !head.trim_start().starts_with(['-', '*', '|', '#', '`', '>'])
        && !head.contains("\n-")
        && !head.contains("\n*");
    if !plain {
        let (first, after) = description.split_once('\n').unwrap_or((description, ""));
        summary = first.trim().to_owned();
        rest = after;
    } else if let Some((sentence, after)) = summary.split_once(". ")
        && summary.len() > 120
        && !after.is_empty()
        && sentence.len() > 20
    {
        joined = format!("{after}\n\n{rest}");
        let body = Some(joined.trim().to_owned());
        return Doc { summary: Some(format!("{sentence}.")), body, ..Doc::default() };
    }
    let body = Some(rest.trim_end().trim_matches('\n')).filter(|body| !body.is_empty()).map(str::to_owned);
    Doc { summary: Some(summary), body, ..Doc::default() }
}

/// Documentation of an element of the document: a schema, parameter, response and so on.
#[must_use]
pub fn of_node(node: &Node) -> Doc {
    let str = |keyword| node.get(keyword).and_then(Node::as_str);
    let description = str("description");
    let summary =
        str("summary").or_else(|| str("title").filter(|_| description.is_none_or(|text| text.trim().is_empty())));
    let mut doc = text(summary, description);
    doc.link = link(node);
    let examples = node.get("examples").and_then(Node::as_array).unwrap_or_default();
    doc.examples = examples.iter().take(EXAMPLES).map(Node::to_json).collect();
    doc.deprecated = (node.get("deprecated").and_then(Node::as_bool) == Some(true)).then(String::new);
    doc.provenance = node.get("x-provenance").and_then(provenance);
    doc
}

/// Documentation of a property or variant: what its own nodes say, the last, most specific one
/// first.
pub(super) fn of_parts(parts: &[Conjunct<'_>]) -> Doc {
    let mut doc = Doc::default();
    for part in parts.iter().rev() {
        let own = of_node(part.node);
        if doc.summary.is_none() {
            (doc.summary, doc.body) = (own.summary, own.body);
        }
        doc.link = doc.link.or(own.link);
        if doc.examples.is_empty() {
            doc.examples = own.examples;
        }
        doc.deprecated = doc.deprecated.or(own.deprecated);
        doc.provenance = doc.provenance.or(own.provenance);
    }
    doc
}

fn link(node: &Node) -> Option<(String, Option<String>)> {
    let docs = node.get("externalDocs")?;
    let text = docs.get("description").and_then(Node::as_str).map(str::to_owned);
    Some((docs.get("url")?.as_str()?.to_owned(), text))
}

/// `x-provenance: inferred`, or an object with `level` and perhaps a `note`.
fn provenance(node: &Node) -> Option<String> {
    if let Some(level) = node.as_str() {
        return Some(level.to_owned());
    }
    let level = node.get("level")?.as_str()?;
    let more = ["note", "reason", "source"].into_iter().find_map(|keyword| node.get(keyword)?.as_str());
    Some(more.map_or_else(|| level.to_owned(), |more| format!("{level}: {more}")))
}
