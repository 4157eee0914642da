//! Our sentences around the document's words: titles of items, and labels of variants and
//! parameters.

use proc_macro2::TokenStream;
use specwright_runtime::StatusCode;

use super::rustdoc;
use crate::ir::model::{Api, Doc, Location, Operation, Parameter, ResponseCase, Segment, SegmentPiece, Status};

/// One paragraph that we write, as documentation of an item.
pub(crate) fn title(text: &str) -> TokenStream {
    rustdoc::sentences(&[text.to_owned()])
}

/// The paragraph that opens a module.
pub(crate) fn heading(text: String) -> TokenStream {
    rustdoc::inner(&Doc::default(), &[text])
}

/// A program that uses the module at `path`, compiled as a documentation test. A path that starts
/// with `crate` compiles only inside the crate, so such a program is shown but not tested.
pub(crate) fn program(path: &str, code: &str) -> String {
    let kind = if path.starts_with("crate") { "ignore" } else { "no_run" };
    format!("```{kind}\n{code}\n```")
}

/// Text from the document, for the inside of a pair of backticks.
pub(crate) fn code(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '`' {
                '\''
            } else if c.is_control() {
                ' '
            } else {
                c
            }
        })
        .collect()
}

/// The title of an API, as it appears in a sentence: `the Rownd API`, `the Looker API 4.0`.
pub(crate) fn api(api: &Api) -> String {
    let title = rustdoc::plain(api.title.trim());
    let lower = title.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    if title.is_empty() {
        "the API".to_owned()
    } else if lower.starts_with("the ") {
        title
    } else if words.any(|word| word == "api" || word == "apis") {
        format!("the {title}")
    } else {
        format!("the {title} API")
    }
}

/// The document's words after our label: `404: Not Found`. Deprecation is left out, because it
/// would cause warnings where our own code uses the item.
pub(crate) fn labelled(label: &str, doc: &Doc) -> Doc {
    let summary = match &doc.summary {
        Some(summary) => format!("{label}: {summary}"),
        None => label.to_owned(),
    };
    Doc { summary: Some(summary), deprecated: None, ..doc.clone() }
}

/// The document's words below a line that we write.
pub(crate) fn below(lead: String, doc: &Doc) -> Doc {
    let words = [&doc.summary, &doc.body].into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
    let body = Some(words.join("\n\n")).filter(|words| !words.is_empty());
    Doc { summary: Some(lead), body, ..doc.clone() }
}

/// `GET /users/{id}` as code.
pub(crate) fn call(operation: &Operation) -> String {
    format!("`{} {}`", operation.method.0, code(&operation.path.raw))
}

/// A segment of a path without parameters: `/literal`.
pub(crate) fn segment(segment: &Segment) -> String {
    let literals = segment.pieces.iter().map(|piece| match piece {
        SegmentPiece::Literal(text) => text.as_str(),
        SegmentPiece::Parameter(_) => "",
    });
    std::iter::once("/").chain(literals).collect()
}

/// `Update user profile: PATCH /…`, and the rest of the document's text.
pub(crate) fn operation(operation: &Operation) -> Doc {
    let call = call(operation);
    let summary = match operation.doc.summary.as_deref().map(|text| text.trim().trim_end_matches(['.', ':'])) {
        Some(summary) if !summary.is_empty() => format!("{summary}: {call}"),
        _ => call,
    };
    Doc { summary: Some(summary), examples: Vec::new(), ..operation.doc.clone() }
}

/// [`operation`], with deprecation as a sentence instead of an attribute.
pub(crate) fn operation_in_words(operation: &Operation) -> (Doc, Vec<String>) {
    let doc = self::operation(operation);
    let words = doc.deprecated.as_ref().map(|_| "Deprecated.".to_owned());
    (Doc { deprecated: None, ..doc }, words.into_iter().collect())
}

/// ``Query parameter `limit` (required): …``
pub(crate) fn parameter(parameter: &Parameter) -> Doc {
    let label = match parameter.location {
        Location::Path => "Path parameter",
        Location::Query => "Query parameter",
        Location::Header => "Header",
        Location::Cookie => "Cookie",
        Location::QueryString => "Query string",
    };
    let required = if parameter.required { " (required)" } else { "" };
    let label = format!("{label} `{}`{required}", code(&parameter.wire));
    Doc { deprecated: parameter.doc.deprecated.clone(), ..labelled(&label, &parameter.doc) }
}

/// ``Default: `20`.``, if the document has a default.
pub(crate) fn default(parameter: &Parameter) -> Option<String> {
    let default = parameter.default.as_ref().filter(|_| !parameter.required)?;
    Some(format!("Default: {}.", rustdoc::code(&default.to_string())))
}

/// `404`, `5XX` or `any other status`.
pub(crate) fn status(outcome: &ResponseCase) -> String {
    match outcome.status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "any other status".to_owned(),
    }
}

/// ``200, `application/json` ``, as the beginning of a sentence.
pub(crate) fn outcome(outcome: &ResponseCase) -> String {
    let status = match outcome.status {
        Status::Default => "Any other status".to_owned(),
        Status::Code(_) | Status::Range(_) => status(outcome),
    };
    match &outcome.media {
        Some(media) => format!("{status}, `{}`", code(&media.text)),
        None => status,
    }
}

/// `` `404 Not Found` response``, `` `5XX` response`` or `default response`.
pub(crate) fn response(outcome: &ResponseCase) -> String {
    match outcome.status {
        Status::Code(code) => {
            let reason = StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason());
            reason.map_or_else(|| format!("`{code}` response"), |reason| format!("`{code} {reason}` response"))
        }
        Status::Range(class) => format!("`{class}XX` response"),
        Status::Default => "default response".to_owned(),
    }
}
