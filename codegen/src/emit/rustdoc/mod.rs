//! Prints documentation. A [`Doc`] becomes a `#[doc = " …"]` attribute that rustdoc and clippy
//! accept without a warning.

mod markdown;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::ir::model::Doc;
use crate::text;

/// Separates the lines of an attribute; `render` writes a comment for each line. A third of a
/// client is documentation. One attribute for all lines costs the parser and the printer a fraction
/// of the time that one attribute per line would.
pub(crate) const LINE_BREAK: char = '\u{1}';

/// More examples than this are left out.
const MAX_EXAMPLES: usize = 3;
/// Longer examples than this are left out.
const MAX_EXAMPLE_LINES: usize = 60;

/// Docs of an item, field or variant: `#[doc]` and `#[deprecated]`; nothing if there is nothing to
/// say.
pub(crate) fn outer(doc: &Doc) -> TokenStream {
    outer_with(doc, &[])
}

/// [`outer`], with our paragraphs (safe Markdown) below the document's text.
pub(crate) fn outer_with(doc: &Doc, paragraphs: &[String]) -> TokenStream {
    let attribute = text(doc, paragraphs).map(|text| quote!(#[doc = #text]));
    let deprecated = deprecated(doc);
    quote!(#attribute #deprecated)
}

/// [`outer_with`], or `fallback` (also safe Markdown) if the document has no description.
pub(crate) fn outer_or(doc: &Doc, fallback: &str, paragraphs: &[String]) -> TokenStream {
    if doc.summary.is_some() || doc.body.is_some() {
        return outer_with(doc, paragraphs);
    }
    let doc = Doc { summary: None, body: None, ..doc.clone() };
    let ours: Vec<String> = std::iter::once(fallback.to_owned()).chain(paragraphs.iter().cloned()).collect();
    outer_with(&doc, &ours)
}

/// Formats text as an inline code span, whatever backticks it contains.
pub(crate) fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text::line(&text).into_owned();
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    if text.is_empty() {
        "the empty string".to_owned()
    } else if fence.len() > 1 || text.starts_with(' ') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// Text without any markup, for the inside of a sentence that we write.
pub(crate) fn plain(text: &str) -> String {
    markdown::plain(text)
}

/// One line of the document's Markdown, for the end of a sentence that we write. Code, emphasis and
/// links are kept.
pub(crate) fn inline(text: &str) -> String {
    markdown::inline(text)
}

/// Docs of a module or crate: `#![doc]`.
pub(crate) fn inner(doc: &Doc, paragraphs: &[String]) -> TokenStream {
    text(doc, paragraphs).map(|text| quote!(#![doc = #text])).unwrap_or_default()
}

/// Paragraphs of ours.
pub(crate) fn sentences(paragraphs: &[String]) -> TokenStream {
    outer_with(&Doc::default(), paragraphs)
}

/// A list of the remarks that the parts of an alias have and its definition lacks; `None` if there
/// are none.
pub(crate) fn differences(heading: &str, own: &[(String, &Doc)], shown: &[(String, &Doc)]) -> Option<String> {
    let shown: BTreeMap<&str, &Doc> = shown.iter().map(|(name, doc)| (name.as_str(), *doc)).collect();
    let items: Vec<String> = own
        .iter()
        .filter_map(|(name, doc)| {
            let text = paragraphs(&beyond(doc, shown.get(name.as_str()).copied()?), &[]).join("\n\n");
            let text = text.lines().collect::<Vec<_>>().join("\n  ").replace("\n  \n", "\n\n");
            (!text.is_empty()).then(|| format!("* {}: {text}", code(name)))
        })
        .collect();
    (!items.is_empty()).then(|| format!("{heading}\n\n{}", items.join("\n")))
}

/// The parts of a text that another text does not contain.
fn beyond(doc: &Doc, shown: &Doc) -> Doc {
    let is_shown = (&doc.summary, &doc.body) == (&shown.summary, &shown.body);
    let (summary, body) = if is_shown { (None, None) } else { (doc.summary.clone(), doc.body.clone()) };
    let link = doc.link.clone().filter(|_| doc.link != shown.link);
    let provenance = doc.provenance.clone().filter(|_| doc.provenance != shown.provenance);
    let examples = if doc.examples == shown.examples { Vec::new() } else { doc.examples.clone() };
    Doc { summary, body, link, examples, deprecated: None, provenance }
}

fn paragraphs(doc: &Doc, ours: &[String]) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    paragraphs.extend(doc.summary.as_deref().map(markdown::safe));
    paragraphs.extend(doc.body.as_deref().map(markdown::safe));
    paragraphs.extend(ours.iter().cloned());
    paragraphs.extend(doc.provenance.as_deref().map(|text| provenance(text, "super")));
    paragraphs.extend(doc.link.as_ref().and_then(|(url, text)| link(url, text.as_deref())));
    paragraphs.extend(examples(&doc.examples));
    paragraphs.retain(|paragraph| !paragraph.trim().is_empty());
    paragraphs
}

/// Lines of documentation, each with a leading space; `None` if there are none.
fn text(doc: &Doc, ours: &[String]) -> Option<String> {
    let mut text = String::new();
    for (index, line) in paragraphs(doc, ours).join("\n\n").lines().enumerate() {
        if index > 0 {
            text.push(LINE_BREAK);
        }
        if !line.is_empty() {
            text.push(' ');
            text.push_str(&text::documentation(line));
        }
    }
    (!text.is_empty()).then_some(text)
}

/// How far an element is verified. `module` is the path of the module whose documentation explains
/// the word.
pub(crate) fn provenance(text: &str, module: &str) -> String {
    format!("[Provenance]({module}#provenance): {}.", markdown::inline(text.trim_end_matches('.')))
}

/// The link of `externalDocs`; only its text if the link could run a script.
fn link(url: &str, text: Option<&str>) -> Option<String> {
    let text = text.map(str::trim).filter(|text| !text.is_empty()).map(markdown::plain);
    if !text::is_safe_link(url) {
        return text.map(|text| format!("See {text}."));
    }
    let url = markdown::destination(url);
    Some(match text {
        Some(text) => format!("See [{text}]({url})."),
        None => format!("See [the provider's documentation]({url})."),
    })
}

fn examples(examples: &[Value]) -> Option<String> {
    let blocks: Vec<String> = examples
        .iter()
        .filter_map(|example| serde_json::to_string_pretty(example).ok())
        .filter(|text| text.lines().count() <= MAX_EXAMPLE_LINES)
        .take(MAX_EXAMPLES)
        .map(|example| markdown::fenced("json", &text::json(&example)))
        .collect();
    let heading = if blocks.len() == 1 { "Example:" } else { "Examples:" };
    (!blocks.is_empty()).then(|| format!("{heading}\n\n{}", blocks.join("\n\n")))
}

/// `#[deprecated]`; modules that contain such items allow their own uses of them.
fn deprecated(doc: &Doc) -> TokenStream {
    match doc.deprecated.as_deref().map(str::trim) {
        None => TokenStream::new(),
        Some("") => quote!(#[deprecated]),
        Some(note) => {
            let note = text::documentation(note);
            quote!(#[deprecated = #note])
        }
    }
}
