//! Recognizes markup files: XML, or a page that was saved instead of the document.

use super::page::lacks_document;
use crate::diagnostics::{Diagnostic, codes};
use crate::source::{SourceId, Span};

/// The diagnostic for text in angle brackets, or on a page without a document; `None` for other
/// text.
pub(crate) fn report(path: &str, text: &str, source: SourceId) -> Option<Diagnostic> {
    let start = text.len() - text.trim_start().len();
    let line = text.trim_start().lines().next()?.trim_end();
    let span = Span::new(source, start, start + line.len());
    if lacks_document(path, text) {
        let message = "the page contains no OpenAPI document";
        let help = "name the document itself, or a page with the document in a block of YAML or JSON";
        return Some(Diagnostic::new(&codes::OTHER_KIND, span, message).help(help));
    }
    let rest = line.strip_prefix('<')?;
    if !rest.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '!' | '?')) {
        return None;
    }
    let is_xml = rest.to_ascii_lowercase().starts_with("?xml");
    let (message, help) = if is_xml {
        ("the file is XML, not YAML or JSON", "name the OpenAPI document; WSDL and WADL have to be converted first")
    } else {
        (
            "the file is an HTML page, not YAML or JSON",
            "a page about the document was saved, or one that asks to sign in; download the document itself (`raw`)",
        )
    };
    Some(Diagnostic::new(&codes::OTHER_KIND, span, message).help(help))
}
