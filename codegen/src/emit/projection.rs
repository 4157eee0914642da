//! The document that progenitor sees. It has the title and the version, in characters that
//! progenitor can print, and nothing else.
//!
//! **Invariant:** this is the only emitter that names `openapiv3`. Its document has no path and no
//! schema, and its version consists of ASCII characters: progenitor's output sends the version in a
//! header, where any other character makes each call panic.

use openapiv3::{Info, OpenAPI, Paths};

use crate::ir::model::Api;

/// The projection of an API.
pub(super) fn of(api: &Api) -> OpenAPI {
    OpenAPI {
        openapi: "3.0.3".to_owned(),
        info: Info {
            title: api.title.split_whitespace().collect::<Vec<_>>().join(" "),
            version: ascii(&api.version),
            ..Info::default()
        },
        paths: Paths::default(),
        ..OpenAPI::default()
    }
}

/// Printable ASCII only; `unversioned` if nothing is left.
fn ascii(version: &str) -> String {
    let version: String = version.trim().chars().filter(char::is_ascii_graphic).collect();
    if version.is_empty() { "unversioned".to_owned() } else { version }
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[test]
    fn a_version_that_no_header_can_carry_is_made_ascii() {
        assert_eq!(ascii("1.0 – bêta\n"), "1.0bta");
        assert_eq!(ascii("版"), "unversioned");
    }
}
