//! Derives what depends on all types at once: usage, recursion, sizes, derives, order and names.

mod aliases;
mod cycles;
mod flags;
mod graph;
mod names;
mod nesting;
mod usage;

use std::collections::BTreeSet;

use super::builder::TypeBuilder;
use super::direction::Mode;
use crate::ir::model::{Constant, Field, Presence, Shape, TypeId, TypeKind, TypeTable};

/// Completes the table of a builder.
pub(super) fn finish(builder: &mut TypeBuilder<'_>) {
    let kept = if builder.choices.prune { Vec::new() } else { keep_components(builder) };
    aliases::name_recursive(&mut builder.table);
    set_constants(&mut builder.table);
    cycles::break_cycles(&mut builder.table);
    nesting::measure(&mut builder.table);
    usage::spread(builder);
    flags::set(&mut builder.table);
    names::order(builder, &kept);
    names::name(builder);
}

/// Makes a type of every component that no operation reached, and returns the types of all components.
fn keep_components(builder: &mut TypeBuilder<'_>) -> Vec<TypeId> {
    let mut kept = Vec::new();
    let mut seen = 0;
    let mut reached: BTreeSet<usize> = BTreeSet::new();
    for index in 0..builder.graph.components.len() {
        reached.extend(builder.sources.iter().skip(seen).filter_map(|source| source.component));
        seen = builder.sources.len();
        let Some(conjunct) = builder.graph.conjunct(index).filter(|_| !reached.contains(&index)) else {
            continue;
        };
        let mode = builder.graph.mode(std::slice::from_ref(&conjunct), Mode::Response);
        kept.push(builder.target_type(&conjunct, mode));
        builder.drain();
    }
    let ids = (0u32..).map(TypeId).zip(&builder.sources);
    kept.extend(ids.filter(|(_, source)| source.component.is_some()).map(|(id, _)| id));
    kept
}

/// Records the only value of required properties.
fn set_constants(table: &mut TypeTable) {
    let constants: Vec<Option<Constant>> = (0u32..)
        .map(TypeId)
        .zip(&table.definitions)
        .map(|(id, definition)| match &definition.kind {
            TypeKind::Enum(values) => match values.variants.as_slice() {
                [only] => Some(Constant { ty: id, variant: only.name.clone() }),
                _ => None,
            },
            _ => None,
        })
        .collect();
    let set = |field: &mut Field| {
        if let (Shape::Named(id), Presence::Required, false) = (&field.ty.shape, field.presence, field.ty.nullable) {
            field.constant = constants.get(id.0 as usize).cloned().flatten();
        }
    };
    for definition in &mut table.definitions {
        if let TypeKind::Struct(object) = &mut definition.kind {
            object.fields.iter_mut().for_each(set);
        }
    }
}
