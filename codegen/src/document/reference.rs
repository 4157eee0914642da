//! Finds what a local reference names.

use super::{Node, pointer};

/// Chains of references longer than this are taken for cycles.
const LONGEST_CHAIN: usize = 128;

/// The node that a local reference (`#/components/schemas/a~1b%20c`) names; follows no further reference.
#[must_use]
pub fn resolve<'d>(root: &'d Node, reference: &str) -> Option<&'d Node> {
    root.pointer(&pointer::of_reference(reference)?)
}

/// Follows `$ref` to `$ref` from a reference to the first node that is none, with the pointer of that node.
///
/// `None` when a link of the chain is dangling or the chain is a cycle.
#[must_use]
pub fn resolve_chain<'d>(root: &'d Node, reference: &str) -> Option<(&'d Node, String)> {
    let mut pointer = pointer::of_reference(reference)?.into_owned();
    for _ in 0..LONGEST_CHAIN {
        let node = root.pointer(&pointer)?;
        match node.reference() {
            Some(next) => pointer = pointer::of_reference(next)?.into_owned(),
            None => return Some((node, pointer)),
        }
    }
    None
}
