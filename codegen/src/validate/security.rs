//! Security requirements name schemes that are defined.

use super::operations::list;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Node, Object, Span};

pub(super) fn check(document: &Document, out: &mut Diagnostics) {
    for (name, span) in undefined(&document.root) {
        let message = format!("the security scheme `{name}` is not defined");
        let definition = format!("securitySchemes:\n  {name}: {{type: http, scheme: bearer}}");
        let repair = match document.root.get("components") {
            Some(_) => super::overlay::update("/components", &definition),
            None => super::overlay::update("", &format!("components:\n  {}", definition.replace('\n', "\n  "))),
        };
        out.report(
            Diagnostic::new(&codes::UNDEFINED_SECURITY_SCHEME, span, message)
                .help("it is taken for a bearer token, so that nothing becomes open; define it in `components.securitySchemes`")
                .overlay(repair),
        );
    }
}

/// The schemes that are required but not defined, each once, with the place that requires it.
#[must_use]
pub fn undefined(root: &Node) -> Vec<(String, Span)> {
    let schemes =
        root.get("components").and_then(|components| components.get("securitySchemes")).and_then(Node::as_object);
    let mut missing: Vec<(String, Span)> = Vec::new();
    let global = root.get("security").into_iter();
    for requirements in global.chain(list(root).into_iter().filter_map(|operation| operation.node.get("security"))) {
        let single = std::slice::from_ref(requirements);
        for entry in requirements.as_array().unwrap_or(single).iter().filter_map(Node::as_object).flat_map(Object::iter)
        {
            let known = schemes
                .is_some_and(|schemes| schemes.get(&entry.key).is_some_and(|scheme| scheme.as_object().is_some()));
            if !known && !missing.iter().any(|(name, _)| **name == *entry.key) {
                missing.push((entry.key.to_string(), entry.key_span));
            }
        }
    }
    missing
}
