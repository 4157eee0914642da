//! Estimates the size of values in bytes, so that large union members can be boxed.

use super::{Extra, Field, IntegerKind, Presence, Scalar, Shape, TypeKind, TypeTable, TypeUse};
use crate::limits::TUPLE_DEPTH;

const POINTER: usize = 8;

/// `String`, `Vec`, `BTreeMap`.
const HEAP: usize = 24;

/// `serde_json::Value`.
const ANY: usize = 72;

/// A definition that has not been measured yet.
const UNKNOWN: usize = 64;

/// The upper limit of estimates.
const LARGEST: usize = 1 << 16;

impl TypeTable {
    /// The estimated size of a stored value in bytes. It decides what to box.
    #[must_use]
    pub fn size_of(&self, ty: &TypeUse) -> usize {
        use_within(self, ty, TUPLE_DEPTH)
    }
}

fn use_within(table: &TypeTable, ty: &TypeUse, depth: usize) -> usize {
    match &ty.shape {
        Shape::Named(id) => table.sizes.get(id.0 as usize).copied().flatten().map_or(UNKNOWN, |size| size as usize),
        Shape::Scalar(scalar) => of_scalar(*scalar, ty.nullable),
        Shape::List(_) | Shape::Map(..) => HEAP,
        Shape::Tuple(_) if depth == 0 => UNKNOWN,
        Shape::Tuple(items) => sum(items.iter().map(|item| use_within(table, item, depth - 1))),
        Shape::Any => ANY,
    }
}

/// The size of a definition whose contents have been measured.
pub(crate) fn of_kind(table: &TypeTable, kind: &TypeKind) -> usize {
    match kind {
        TypeKind::Struct(object) => {
            let extra = if matches!(object.extra, Extra::Kept { .. }) { HEAP } else { 0 };
            sum(object.fields.iter().map(|field| of_field(table, field))).saturating_add(extra).min(LARGEST)
        }
        TypeKind::Enum(_) => HEAP,
        TypeKind::IntegerEnum(_) => 2 * POINTER,
        TypeKind::Union(union) => {
            let sizes =
                union.variants.iter().map(|variant| if variant.boxed { POINTER } else { table.size_of(&variant.ty) });
            sizes.max().unwrap_or(0).saturating_add(POINTER)
        }
        TypeKind::Newtype(newtype) => table.size_of(&newtype.inner),
        TypeKind::Alias(ty) => table.size_of(ty),
    }
}

fn of_field(table: &TypeTable, field: &Field) -> usize {
    if field.boxed {
        return POINTER;
    }
    let optional = field.presence == Presence::Optional;
    let tagged = optional && matches!(field.ty.shape, Shape::Scalar(Scalar::Integer(_) | Scalar::Float64));
    table.size_of(&field.ty).saturating_add(if tagged { POINTER } else { 0 })
}

fn of_scalar(scalar: Scalar, nullable: bool) -> usize {
    match scalar {
        Scalar::Bool => 1,
        Scalar::Integer(IntegerKind::I128 | IntegerKind::U128) => 32,
        Scalar::Integer(_) | Scalar::Float64 if nullable => 2 * POINTER,
        Scalar::Integer(_) | Scalar::Float64 => POINTER,
        Scalar::String | Scalar::Text(_) | Scalar::Secret | Scalar::Foreign(_) => HEAP,
        Scalar::Binary => 96,
        Scalar::Null | Scalar::Never => 0,
    }
}

fn sum(sizes: impl Iterator<Item = usize>) -> usize {
    sizes.fold(0, |sum, size| sum.saturating_add(size).min(LARGEST))
}
