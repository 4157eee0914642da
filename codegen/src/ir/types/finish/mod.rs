//! Derives the properties that depend on all types at once: usage, recursion, sizes, derives, order
//! and names.

mod aliases;
mod collisions;
mod cycles;
mod decorations;
mod fixed_fields;
mod flags;
mod graph;
mod names;
mod nesting;
mod required;
mod unmatched;
mod usage;

pub(in crate::ir) use graph::components;

use super::made::Made;
use crate::diagnostics::Diagnostics;
use crate::ir::model::TypeTable;
use crate::ir::naming::Naming;

/// Names, orders and prunes the types, breaks cycles, and derives the properties that depend on all
/// of them.
pub(super) fn finish(mut made: Made<'_>, out: &mut Diagnostics) -> (TypeTable, Naming) {
    aliases::name_recursive(&mut made.table);
    fixed_fields::set(&mut made.table);
    cycles::break_cycles(&mut made.table);
    nesting::measure(&mut made.table);
    usage::spread(&mut made.table, std::mem::take(&mut made.roots));
    flags::set(&mut made.table);
    names::order(&mut made);
    let raws = names::name(&mut made);
    collisions::report(&made, &raws, out);
    required::name(&mut made);
    decorations::set(&mut made, out);
    unmatched::report(&made, out);
    out.extend(made.diagnostics);
    (made.table, made.naming)
}
