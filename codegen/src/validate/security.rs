//! The schemes that security requirements name are defined.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, VersionLine};
use crate::openapi::repair;
use crate::openapi::security::undefined;

pub(super) fn check(document: &Document, out: &mut Diagnostics) {
    for (name, span) in undefined(&document.root) {
        let message = format!("the security scheme `{name}` is not defined");
        let definition = format!("securitySchemes:\n  {name}: {{type: http, scheme: bearer}}");
        let former = format!("securityDefinitions:\n  {name}: {{type: apiKey, in: header, name: Authorization}}");
        let is_former = document.version.line == VersionLine::V2_0;
        let section = if is_former { "securityDefinitions" } else { "components.securitySchemes" };
        let repair = match document.root.get("components") {
            _ if is_former => repair::update("", &former),
            Some(_) => repair::update("/components", &definition),
            None => repair::update("", &format!("components:\n  {}", definition.replace('\n', "\n  "))),
        };
        out.report(
            Diagnostic::new(&codes::UNDEFINED_SECURITY_SCHEME, span, message)
                .help(format!(
                    "a bearer token is required instead, so that no operation is open; define it in `{section}`"
                ))
                .overlay(repair),
        );
    }
}
