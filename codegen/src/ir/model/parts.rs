//! Lists the documented parts of definitions. Each has a name that is unique in its definition.

use super::{Doc, HeaderGroup, TypeKind};

impl TypeKind {
    /// The documentation of properties, values or members, by JSON name, value or variant.
    pub(crate) fn parts(&self) -> Vec<(String, &Doc)> {
        match self {
            Self::Struct(body) => body.fields.iter().map(|field| (field.wire.clone(), &field.doc)).collect(),
            Self::Enum(body) => body.variants.iter().map(|one| (one.wire.clone(), &one.doc)).collect(),
            Self::IntegerEnum(body) => body.variants.iter().map(|(_, value, doc)| (value.to_string(), doc)).collect(),
            Self::Union(body) => body.variants.iter().map(|one| (one.name.to_string(), &one.doc)).collect(),
            Self::Newtype(_) | Self::Alias(_) => Vec::new(),
        }
    }

    /// [`parts`](Self::parts), mutably.
    pub(crate) fn parts_mut(&mut self) -> Vec<(String, &mut Doc)> {
        match self {
            Self::Struct(body) => body.fields.iter_mut().map(|field| (field.wire.clone(), &mut field.doc)).collect(),
            Self::Enum(body) => body.variants.iter_mut().map(|one| (one.wire.clone(), &mut one.doc)).collect(),
            Self::IntegerEnum(body) => {
                body.variants.iter_mut().map(|(_, value, doc)| (value.to_string(), doc)).collect()
            }
            Self::Union(body) => body.variants.iter_mut().map(|one| (one.name.to_string(), &mut one.doc)).collect(),
            Self::Newtype(_) | Self::Alias(_) => Vec::new(),
        }
    }
}

impl HeaderGroup {
    /// The documentation of the headers, by name on the wire.
    pub(crate) fn parts(&self) -> Vec<(String, &Doc)> {
        self.headers.iter().map(|header| (header.wire.clone(), &header.doc)).collect()
    }

    /// [`parts`](Self::parts), mutably.
    pub(crate) fn parts_mut(&mut self) -> Vec<(String, &mut Doc)> {
        self.headers.iter_mut().map(|header| (header.wire.clone(), &mut header.doc)).collect()
    }
}
