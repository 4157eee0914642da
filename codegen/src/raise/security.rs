//! Turns the security schemes of 2.0 into those of 3.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Entry, Node, Object};
use crate::openapi::context::NodeContext;

/// The flows of 2.0, each with its name in 3.
const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

/// Rewrites a security scheme.
pub(super) fn raise(scheme: &mut Node, context: &mut NodeContext<'_>) {
    let Some(object) = scheme.as_object_mut() else {
        return;
    };
    match object.get("type").and_then(Node::as_str) {
        Some("basic") => basic(object),
        Some("oauth2") if !object.contains_key("flows") => oauth(object, context),
        _ => {}
    }
}

fn basic(scheme: &mut Object) {
    if let Some(kind) = scheme.get_mut("type") {
        let span = kind.span;
        kind.value = "http".into();
        scheme.insert("scheme", Node::new("basic", span));
    }
}

fn oauth(scheme: &mut Object, context: &mut NodeContext<'_>) {
    let Some(flow) = scheme.remove_entry("flow") else {
        return;
    };
    let written = flow.value.as_str().unwrap_or_default();
    let known = FLOWS.iter().find(|(old, new)| *old == written || *new == written);
    let Some((_, name)) = known else {
        let message = format!("there is no OAuth flow `{written}`");
        let diagnostic = Diagnostic::new(&codes::INVALID_SECURITY_SCHEME, &flow.value, message);
        context.report_at("flow", diagnostic.help("write implicit, password, application or accessCode"));
        return;
    };
    let keys = ["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"];
    let mut of_flow: Object = keys.iter().filter_map(|key| scheme.remove_entry(key)).collect();
    if !of_flow.contains_key("scopes") {
        of_flow.insert("scopes", Node::new(Object::new(), flow.value.span));
    }
    let mut flows = Object::new();
    flows.insert_entry(Entry {
        key: (*name).into(),
        key_span: flow.key_span,
        value: Node::new(of_flow, flow.value.span),
    });
    scheme.insert("flows", Node::new(flows, flow.value.span));
}
