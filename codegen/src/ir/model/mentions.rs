//! Lists the types that a type or an operation mentions.

use std::collections::BTreeSet;

use super::{Api, BodyKind, Extra, Operation, ResponseBody, Shape, TypeId, TypeKind, TypeTable, TypeUse};

impl TypeUse {
    /// Adds the types that the use mentions, including those in lists, maps and tuples.
    pub(crate) fn mentions(&self, ids: &mut Vec<TypeId>) {
        let mut open = vec![self];
        while let Some(ty) = open.pop() {
            match &ty.shape {
                Shape::Named(id) => ids.push(*id),
                Shape::List(inner) => open.push(inner),
                Shape::Map(inner, key) => {
                    ids.extend(key);
                    open.push(inner);
                }
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

impl TypeTable {
    /// These types, and all that they mention in turn.
    pub(crate) fn reached(&self, open: Vec<TypeId>) -> BTreeSet<TypeId> {
        self.reached_as(open, |id| id)
    }

    /// As [`reached`](Self::reached), with the representative of each.
    pub(crate) fn reached_as(
        &self,
        mut open: Vec<TypeId>,
        representative: impl Fn(TypeId) -> TypeId,
    ) -> BTreeSet<TypeId> {
        let mut reached = BTreeSet::new();
        while let Some(id) = open.pop() {
            let id = representative(id);
            if reached.insert(id) {
                open.extend(self.get(id).kind.mentions());
            }
        }
        reached
    }
}

impl Api {
    /// The types that an operation mentions, those of headers included.
    pub(crate) fn mentioned_by(&self, operation: &Operation) -> Vec<TypeId> {
        let mut ids = operation.mentions();
        let groups = operation.header_groups().into_iter().filter_map(|index| self.header_groups.get(index));
        groups.flat_map(|group| &group.headers).for_each(|header| header.ty.mentions(&mut ids));
        ids
    }
}

impl Operation {
    /// The types of its parameters, bodies and responses, but not those of headers.
    pub(crate) fn mentions(&self) -> Vec<TypeId> {
        let mut ids = self.request_mentions();
        for outcome in self.responses.success.iter().chain(&self.responses.error) {
            match &outcome.body {
                ResponseBody::Json(ty)
                | ResponseBody::Text(ty)
                | ResponseBody::Form(ty)
                | ResponseBody::Events(ty)
                | ResponseBody::Lines(ty) => ty.mentions(&mut ids),
                ResponseBody::Empty | ResponseBody::Bytes | ResponseBody::Stream => {}
            }
        }
        ids
    }

    /// The types of its parameters and bodies.
    pub(crate) fn request_mentions(&self) -> Vec<TypeId> {
        let mut ids = Vec::new();
        self.parameters.iter().for_each(|parameter| parameter.ty.mentions(&mut ids));
        for content in self.body.iter().flat_map(|body| &body.contents) {
            match &content.kind {
                BodyKind::Json(ty)
                | BodyKind::Form { ty, .. }
                | BodyKind::Text(ty)
                | BodyKind::Lines(ty)
                | BodyKind::Events(ty) => ty.mentions(&mut ids),
                BodyKind::Multipart { ty, .. } => ids.push(*ty),
                BodyKind::Binary => {}
            }
        }
        ids
    }

    /// The groups of headers of its responses and of the parts of its bodies, by index.
    pub(crate) fn header_groups(&self) -> Vec<usize> {
        let of_responses =
            self.responses.success.iter().chain(&self.responses.error).filter_map(|outcome| outcome.headers);
        let contents = self.body.iter().flat_map(|body| &body.contents);
        let parts = contents.flat_map(|content| match &content.kind {
            BodyKind::Multipart { parts, .. } => parts.as_slice(),
            _ => &[],
        });
        of_responses.chain(parts.filter_map(|part| part.headers)).collect()
    }
}
