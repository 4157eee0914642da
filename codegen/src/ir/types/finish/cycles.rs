//! Boxes fields and variants that would make a type infinitely large, and union members that are
//! much larger than their siblings.

use std::collections::BTreeMap;

use super::aliases::any;
use super::graph::{components, contents, inlined};
use crate::ir::model::{TypeId, TypeKind, TypeTable, TypeUse, size_of_kind};

/// A member that is larger than the next one by more than this number of bytes is boxed. Clippy's
/// `large_enum_variant` warns at 200, and sizes are estimates.
const OUTLIER: usize = 120;

/// Boxes every field and variant whose type leads back to its owner, and then measures all types.
pub(super) fn break_cycles(table: &mut TypeTable) {
    let found = components(table, contents);
    let mut component_of: BTreeMap<TypeId, usize> = BTreeMap::new();
    for (index, component) in found.iter().enumerate() {
        component_of.extend(component.iter().map(|id| (*id, index)));
    }
    let ids: Vec<TypeId> = found.iter().flatten().copied().collect();
    for id in ids {
        let own = component_of.get(&id).copied();
        let leads_back = |ty: &TypeUse| {
            let mut inside = Vec::new();
            inlined(ty, &mut inside);
            inside.iter().any(|inner| component_of.get(inner).copied() == own)
        };
        if let Some(definition) = table.get_mut(id) {
            box_contents(&mut definition.kind, leads_back);
        }
    }
    cut_the_rest(table);
    measure(table);
}

fn box_contents(kind: &mut TypeKind, leads_back: impl Fn(&TypeUse) -> bool) {
    match kind {
        TypeKind::Struct(object) => {
            for field in &mut object.fields {
                field.boxed = leads_back(&field.ty);
            }
        }
        TypeKind::Union(union) => {
            for variant in &mut union.variants {
                variant.boxed = leads_back(&variant.ty);
            }
        }
        _ => {}
    }
}

/// Turns types that consist only of themselves, and therefore have no value, into any JSON.
fn cut_the_rest(table: &mut TypeTable) {
    for component in components(table, contents) {
        let itself = |id: &TypeId| contents(&table.get(*id).kind).contains(id);
        if component.len() < 2 && !component.iter().any(itself) {
            continue;
        }
        for id in component {
            if let Some(definition) = table.get_mut(id) {
                definition.kind = TypeKind::Alias(any());
            }
        }
    }
}

/// Measures types, inner ones first, and boxes outliers in the process.
fn measure(table: &mut TypeTable) {
    table.sizes = vec![None; table.definitions.len()];
    for id in components(table, contents).into_iter().flatten() {
        box_outliers(table, id);
        let size = size_of_kind(table, &table.get(id).kind);
        if let Some(source) = table.sizes.get_mut(id.0 as usize) {
            *source = Some(u32::try_from(size).unwrap_or(u32::MAX));
        }
    }
}

fn box_outliers(table: &mut TypeTable, id: TypeId) {
    let TypeKind::Union(union) = &table.get(id).kind else {
        return;
    };
    let size = |index: usize| {
        let variant = union.variants.get(index)?;
        Some(if variant.boxed { 8 } else { table.size_of(&variant.ty) })
    };
    let mut sizes: Vec<(usize, usize)> =
        (0..union.variants.len()).filter_map(|index| Some((size(index)?, index))).collect();
    sizes.sort_unstable();
    let gap = sizes.windows(2).rposition(|pair| matches!(pair, [(small, _), (large, _)] if large - small > OUTLIER));
    let Some(gap) = gap else { return };
    let first = sizes
        .windows(2)
        .take(gap + 1)
        .position(|pair| matches!(pair, [(small, _), (large, _)] if large - small > OUTLIER))
        .unwrap_or(gap);
    let large: Vec<usize> = sizes.iter().skip(first + 1).map(|(_, index)| *index).collect();
    if let Some(definition) = table.get_mut(id)
        && let TypeKind::Union(union) = &mut definition.kind
    {
        for index in large {
            if let Some(variant) = union.variants.get_mut(index) {
                variant.boxed = true;
            }
        }
    }
}
