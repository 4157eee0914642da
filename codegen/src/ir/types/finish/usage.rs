//! Spreads the directions in which operations use types to all that those types name.

use crate::ir::model::{TypeId, Usage};
use crate::ir::types::builder::TypeBuilder;

/// Marks every type with the directions in which its values travel.
pub(super) fn spread(builder: &mut TypeBuilder<'_>) {
    let mut open: Vec<(TypeId, Usage)> = std::mem::take(&mut builder.roots);
    while let Some((id, usage)) = open.pop() {
        let Some(definition) = builder.table.get_mut(id) else {
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
