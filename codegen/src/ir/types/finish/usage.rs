//! Propagates the directions in which operations use types to all types that those types mention.

use crate::ir::model::{TypeId, TypeTable, Usage};

/// Marks every type with the directions in which its values are sent.
pub(super) fn spread(table: &mut TypeTable, roots: Vec<(TypeId, Usage)>) {
    let mut open = roots;
    while let Some((id, usage)) = open.pop() {
        let Some(definition) = table.get_mut(id) else {
            continue;
        };
        let known = definition.usage;
        let all = Usage { request: known.request || usage.request, response: known.response || usage.response };
        if all != known {
            definition.usage = all;
            open.extend(definition.kind.mentions().into_iter().map(|id| (id, all)));
        }
    }
}
