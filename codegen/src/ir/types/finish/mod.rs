//! Derives the properties that depend on all types at once: usage, recursion, sizes, derives,
//! order, names.

mod aliases;
mod cycles;
mod flags;
mod graph;
mod names;
mod nesting;
mod unmatched;
mod usage;

use super::made::Made;
use crate::diagnostics::Diagnostics;
use crate::ir::model::{Constant, Field, Presence, Shape, TypeId, TypeKind, TypeTable};

/// Names, orders and prunes the types, breaks cycles, and derives what depends on all of them.
pub(super) fn finish(mut made: Made<'_>, out: &mut Diagnostics) -> TypeTable {
    aliases::name_recursive(&mut made.table);
    set_constants(&mut made.table);
    cycles::break_cycles(&mut made.table);
    nesting::measure(&mut made.table);
    usage::spread(&mut made.table, std::mem::take(&mut made.roots));
    flags::set(&mut made.table);
    names::order(&mut made);
    names::name(&mut made);
    unmatched::report(&made, out);
    out.extend(made.diagnostics);
    made.table
}

/// Records the constant of each required property that has only one value.
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
