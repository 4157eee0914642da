//! Vendor extensions that describe how an operation pages: `x-speakeasy-pagination`,
//! `x-fern-pagination` and `x-ms-pageable`.

use super::Kind;
use super::chosen::Choice;
use crate::document::{Node, pointer};

/// The content of an extension.
pub(super) enum Said {
    /// It pages like this.
    Pages(Choice<String>),
    /// The list is returned as a whole.
    OnePiece,
}

/// The content of an operation's extension, if it has a known one.
pub(super) fn said(operation: &Node) -> Option<Said> {
    speakeasy(operation).or_else(|| fern(operation)).or_else(|| azure(operation))
}

fn none(kind: Kind) -> Choice<String> {
    Choice { kind, parameter: None, size: None, items: None, next: None, more: None }
}

fn text<'d>(node: &'d Node, key: &str) -> Option<&'d str> {
    node.get(key).and_then(Node::as_str)
}

fn speakeasy(operation: &Node) -> Option<Said> {
    let node = operation.get("x-speakeasy-pagination")?;
    let inputs = node.get("inputs").and_then(Node::as_array).unwrap_or_default();
    let input = |wanted: &str| {
        let found =
            inputs.iter().find(|one| text(one, "type") == Some(wanted) && text(one, "in") != Some("requestBody"));
        found.and_then(|one| text(one, "name")).map(str::to_owned)
    };
    let output = |key| node.get("outputs").and_then(|outputs| text(outputs, key)).and_then(json_path);
    let (kind, parameter) = match text(node, "type")? {
        "cursor" => (Kind::Cursor, input("cursor")),
        "url" => (Kind::NextUrl, None),
        _ => match input("page") {
            Some(page) => (Kind::Page, Some(page)),
            None => (Kind::Offset, input("offset")),
        },
    };
    let next = match kind {
        Kind::NextUrl => output("nextUrl"),
        Kind::Cursor => output("nextCursor"),
        _ => None,
    };
    Some(Said::Pages(Choice { parameter, size: input("limit"), items: output("results"), next, ..none(kind) }))
}

fn fern(operation: &Node) -> Option<Said> {
    let node = operation.get("x-fern-pagination")?;
    let request = |key| text(node, key).and_then(|path| path.strip_prefix("$request.")).map(str::to_owned);
    let response = |key| text(node, key).and_then(|path| path.strip_prefix("$response")).map(steps);
    let items = response("results");
    if let Some(cursor) = request("cursor") {
        let parameter = Some(cursor);
        return Some(Said::Pages(Choice { parameter, items, next: response("next_cursor"), ..none(Kind::Cursor) }));
    }
    let parameter = Some(request("offset")?);
    let more = response("has-next-page");
    let kind = match request("step") {
        Some(_) => Kind::Offset,
        None => Kind::Page,
    };
    Some(Said::Pages(Choice { parameter, size: request("step"), items, more, ..none(kind) }))
}

fn azure(operation: &Node) -> Option<Said> {
    let node = operation.get("x-ms-pageable")?;
    let name = |key| text(node, key).map(|name| pointer::join("", name));
    match node.get("nextLinkName") {
        Some(next) if next.as_str().is_none() => Some(Said::OnePiece),
        _ => {
            let next = Some(name("nextLinkName").unwrap_or_else(|| "/nextLink".to_owned()));
            let items = Some(name("itemName").unwrap_or_else(|| "/value".to_owned()));
            Some(Said::Pages(Choice { items, next, ..none(Kind::NextUrl) }))
        }
    }
}

/// `$.data.next` as a JSON Pointer; `None` if the path contains anything but names.
fn json_path(path: &str) -> Option<String> {
    let rest = path.strip_prefix('$')?;
    (!rest.contains(['[', '*', '?'])).then(|| steps(rest))
}

/// `.data.next` as a JSON Pointer.
fn steps(path: &str) -> String {
    path.split('.').filter(|step| !step.is_empty()).fold(String::new(), |at, step| pointer::join(&at, step))
}
