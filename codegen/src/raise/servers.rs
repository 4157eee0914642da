//! Turns `host`, `basePath` and `schemes` into `servers`.

use super::media;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Node, Object};

/// Schemes that requests can be sent over, safest first.
const SCHEMES: [&str; 2] = ["https", "http"];

/// Gives the document its servers, unless it already has some.
pub(super) fn of_document(root: &mut Object, out: &mut Diagnostics) {
    if root.contains_key("servers") {
        return;
    }
    let schemes = media::listed(root.get("schemes")).unwrap_or_default();
    report_templates(root, out);
    report_schemes(&schemes, out);
    if let Some(servers) = servers(root, &schemes) {
        root.insert("servers", servers);
    }
}

/// The servers of an operation that is not available over the scheme of the document's first
/// server. Other operations get none, so that they follow the base URL of the client.
pub(super) fn of_operation(operation: &Node, root: &Node) -> Option<Node> {
    let own = media::listed(operation.get("schemes"))?;
    let of_all = media::listed(root.get("schemes")).unwrap_or_default();
    let first = known(&of_all).first().copied()?;
    if known(&own).contains(&first) || root.get("host").is_none() {
        return None;
    }
    servers(root.as_object()?, &own)
}

fn servers(root: &Object, schemes: &[Node]) -> Option<Node> {
    let host = root.get("host").filter(|host| host.as_str().is_some_and(|text| !text.trim().is_empty()));
    let base = root.get("basePath").filter(|base| base.as_str().is_some());
    let path = base.and_then(Node::as_str).unwrap_or_default().trim().trim_matches('/');
    let path = if path.is_empty() { String::new() } else { format!("/{path}") };
    let span = host.or(base)?.span;
    let plain = |url: String| Node::object([("url", Node::new(url, span))], span);
    // All have the same host, so the scheme is the name.
    let named = |scheme: &str, host: &str| {
        let url = Node::new(format!("{scheme}://{host}{path}"), span);
        Node::object([("url", url), ("name", Node::new(scheme, span))], span)
    };
    let servers: Vec<Node> = match host.and_then(Node::as_str).map(|host| host.trim().trim_end_matches('/')) {
        None if path.is_empty() => return None,
        None => vec![plain(path)],
        // Some documents write the scheme here.
        Some(host) if host.contains("://") => vec![plain(format!("{host}{path}"))],
        Some(host) => known(schemes).into_iter().map(|scheme| named(scheme, host)).collect(),
    };
    Some(Node::new(servers, span))
}

/// The schemes that requests can use. Without any, it is `https`: a document that names none means
/// the scheme that it was fetched over.
fn known(schemes: &[Node]) -> Vec<&'static str> {
    let named = |scheme: &&str| schemes.iter().any(|node| node.as_str() == Some(*scheme));
    let found: Vec<&str> = SCHEMES.into_iter().filter(named).collect();
    if found.is_empty() { vec!["https"] } else { found }
}

fn report_schemes(schemes: &[Node], out: &mut Diagnostics) {
    for scheme in schemes.iter().filter(|scheme| scheme.as_str().is_some_and(|text| !SCHEMES.contains(&text))) {
        let text = scheme.as_str().unwrap_or_default();
        let message = format!("requests cannot be sent over the scheme `{text}`");
        let diagnostic = Diagnostic::new(&codes::INVALID_SERVER, scheme, message).note();
        out.report(diagnostic.help("it is left out; servers have the schemes `https` and `http`").at("/schemes"));
    }
}

/// Reports variables, which version 2.0 does not have.
fn report_templates(root: &Object, out: &mut Diagnostics) {
    for key in ["host", "basePath"] {
        let Some(node) = root.get(key) else { continue };
        let Some((name, _)) = node.as_str().and_then(|text| text.split_once('{')?.1.split_once('}')) else { continue };
        let message = format!("the variable `{name}` of `{key}` is not defined");
        let diagnostic = Diagnostic::new(&codes::SERVER_VARIABLE, node, message);
        out.report(diagnostic.help("every caller has to pass it; write the host of one server").at(format!("/{key}")));
    }
}
