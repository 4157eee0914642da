//! Decides the meaning of empty text in a form.
//!
//! Browsers send an empty field as empty text, and other clients send empty text for `null`. Empty
//! text is `null` if the property allows `null` and empty text is not one of its values.

use super::OperationBuilder;
use crate::ir::model::{Scalar, Shape, TypeKind, TypeUse};
use crate::limits::EMPTINESS_TYPES;

impl OperationBuilder<'_, '_> {
    /// Whether empty text is `null` for a property of this type.
    pub(super) fn empty_is_null(&self, ty: &TypeUse) -> bool {
        let (mut nullable, mut text) = (false, false);
        let mut open = vec![(ty, true)];
        for _ in 0..EMPTINESS_TYPES {
            let Some((ty, is_whole)) = open.pop() else { break };
            nullable |= ty.nullable && is_whole;
            match &ty.shape {
                Shape::Scalar(Scalar::String | Scalar::Secret | Scalar::Binary | Scalar::Null) | Shape::Any => {
                    text = true;
                }
                Shape::Scalar(_) | Shape::Map(..) | Shape::Tuple(_) => {}
                Shape::List(item) => open.push((item, false)),
                Shape::Named(id) => match &self.types.definition(*id).kind {
                    TypeKind::Enum(values) => text |= values.variants.iter().any(|value| value.wire.is_empty()),
                    TypeKind::Alias(inner) => open.push((inner, is_whole)),
                    TypeKind::Newtype(newtype) => open.push((&newtype.inner, false)),
                    TypeKind::Union(union) => open.extend(union.variants.iter().map(|member| (&member.ty, false))),
                    TypeKind::Struct(_) | TypeKind::IntegerEnum(_) => {}
                },
            }
        }
        nullable && !text
    }
}
