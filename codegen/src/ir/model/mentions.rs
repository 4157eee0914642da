//! Lists the types that a type mentions.

use super::{Extra, Shape, TypeId, TypeKind, TypeUse};

impl TypeUse {
    /// Adds the types that the use mentions, including those in lists, maps and tuples.
    pub(crate) fn mentions(&self, ids: &mut Vec<TypeId>) {
        let mut open = vec![self];
        while let Some(ty) = open.pop() {
            match &ty.shape {
                Shape::Named(id) => ids.push(*id),
                Shape::List(inner) | Shape::Map(inner) => open.push(inner),
                Shape::Tuple(items) => open.extend(items.iter().rev()),
                Shape::Scalar(_) | Shape::Any => {}
            }
        }
    }
}

impl TypeKind {
    /// The types that a definition mentions.
    pub(crate) fn mentions(&self) -> Vec<TypeId> {
        let mut ids = Vec::new();
        match self {
            Self::Struct(object) => {
                object.fields.iter().for_each(|field| field.ty.mentions(&mut ids));
                if let Extra::Kept { value, .. } = &object.extra {
                    value.mentions(&mut ids);
                }
            }
            Self::Union(union) => union.variants.iter().for_each(|variant| variant.ty.mentions(&mut ids)),
            Self::Newtype(newtype) => newtype.inner.mentions(&mut ids),
            Self::Alias(ty) => ty.mentions(&mut ids),
            Self::Enum(_) | Self::IntegerEnum(_) => {}
        }
        ids
    }
}
