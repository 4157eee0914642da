//! The schemes that security requirements name are defined.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::Document;
use crate::openapi::repair;
use crate::openapi::security::undefined;

pub(super) fn check(document: &Document, out: &mut Diagnostics) {
    for (name, span) in undefined(&document.root) {
        let message = format!("the security scheme `{name}` is not defined");
        let definition = format!("securitySchemes:\n  {name}: {{type: http, scheme: bearer}}");
        let repair = match document.root.get("components") {
            Some(_) => repair::update("/components", &definition),
            None => repair::update("", &format!("components:\n  {}", definition.replace('\n', "\n  "))),
        };
        out.report(
            Diagnostic::new(&codes::UNDEFINED_SECURITY_SCHEME, span, message)
                .help("a bearer token is required instead, so that no operation is open; define it in `components.securitySchemes`")
                .overlay(repair),
        );
    }
}
