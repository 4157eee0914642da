//! Finds operations with the same method and path, and whether a server can distinguish their
//! requests.

use std::collections::BTreeMap;

use super::path::route_key;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::Document;
use crate::ir::model::{Location, Operation};

/// Reports operations that have the method and path of an earlier one.
pub(super) fn report(document: &Document, operations: &[Operation], out: &mut Diagnostics) {
    let mut first: BTreeMap<(String, String), &Operation> = BTreeMap::new();
    for operation in operations {
        let key = (operation.method.0.clone(), route_key(&operation.path));
        let Some(earlier) = first.get(&key) else {
            first.insert(key, operation);
            continue;
        };
        // `validate` reports paths that differ only in the names of their variables.
        if ![earlier, operation].iter().any(|one| one.path.raw.contains(['#', '?'])) {
            continue;
        }
        let Some(node) = document.root.pointer(&operation.origin.pointer) else { continue };
        let (how, help) = match distinguished_by(earlier, operation) {
            Some(by) => (format!("distinguished by {by}"), "no action is needed"),
            None => {
                ("which takes precedence on a server".to_owned(), "remove one of the two, or give them different paths")
            }
        };
        let message = format!("`{}` has the method and path of `{}`, {how}", operation.id, earlier.id);
        out.report(
            Diagnostic::new(&codes::AMBIGUOUS_OPERATIONS, node, message).at(&*operation.origin.pointer).help(help),
        );
    }
}

/// The part of a request that distinguishes two operations with the same method and path, if there
/// is one.
fn distinguished_by(one: &Operation, other: &Operation) -> Option<&'static str> {
    if one.path.query != other.path.query {
        return Some("the query of the path key");
    }
    let media = |operation: &Operation| -> Vec<String> {
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        contents.map(|content| content.media.essence.clone()).collect()
    };
    let (left, right) = (media(one), media(other));
    if left != right && !left.iter().any(|essence| right.contains(essence)) {
        return Some("the media type of the body");
    }
    let required = |operation: &Operation| -> Vec<String> {
        let parameters = operation.parameters.iter();
        parameters.filter(|one| one.required && one.location == Location::Query).map(|one| one.wire.clone()).collect()
    };
    (required(one) != required(other)).then_some("required query parameters")
}
