//! Reads the documentation of an element: summary, description, link, examples, deprecation and
//! provenance.
//!
//! **Invariant:** schemas, operations and all other elements are read by the same rules.

use serde_json::Value;

use crate::document::{Node, Object};

/// More examples than this make the documentation longer, not clearer.
const SHOWN_EXAMPLES: usize = 3;

/// A first paragraph longer than this is cut after its first sentence.
const LONG_SUMMARY: usize = 120;

/// A sentence shorter than this is more likely an abbreviation.
const SHORT_SENTENCE: usize = 20;

/// The documentation of one element; Markdown is kept as the document has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// One line: the summary, or the start of the description.
    pub summary: Option<String>,
    /// The rest.
    pub body: Option<String>,
    /// `externalDocs.url` and its description.
    pub link: Option<(String, Option<String>)>,
    /// The values under `example` or `examples`.
    pub examples: Vec<Value>,
    /// Set if the element is deprecated; the text is the reason, which may be empty.
    pub deprecated: Option<String>,
    /// How well the element is verified (`x-provenance`).
    pub provenance: Option<String>,
}

impl Doc {
    /// The documentation of an element.
    #[must_use]
    pub fn of(node: &Node) -> Self {
        Self {
            link: link(node),
            examples: examples(node).take(SHOWN_EXAMPLES).map(Node::to_json).collect(),
            deprecated: deprecated(node),
            provenance: node.get("x-provenance").and_then(provenance),
            ..Self::of_text(text(node, "summary"), text(node, "description"))
        }
    }

    /// The documentation of a schema; its title is the summary if there is no other text.
    #[must_use]
    pub fn of_schema(schema: &Node) -> Self {
        let doc = Self::of(schema);
        if doc.summary.is_some() {
            return doc;
        }
        Self { summary: text(schema, "title").map(one_line), ..doc }
    }

    /// Combines a summary and a description without repeating either.
    #[must_use]
    pub fn of_text(summary: Option<&str>, description: Option<&str>) -> Self {
        let description = description.and_then(filled).unwrap_or_default();
        match summary.and_then(filled) {
            Some(summary) if !begins_with(description, summary) => {
                let body = filled(description).map(str::to_owned);
                Self { summary: Some(one_line(summary)), body, ..Self::default() }
            }
            _ => split(description),
        }
    }
}

/// The values under `example` or `examples`, whether listed or named.
pub fn examples(node: &Node) -> impl Iterator<Item = &Node> {
    let single = node.get("example");
    let examples = node.get("examples").filter(|_| single.is_none());
    let listed = examples.and_then(Node::as_array).unwrap_or_default();
    let named = examples.and_then(Node::as_object).into_iter().flat_map(Object::values);
    let named = named.filter_map(|example| example.get("dataValue").or_else(|| example.get("value")));
    single.into_iter().chain(listed).chain(named)
}

fn text<'d>(node: &'d Node, key: &str) -> Option<&'d str> {
    node.get(key).and_then(Node::as_str).and_then(filled)
}

fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// Whether a description starts with the summary, with or without a full stop.
fn begins_with(description: &str, summary: &str) -> bool {
    let rest = description.strip_prefix(summary.trim_end_matches('.'));
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Splits off the first paragraph, or its first sentence if it is long.
fn split(description: &str) -> Doc {
    let (head, rest) = description.split_once("\n\n").unwrap_or((description, ""));
    let paragraph = one_line(head);
    if paragraph.is_empty() {
        return Doc::default();
    }
    let (summary, body) = if is_block(head) {
        let (first, rest) = description.split_once('\n').unwrap_or((description, ""));
        (first.trim().to_owned(), rest.to_owned())
    } else if let Some((sentence, after)) = first_sentence(&paragraph) {
        (format!("{sentence}."), format!("{after}\n\n{rest}"))
    } else {
        (paragraph, rest.to_owned())
    };
    let body = Some(body.trim_end().trim_matches('\n')).filter(|body| !body.is_empty()).map(str::to_owned);
    Doc { summary: Some(summary), body, ..Doc::default() }
}

/// Whether text is a list, table, heading, quote or code, and so cannot be joined into one line.
fn is_block(text: &str) -> bool {
    text.trim_start().starts_with(['-', '*', '|', '#', '`', '>']) || text.contains("\n-") || text.contains("\n*")
}

fn first_sentence(paragraph: &str) -> Option<(&str, &str)> {
    let (sentence, after) = paragraph.split_once(". ").filter(|_| paragraph.len() > LONG_SUMMARY)?;
    (sentence.len() > SHORT_SENTENCE && !after.is_empty()).then_some((sentence, after))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn link(node: &Node) -> Option<(String, Option<String>)> {
    let docs = node.get("externalDocs")?;
    let url = docs.get("url")?.as_str()?;
    Some((url.to_owned(), docs.get("description").and_then(Node::as_str).map(str::to_owned)))
}

fn deprecated(node: &Node) -> Option<String> {
    let reason = node.get("x-deprecated-message").or_else(|| node.get("x-deprecation-message")).and_then(Node::as_str);
    let is_deprecated = node.get("deprecated").and_then(Node::as_bool).unwrap_or(false);
    is_deprecated.then(|| reason.unwrap_or_default().to_owned())
}

/// `x-provenance: inferred`, or an object with `level` and perhaps a `note`.
fn provenance(node: &Node) -> Option<String> {
    if let Some(level) = node.as_str() {
        return Some(level.to_owned());
    }
    let level = node.get("level")?.as_str()?;
    let more = ["note", "reason", "source"].into_iter().find_map(|key| node.get(key)?.as_str());
    Some(more.map_or_else(|| level.to_owned(), |more| format!("{level}: {more}")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Doc;
    use crate::document::Node;
    use crate::source::Span;

    fn node(json: &serde_json::Value) -> Node {
        Node::from_json(json, Span::default())
    }

    fn parts(summary: Option<&str>, description: &str) -> (Option<String>, Option<String>) {
        let doc = Doc::of_text(summary, Some(description));
        (doc.summary, doc.body)
    }

    fn said(summary: &str, body: Option<&str>) -> (Option<String>, Option<String>) {
        (Some(summary.to_owned()), body.map(str::to_owned))
    }

    #[test]
    fn a_description_that_begins_with_the_summary_is_not_repeated() {
        assert_eq!(parts(Some("A user"), "A user"), said("A user", None));
        assert_eq!(parts(Some("A user."), "A user"), said("A user", None));
        assert_eq!(parts(Some("A user"), "A user.\n\nMore"), said("A user.", Some("More")));
        assert_eq!(parts(Some("Get"), "Getting started"), said("Get", Some("Getting started")));
    }

    #[test]
    fn the_first_paragraph_is_the_summary_or_its_first_sentence_if_it_is_long() {
        assert_eq!(parts(None, "One. Two."), said("One. Two.", None));
        assert_eq!(parts(None, "One\nline\n\nTwo"), said("One line", Some("Two")));
        let long = "The first sentence of a paragraph. ".to_owned() + &"And another one. ".repeat(6);
        let (summary, body) = parts(None, &long);
        assert_eq!(summary.as_deref(), Some("The first sentence of a paragraph."));
        assert!(body.unwrap().starts_with("And another one."));
        assert_eq!(parts(None, "- a\n- b"), said("- a", Some("- b")));
    }

    #[test]
    fn a_title_is_the_summary_only_of_a_schema_without_other_text() {
        let titled = node(&json!({"title": "Pet"}));
        assert_eq!(Doc::of_schema(&titled).summary.as_deref(), Some("Pet"));
        assert_eq!(Doc::of(&titled).summary, None);
    }

    #[test]
    fn provenance_may_be_an_object_anywhere() {
        let element = node(&json!({"x-provenance": {"level": "inferred", "note": "seen once"}}));
        assert_eq!(Doc::of(&element).provenance.as_deref(), Some("inferred: seen once"));
        assert_eq!(Doc::of_schema(&element).provenance.as_deref(), Some("inferred: seen once"));
    }
}
