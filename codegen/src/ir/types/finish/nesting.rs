//! Measures how deep types nest. The compiler follows them to their ends to decide whether they are
//! `Send`.

use super::graph::components;
use crate::ir::model::{TypeKind, TypeTable};

/// Records the length of the longest path through the types that visits each type at most once.
///
/// A cycle counts with all of its types, because the compiler may visit every one of them before it
/// returns to the first.
pub(super) fn measure(table: &mut TypeTable) {
    let mut depth_of = vec![0usize; table.definitions.len()];
    // Mentioned types come first, so everything to which a component leads has already been
    // measured.
    for component in components(table, TypeKind::mentions) {
        let below = component.iter().flat_map(|id| table.get(*id).kind.mentions());
        let below = below.filter_map(|id| depth_of.get(id.0 as usize)).max().copied().unwrap_or_default();
        for id in &component {
            if let Some(depth) = depth_of.get_mut(id.0 as usize) {
                *depth = below + component.len();
            }
        }
    }
    table.nesting = depth_of.into_iter().max().unwrap_or_default();
}
