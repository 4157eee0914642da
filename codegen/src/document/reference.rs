//! Finds the target of a local reference.

use super::{Node, pointer};
use crate::limits::REFERENCE_CHAIN;

/// The target of a local reference (`#/components/schemas/a~1b%20c`), which may itself be a
/// reference.
#[must_use]
pub fn resolve<'d>(root: &'d Node, reference: &str) -> Option<&'d Node> {
    root.pointer(&pointer::of_reference(reference)?)
}

/// Follows a chain of references to the first node that is not a reference. Returns that node with
/// its pointer.
///
/// `None` if a reference in the chain is dangling or the chain is a cycle.
#[must_use]
pub fn resolve_chain<'d>(root: &'d Node, reference: &str) -> Option<(&'d Node, String)> {
    let mut pointer = pointer::of_reference(reference)?.into_owned();
    for _ in 0..REFERENCE_CHAIN {
        let node = root.pointer(&pointer)?;
        match node.reference() {
            Some(next) => pointer = pointer::of_reference(next)?.into_owned(),
            None => return Some((node, pointer)),
        }
    }
    None
}
