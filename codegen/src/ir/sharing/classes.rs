//! Finds the types that are equal.
//!
//! **Invariant:** types that the document names, newtypes, types that contain themselves, and two
//! members of the same union are not equal to any other type.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::key::Keys;
use crate::ir::model::{Shape, TypeId, TypeKind, TypeTable, TypeUse};
use crate::ir::naming::fnv64;
use crate::ir::types::components;
use crate::limits::ALIAS_CHAIN;

/// The classes of equal types.
pub(super) struct Classes {
    /// By index of the type: the first of the types that are equal to it.
    first: Vec<TypeId>,
    /// By index of the type: its content, as a number that is the same in every document.
    digests: Vec<u64>,
}

impl Classes {
    pub(super) fn of(table: &TypeTable) -> Self {
        let order: Vec<Vec<TypeId>> = components(table, TypeKind::mentions);
        let printed: BTreeSet<TypeId> = table.order.iter().copied().collect();
        let is_alone = |id: &TypeId| table.get(*id).kind.mentions().contains(id);
        // Inner types come before the types that mention them.
        let inline: Vec<TypeId> = order
            .iter()
            .filter_map(|component| match component.as_slice() {
                [id] if !is_alone(id) && printed.contains(id) => Some(*id),
                _ => None,
            })
            .filter(|id| table.get(*id).schema_name.is_none())
            .collect();
        let mut apart = BTreeSet::new();
        loop {
            let first = group(table, &inline, &apart);
            let more = members_alike(table, &first);
            if more.is_empty() {
                let digests = digests(table, &inline, &apart);
                return Self { first, digests };
            }
            apart.extend(more);
        }
    }

    /// The first of the types that are equal to this one.
    pub(super) fn first(&self, id: TypeId) -> TypeId {
        first_of(&self.first, id)
    }

    /// Writes keys in which equal types are equal.
    pub(super) fn keys<'t>(&'t self, table: &'t TypeTable) -> Keys<'t, impl Fn(TypeId) -> String> {
        Keys { table, name: |id| format!("#{}", self.first(id).0) }
    }

    /// Writes keys that do not depend on the document.
    pub(super) fn contents<'t>(&'t self, table: &'t TypeTable) -> Keys<'t, impl Fn(TypeId) -> String> {
        Keys { table, name: |id| format!("{:x}", self.digest(id)) }
    }

    /// The content of a type, as a number.
    pub(super) fn digest(&self, id: TypeId) -> u64 {
        self.digests.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// The types of each class that has more than one, in printing order.
    pub(super) fn shared(&self, table: &TypeTable) -> BTreeMap<TypeId, Vec<TypeId>> {
        let mut places: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        for id in &table.order {
            places.entry(self.first(*id)).or_default().push(*id);
        }
        places.retain(|_, places| places.len() > 1);
        places
    }
}

fn first_of(first: &[TypeId], id: TypeId) -> TypeId {
    first.get(id.0 as usize).copied().unwrap_or(id)
}

/// The first type of the class of each type. Each type in `apart` is a class of its own.
fn group(table: &TypeTable, inline: &[TypeId], apart: &BTreeSet<TypeId>) -> Vec<TypeId> {
    let mut first: Vec<TypeId> = (0u32..).map(TypeId).take(table.definitions.len()).collect();
    // The map is only looked up, never ordered.
    let mut known: HashMap<String, TypeId> = HashMap::new();
    for id in inline.iter().filter(|id| !apart.contains(id)) {
        let keys = Keys { table, name: |id| format!("#{}", first_of(&first, id).0) };
        let Some(key) = keys.of(table.get(*id)) else { continue };
        let found = *known.entry(key).or_insert(*id);
        if let Some(slot) = first.get_mut(id.0 as usize) {
            *slot = found;
        }
    }
    first
}

/// A number for each type. If the type is not equal to any other, it is made from its name;
/// otherwise, from its content.
fn digests(table: &TypeTable, inline: &[TypeId], apart: &BTreeSet<TypeId>) -> Vec<u64> {
    let named = table.definitions.iter().map(|definition| fnv64(&format!("type {}", definition.name)));
    let mut digests: Vec<u64> = named.collect();
    for id in inline.iter().filter(|id| !apart.contains(id)) {
        let keys =
            Keys { table, name: |id: TypeId| format!("{:x}", digests.get(id.0 as usize).copied().unwrap_or_default()) };
        let Some(key) = keys.of(table.get(*id)) else { continue };
        if let Some(slot) = digests.get_mut(id.0 as usize) {
            *slot = fnv64(&key);
        }
    }
    digests
}

/// Equal types that different members of one union mention. If they were one type, the members
/// would be equal, and the union could not be converted from either.
fn members_alike(table: &TypeTable, first: &[TypeId]) -> BTreeSet<TypeId> {
    let mut alike = BTreeSet::new();
    for (_, definition) in table.iter() {
        let TypeKind::Union(union) = &definition.kind else { continue };
        let mut known: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        for id in union.variants.iter().flat_map(|variant| behind_aliases(table, &variant.ty)) {
            let places = known.entry(first_of(first, id)).or_default();
            if !places.contains(&id) {
                places.push(id);
            }
        }
        alike.extend(known.into_values().filter(|places| places.len() > 1).flatten());
    }
    alike
}

/// The types that a use mentions, with aliases resolved.
fn behind_aliases(table: &TypeTable, ty: &TypeUse) -> BTreeSet<TypeId> {
    let mut found = BTreeSet::new();
    let mut open = vec![(ty, ALIAS_CHAIN)];
    while let Some((ty, depth)) = open.pop() {
        match &ty.shape {
            Shape::Named(id) => match (&table.get(*id).kind, depth.checked_sub(1)) {
                (TypeKind::Alias(target), Some(depth)) => open.push((target, depth)),
                _ => {
                    found.insert(*id);
                }
            },
            Shape::List(inner) | Shape::Map(inner, _) => open.push((inner, depth)),
            Shape::Tuple(items) => open.extend(items.iter().map(|item| (item, depth))),
            Shape::Scalar(_) | Shape::Any => {}
        }
    }
    found
}
