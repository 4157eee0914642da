//! Orders the types as the document does, leaves out those that nothing reaches, and names the
//! rest.
//!
//! **Invariant:** component schemas come in the document's order, each followed by its nested
//! types; the types of operations come last. A component that is printed for one direction only has
//! its plain name.

use std::collections::BTreeSet;

use crate::ir::model::{TypeId, TypeName};
use crate::ir::types::made::{Made, TypeSource};
use crate::ir::types::mode::Mode;

/// Sets the order of printing.
pub(super) fn order(made: &mut Made<'_>) {
    let used = (0u32..).map(TypeId).zip(&made.table.definitions);
    let used = used.filter(|(_, definition)| definition.usage.request || definition.usage.response).map(|(id, _)| id);
    let mut reached: BTreeSet<TypeId> = BTreeSet::new();
    let mut open: Vec<TypeId> = used.chain(made.kept.iter().copied()).collect();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(made.table.get(id).kind.mentions());
        }
    }
    let mut order: Vec<TypeId> = reached.into_iter().collect();
    order.sort_by_key(|id| (made.sources.get(id.0 as usize).map(position), *id));
    made.table.order = order;
}

/// The sort key: component or operation, then the root before its nested types, then position in
/// the text.
fn position(source: &TypeSource) -> (usize, bool, crate::document::Span, Mode) {
    let below = source.component.is_none() && !source.path.is_root();
    (source.path.root_id().0, below, source.span, source.mode)
}

/// Names every type in the order of printing.
pub(super) fn name(made: &mut Made<'_>) {
    for stem in made.shared.values_mut().filter(|stem| made.naming.has_type(stem)) {
        stem.insert_str(0, "shared-");
    }
    let order = made.table.order.clone();
    let mut plain: BTreeSet<usize> = BTreeSet::new();
    let mut local: BTreeSet<String> = BTreeSet::new();
    for id in order {
        let name = next_name(made, id, &mut plain, &mut local);
        if let (Some(name), Some(definition)) = (name, made.table.get_mut(id)) {
            definition.name = name;
        }
    }
}

fn next_name(
    made: &mut Made<'_>,
    id: TypeId,
    plain: &mut BTreeSet<usize>,
    local: &mut BTreeSet<String>,
) -> Option<TypeName> {
    let source = made.sources.get(id.0 as usize)?;
    if let Some(name) = &source.name {
        return Some(name.clone());
    }
    if let Some(component) = source.component.filter(|component| plain.insert(*component)) {
        return made.component_names.get(component).cloned();
    }
    let raw = match made.shared.get(&source.path.root_id()) {
        Some(stem) => source.path.name_under(stem),
        None => source.path.name(),
    };
    let suffixes: &[&str] = match source.mode {
        Mode::Request => &["Request", "Input", "Write"],
        Mode::Form => &["Form", "Multipart"],
        Mode::Response | Mode::Any => &[],
    };
    let again = source.component.is_some() || !local.insert(format!("{}{}", source.path.pointer(), raw));
    Some(match (again, suffixes.first()) {
        (true, Some(first)) => made.naming.type_name(&format!("{raw}-{first}"), suffixes.get(1..).unwrap_or_default()),
        _ => made.naming.type_name(&raw, suffixes),
    })
}
