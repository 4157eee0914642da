//! Turns aliases that reach themselves into newtypes, because Rust has no recursive aliases.

use super::graph::components;
use crate::ir::model::{Constraints, Newtype, Shape, TypeId, TypeKind, TypeTable, TypeUse};

/// Turns every alias on a cycle of aliases into a newtype. An alias that consists only of itself
/// becomes any JSON.
pub(super) fn name_recursive(table: &mut TypeTable) {
    let names = |kind: &TypeKind| match kind {
        TypeKind::Alias(TypeUse { shape: Shape::Named(id), .. }) => vec![*id],
        _ => Vec::new(),
    };
    for id in cyclic(table, names) {
        replace(table, id, |_| TypeKind::Alias(any()));
    }
    let aliases: Vec<bool> =
        table.definitions.iter().map(|definition| matches!(definition.kind, TypeKind::Alias(_))).collect();
    let is_alias = |id: &TypeId| aliases.get(id.0 as usize) == Some(&true);
    let parts = |kind: &TypeKind| match kind {
        TypeKind::Alias(_) => kind.mentions().into_iter().filter(is_alias).collect(),
        _ => Vec::new(),
    };
    for id in cyclic(table, parts) {
        replace(table, id, |inner| TypeKind::Newtype(Newtype::of(inner)));
    }
}

/// The types that lead back to themselves along `edges`.
fn cyclic(table: &TypeTable, edges: impl Fn(&TypeKind) -> Vec<TypeId>) -> Vec<TypeId> {
    let itself = |id: &TypeId| edges(&table.get(*id).kind).contains(id);
    let components = components(table, &edges);
    let cyclic = components.into_iter().filter(|component| component.len() > 1 || component.iter().any(itself));
    cyclic.flatten().collect()
}

fn replace(table: &mut TypeTable, id: TypeId, with: impl Fn(TypeUse) -> TypeKind) {
    if let Some(definition) = table.get_mut(id)
        && let TypeKind::Alias(ty) = &definition.kind
    {
        definition.kind = with(ty.clone());
    }
}

pub(super) fn any() -> TypeUse {
    TypeUse { shape: Shape::Any, nullable: false, constraints: Constraints::default() }
}
