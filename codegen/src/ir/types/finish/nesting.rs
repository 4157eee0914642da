//! Measures how deep types nest, because the compiler follows them to their ends to see whether a value may change threads.

use super::graph::components;
use crate::ir::model::{TypeKind, TypeTable};

/// Measures all types: the most types that a path through them can visit, each once.
///
/// Types that lead to one another count with all of their number: the compiler may go through every one of them before it finds
/// the first again.
pub(super) fn measure(table: &mut TypeTable) {
    let mut depth_of = vec![0usize; table.definitions.len()];
    // Callees come before callers, so that what a component leads to has been measured.
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
