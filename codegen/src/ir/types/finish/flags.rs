//! Decides which types derive `Eq` and `Hash`, and which have a default.

use crate::ir::model::{Extra, Presence, Scalar, Shape, TypeDef, TypeId, TypeKind, TypeTable, TypeUse};

/// Sets `default` and `eq` of every definition.
pub(super) fn set(table: &mut TypeTable) {
    set_eq(table);
    for definition in &mut table.definitions {
        definition.default = has_default(definition);
    }
}

fn has_default(definition: &TypeDef) -> bool {
    match &definition.kind {
        TypeKind::Struct(object) => {
            object.fields.iter().all(|field| field.presence == Presence::Optional || field.constant.is_some())
        }
        TypeKind::Enum(values) => values.default.is_some() || values.only().is_some(),
        _ => false,
    }
}

/// A type has `Eq` unless it reaches a float, any JSON, bytes, or a type of another crate.
fn set_eq(table: &mut TypeTable) {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); table.definitions.len()];
    let mut without = Vec::new();
    for (index, definition) in table.definitions.iter().enumerate() {
        for TypeId(used) in definition.kind.mentions() {
            if let Some(users) = users.get_mut(used as usize) {
                users.push(index);
            }
        }
        if uses(&definition.kind).into_iter().any(is_inexact) {
            without.push(index);
        }
    }
    for definition in &mut table.definitions {
        definition.eq = true;
    }
    while let Some(index) = without.pop() {
        if let Some(definition) = table.definitions.get_mut(index).filter(|definition| definition.eq) {
            definition.eq = false;
            without.extend(users.get_mut(index).map(std::mem::take).unwrap_or_default());
        }
    }
}

fn uses(kind: &TypeKind) -> Vec<&TypeUse> {
    match kind {
        TypeKind::Struct(object) => {
            let extra = match &object.extra {
                Extra::Kept { value, .. } => Some(value.as_ref()),
                Extra::Ignored | Extra::Denied => None,
            };
            object.fields.iter().map(|field| &field.ty).chain(extra).collect()
        }
        TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::Newtype(newtype) => vec![&newtype.inner],
        TypeKind::Alias(ty) => vec![ty],
        TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    }
}

fn is_inexact(ty: &TypeUse) -> bool {
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        match &ty.shape {
            Shape::Any | Shape::Scalar(Scalar::Float64 | Scalar::Secret | Scalar::Binary) => {
                return true;
            }
            Shape::Scalar(Scalar::Foreign(_)) => return true,
            Shape::List(inner) | Shape::Map(inner, _) => open.push(inner),
            Shape::Tuple(items) => open.extend(items),
            Shape::Named(_) | Shape::Scalar(_) => {}
        }
    }
    false
}
