//! Makes definitions mention shared types instead of those of one place.

use super::key::expanded;
use crate::ir::model::{Constant, Extra, Field, Shape, TypeId, TypeKind, TypeTable, TypeUse};

/// A definition in which the types that it mentions are replaced.
pub(super) fn of_kind(table: &TypeTable, kind: &mut TypeKind, to: &impl Fn(TypeId) -> TypeId) {
    let set = |ty: &mut TypeUse| *ty = replaced(table, ty, to);
    let set_field = |field: &mut Field| {
        set(&mut field.ty);
        if let Some(Constant::Variant { ty, .. }) = &mut field.constant {
            *ty = to(*ty);
        }
    };
    match kind {
        TypeKind::Struct(body) => {
            body.fields.iter_mut().for_each(set_field);
            if let Extra::Kept { value, .. } = &mut body.extra {
                set(value);
            }
        }
        TypeKind::Union(body) => {
            for variant in &mut body.variants {
                set(&mut variant.ty);
                variant.tag.iter_mut().for_each(set_field);
            }
        }
        TypeKind::Newtype(_) | TypeKind::Alias(_) | TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => {}
    }
}

/// A use of shared types, after they have been defined.
pub(super) fn shared(table: &TypeTable, ty: &TypeUse) -> TypeUse {
    replaced(table, ty, &|id| table.get(id).shared.unwrap_or(id))
}

/// A use with other types, and without the aliases of single places.
fn replaced(table: &TypeTable, ty: &TypeUse, to: &impl Fn(TypeId) -> TypeId) -> TypeUse {
    let ty = expanded(table, ty);
    let inner = |ty: &TypeUse| Box::new(replaced(table, ty, to));
    let shape = match &ty.shape {
        Shape::Named(id) => Shape::Named(to(*id)),
        Shape::List(item) => Shape::List(inner(item)),
        Shape::Map(value, key) => Shape::Map(inner(value), key.map(to)),
        Shape::Tuple(items) => Shape::Tuple(items.iter().map(|item| replaced(table, item, to)).collect()),
        Shape::Scalar(_) | Shape::Any => ty.shape.clone(),
    };
    TypeUse { shape, ..ty }
}
