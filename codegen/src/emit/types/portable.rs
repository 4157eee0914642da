//! Finds the types that can be JSON: those that contain no files, directly or through other types.

use std::collections::BTreeSet;

use crate::ir::model::{Extra, Scalar, Shape, TypeDef, TypeId, TypeKind, TypeTable, TypeUse};

/// The types that can be JSON.
pub(in crate::emit) struct Portable {
    others: BTreeSet<TypeId>,
}

impl Portable {
    pub(in crate::emit) fn of(types: &TypeTable) -> Self {
        let mut others = BTreeSet::new();
        loop {
            let before = others.len();
            for (id, definition) in types.iter() {
                if !others.contains(&id) && holds_files(definition, &others) {
                    others.insert(id);
                }
            }
            if others.len() == before {
                return Self { others };
            }
        }
    }

    pub(super) fn contains(&self, id: TypeId) -> bool {
        !self.others.contains(&id)
    }

    /// Whether a use of a type can be JSON.
    pub(in crate::emit) fn allows(&self, ty: &TypeUse) -> bool {
        !is_file(ty, &self.others)
    }
}

fn holds_files(definition: &TypeDef, known: &BTreeSet<TypeId>) -> bool {
    let is_file = |ty: &TypeUse| is_file(ty, known);
    match &definition.kind {
        TypeKind::Struct(fields) => {
            fields.fields.iter().any(|field| is_file(&field.ty))
                || matches!(&fields.extra, Extra::Kept { value, .. } if is_file(value))
        }
        TypeKind::Union(members) => members.variants.iter().any(|variant| is_file(&variant.ty)),
        TypeKind::Newtype(newtype) => is_file(&newtype.inner),
        TypeKind::Alias(target) => is_file(target),
        TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => false,
    }
}

fn is_file(ty: &TypeUse, known: &BTreeSet<TypeId>) -> bool {
    match &ty.shape {
        Shape::Named(id) => known.contains(id),
        Shape::Scalar(scalar) => *scalar == Scalar::Binary,
        Shape::List(item) | Shape::Map(item, _) => is_file(item, known),
        Shape::Tuple(items) => items.iter().any(|item| is_file(item, known)),
        Shape::Any => false,
    }
}
