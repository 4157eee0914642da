//! Tells what a file is that is no OpenAPI document, and how to come to one.

use crate::diagnostics::{CodeInfo, Diagnostic, codes};
use crate::document::{Node, Number};

/// A kind of document that has a key of its own at the root.
struct Kind {
    key: &'static str,
    code: &'static CodeInfo,
    help: &'static str,
}

impl Kind {
    /// One that no code of its own is about.
    const fn other(key: &'static str, help: &'static str) -> Self {
        Self { key, code: &codes::OTHER_KIND, help }
    }
}

static KINDS: [Kind; 7] = [
    Kind {
        key: "swagger",
        code: &codes::SWAGGER_2,
        help: "convert it to OpenAPI 3: `npx swagger2openapi FILE --outfile openapi.yaml`, or https://converter.swagger.io",
    },
    Kind::other("asyncapi", "this is an AsyncAPI document; an OpenAPI document is needed"),
    Kind::other("arazzo", "this is an Arazzo document; name the OpenAPI document that it describes"),
    Kind::other("overlay", "this is an overlay; name the OpenAPI document that it repairs"),
    Kind::other("discoveryVersion", "this is a Google discovery document; convert it to OpenAPI 3 first"),
    Kind::other("smithy", "this is a Smithy model; `smithy build` with the `openapi` plugin converts it"),
    Kind::other("$schema", "this is a JSON Schema; put it under `components.schemas` of an OpenAPI document"),
];

/// What the document says it is, as a finding; `None` if it says nothing.
pub(super) fn report(root: &Node) -> Option<Diagnostic> {
    let object = root.as_object()?;
    if let Some(finding) = postman(root) {
        return Some(finding);
    }
    KINDS.iter().find_map(|kind| {
        let entry = object.entry(kind.key)?;
        let version = entry.value.as_str().map(str::to_owned).or(entry.value.as_number().map(Number::to_string));
        let message = format!("the document says `{}: {}`, not `openapi`", kind.key, version.unwrap_or_default());
        Some(Diagnostic::new(kind.code, entry, message).help(kind.help).at(format!("/{}", kind.key)))
    })
}

/// A collection has `info._postman_id`, or the address of its schema there.
fn postman(root: &Node) -> Option<Diagnostic> {
    let info = root.get("info")?.as_object()?;
    let schema = info.entry("schema").filter(|entry| entry.value.as_str().is_some_and(|url| url.contains("postman")));
    let entry = info.entry("_postman_id").or(schema)?;
    let help = "convert it to OpenAPI 3, for example with `npx postman-to-openapi FILE --output openapi.yaml`";
    let finding = Diagnostic::new(&codes::OTHER_KIND, entry, "the file is a Postman collection").help(help);
    Some(finding.at(format!("/info/{}", entry.key)))
}
