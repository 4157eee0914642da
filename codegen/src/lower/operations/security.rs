//! Defines security schemes that are required but not defined, so that no operation is open by
//! mistake.

use crate::diagnostics::Diagnostics;
use crate::document::{Node, Object, Span, Value};
use crate::openapi::security::undefined;

pub(super) fn run(root: &mut Node, _: &mut Diagnostics) {
    let missing = undefined(root);
    if missing.is_empty() {
        return;
    }
    let span = root.span;
    let Some(root) = root.as_object_mut() else {
        return;
    };
    let Some(schemes) =
        child(root, "components", span).and_then(|components| child(components, "securitySchemes", span))
    else {
        return;
    };
    for (name, span) in missing {
        schemes.insert(name.as_str(), assumed(&name, span));
    }
}

/// `http` with a bearer token, or with a user name and password if the scheme's name contains
/// `basic`.
fn assumed(name: &str, span: Span) -> Node {
    let scheme = if name.to_ascii_lowercase().contains("basic") { "basic" } else { "bearer" };
    let text = |text: &str| Node::new(text, span);
    Node::object([("type", text("http")), ("scheme", text(scheme)), ("x-assumed", Node::new(true, span))], span)
}

fn child<'n>(object: &'n mut Object, key: &str, span: Span) -> Option<&'n mut Object> {
    if object.get(key).is_none_or(|child| child.as_object().is_none()) {
        object.insert(key, Node::new(Value::Object(Object::new()), span));
    }
    object.get_mut(key)?.as_object_mut()
}
