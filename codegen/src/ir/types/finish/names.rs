//! Orders the types as the document does, leaves out what nothing reaches, and names what is left.
//!
//! The rule it keeps: component schemas come in the document's order, each followed by the types found inside it; then the types
//! of operations. A component printed for one direction only has its plain name.

use std::collections::BTreeSet;

use crate::ir::model::{TypeId, TypeName};
use crate::ir::types::builder::{TypeBuilder, TypeSource};
use crate::ir::types::direction::Mode;

/// Sets the order of printing; `kept` are types that stay although nothing reaches them.
pub(super) fn order(builder: &mut TypeBuilder<'_>, kept: &[TypeId]) {
    let used = (0u32..).map(TypeId).zip(&builder.table.definitions);
    let used = used.filter(|(_, definition)| definition.usage.request || definition.usage.response).map(|(id, _)| id);
    let mut reached: BTreeSet<TypeId> = BTreeSet::new();
    let mut open: Vec<TypeId> = used.chain(kept.iter().copied()).collect();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(builder.table.get(id).kind.mentions());
        }
    }
    let mut order: Vec<TypeId> = reached.into_iter().collect();
    order.sort_by_key(|id| (builder.sources.get(id.0 as usize).map(position), *id));
    builder.table.order = order;
}

/// By component or operation, the root first, then by place in the text.
fn position(source: &TypeSource) -> (usize, bool, crate::document::Span, Mode) {
    let below = source.component.is_none() && !source.path.is_root();
    (source.path.root_id().0, below, source.span, source.mode)
}

/// Names every type in the order of printing.
pub(super) fn name(builder: &mut TypeBuilder<'_>) {
    let order = builder.table.order.clone();
    let mut plain: BTreeSet<usize> = BTreeSet::new();
    let mut local: BTreeSet<String> = BTreeSet::new();
    for id in order {
        let name = next_name(builder, id, &mut plain, &mut local);
        if let (Some(name), Some(definition)) = (name, builder.table.get_mut(id)) {
            definition.name = name;
        }
    }
}

fn next_name(
    builder: &mut TypeBuilder<'_>,
    id: TypeId,
    plain: &mut BTreeSet<usize>,
    local: &mut BTreeSet<String>,
) -> Option<TypeName> {
    let source = builder.sources.get(id.0 as usize)?;
    if let Some(name) = &source.name {
        return Some(name.clone());
    }
    if let Some(component) = source.component.filter(|component| plain.insert(*component)) {
        return builder.component_names.get(component).cloned();
    }
    let raw = source.path.name();
    let suffixes: &[&str] = match source.mode {
        Mode::Request => &["Request", "Input", "Write"],
        Mode::Form => &["Form", "Multipart"],
        Mode::Response | Mode::Any => &[],
    };
    let again = source.component.is_some() || !local.insert(format!("{}{}", source.path.pointer(), raw));
    Some(match (again, suffixes.first()) {
        (true, Some(first)) => {
            builder.naming.type_name(&format!("{raw}-{first}"), suffixes.get(1..).unwrap_or_default())
        }
        _ => builder.naming.type_name(&raw, suffixes),
    })
}
