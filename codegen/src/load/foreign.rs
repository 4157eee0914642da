//! Recognizes documents of other formats and explains how to convert them.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, Number};

/// A format whose documents have a distinctive key at the root.
struct Format {
    key: &'static str,
    help: &'static str,
}

impl Format {
    const fn other(key: &'static str, help: &'static str) -> Self {
        Self { key, help }
    }
}

static FORMATS: [Format; 7] = [
    Format::other("swaggerVersion", "this is a Swagger 1 document; convert it to OpenAPI 3 first"),
    Format::other("asyncapi", "this is an AsyncAPI document; an OpenAPI document is needed"),
    Format::other("arazzo", "this is an Arazzo document; name the OpenAPI document that it describes"),
    Format::other("overlay", "this is an overlay; name the OpenAPI document that it repairs"),
    Format::other("discoveryVersion", "this is a Google discovery document; convert it to OpenAPI 3 first"),
    Format::other("smithy", "this is a Smithy model; `smithy build` with the `openapi` plugin converts it"),
    Format::other("$schema", "this is a JSON Schema; put it under `components.schemas` of an OpenAPI document"),
];

/// The diagnostic of a document in another format; `None` if the format is not recognized.
pub(super) fn report(root: &Node) -> Option<Diagnostic> {
    let object = root.as_object()?;
    if let Some(diagnostic) = postman(root) {
        return Some(diagnostic);
    }
    FORMATS.iter().find_map(|format| {
        let entry = object.entry(format.key)?;
        let version = entry.value.as_str().map(str::to_owned).or(entry.value.as_number().map(Number::to_string));
        let message =
            format!("the document has `{}: {}` instead of `openapi`", format.key, version.unwrap_or_default());
        Some(Diagnostic::new(&codes::OTHER_KIND, entry, message).help(format.help).at(format!("/{}", format.key)))
    })
}

/// A Postman collection has `info._postman_id`, or the URL of its schema under `info.schema`.
fn postman(root: &Node) -> Option<Diagnostic> {
    let info = root.get("info")?.as_object()?;
    let schema = info.entry("schema").filter(|entry| entry.value.as_str().is_some_and(|url| url.contains("postman")));
    let entry = info.entry("_postman_id").or(schema)?;
    let help = "convert it to OpenAPI 3, for example with `npx postman-to-openapi FILE --output openapi.yaml`";
    let diagnostic = Diagnostic::new(&codes::OTHER_KIND, entry, "the file is a Postman collection").help(help);
    Some(diagnostic.at(format!("/info/{}", entry.key)))
}
