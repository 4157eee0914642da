//! Prints a type where it is used. For example, `TypeUse { shape: List(String), nullable: true }`
//! becomes `Option<Vec<String>>`.
//!
//! **Invariant:** an alias never includes `null`. Each use prints whether `null` is a value, so
//! that an optional field can distinguish it from absence.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::model::{Field, Format, IntegerKind, Presence, Scalar, Shape, TypeId, TypeTable, TypeUse};
use crate::limits::ALIAS_CHAIN;

/// The module for which tokens are printed. It decides how generated types are named.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    types: &'a TypeTable,
    module: Module,
}

#[derive(Clone, Copy)]
enum Module {
    Types,
    Shared,
    Sibling,
}

/// How a field represents an absent or null value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    /// `T`: there always is a value.
    Never,
    /// `Option<T>` that is always written; `None` is `null`.
    Null,
    /// `Option<T>` that is left out when `None`.
    Absent,
    /// `Option<serde_json::Value>` or `Option<Null>` that is left out when `None`; `null` is a value.
    AbsentAny,
    /// `MaybeAbsent<T>`.
    AbsentOrNull,
}

impl<'a> Scope<'a> {
    /// Inside `types.rs`: a generated type is `Foo`.
    #[must_use]
    pub fn types(types: &'a TypeTable) -> Self {
        Self { types, module: Module::Types }
    }

    /// Inside `shared.rs`: a shared type is `Foo`, any other `types::Foo`.
    #[must_use]
    pub fn shared(types: &'a TypeTable) -> Self {
        Self { types, module: Module::Shared }
    }

    /// In a module next to `types.rs` that has `use super::types;`: a generated type is
    /// `types::Foo`.
    #[must_use]
    pub fn beside(types: &'a TypeTable) -> Self {
        Self { types, module: Module::Sibling }
    }

    /// The types that are being named.
    #[must_use]
    pub fn table(self) -> &'a TypeTable {
        self.types
    }

    /// Whether tokens are printed inside `shared.rs`.
    pub(crate) fn is_shared_module(self) -> bool {
        matches!(self.module, Module::Shared)
    }

    /// `Foo`, `types::Foo` or `shared::Foo`.
    #[must_use]
    pub fn named(self, id: TypeId) -> TokenStream {
        let name = &self.types.get(id).name;
        match (self.module, self.types.is_shared(id)) {
            (Module::Types, false) | (Module::Shared, true) => quote!(#name),
            (Module::Shared | Module::Sibling, false) => quote!(types::#name),
            (Module::Types | Module::Sibling, true) => quote!(shared::#name),
        }
    }

    /// `specwright_runtime::Events<Foo>`, for the type of an event.
    pub(crate) fn events(self, ty: &TypeUse) -> TokenStream {
        let item = self.ty(ty);
        let form = self.types.is_by_name(ty).then(|| quote!(, specwright_runtime::ByName));
        quote!(specwright_runtime::Events<#item #form>)
    }

    /// A link to a type in documentation. It is a full path, because an import of a module that
    /// only documentation mentions would be unused.
    pub(crate) fn link(self, id: TypeId) -> String {
        let name = &self.types.get(id).name;
        match (self.module, self.types.is_shared(id)) {
            (Module::Types, false) | (Module::Shared, true) => format!("[`{name}`]"),
            (Module::Shared | Module::Sibling, false) => format!("[`{name}`](super::types::{name})"),
            (Module::Types | Module::Sibling, true) => format!("[`{name}`](super::shared::{name})"),
        }
    }

    /// The type that identifies an impl: the shared definition of an alias, or else the type
    /// itself.
    pub(crate) fn distinct(self, id: TypeId) -> TypeId {
        self.types.get(id).shared.unwrap_or(id)
    }

    /// A type with its `Option` where `null` is a value.
    #[must_use]
    pub fn ty(self, ty: &TypeUse) -> TokenStream {
        let shape = self.shape(&ty.shape);
        if self.is_nullable(ty) { quote!(Option<#shape>) } else { shape }
    }

    /// A type without `null`.
    #[must_use]
    pub fn shape(self, shape: &Shape) -> TokenStream {
        match shape {
            Shape::Named(id) => self.named(*id),
            Shape::Scalar(scalar) => self.scalar(*scalar),
            Shape::List(item) => {
                let item = self.ty(item);
                quote!(Vec<#item>)
            }
            Shape::Map(value, key) => {
                let value = self.ty(value);
                let (map, key) = (self.map(), self.key(*key));
                quote!(#map<#key, #value>)
            }
            Shape::Tuple(items) => {
                let items = items.iter().map(|item| self.ty(item));
                quote!((#(#items,)*))
            }
            Shape::Any => quote!(serde_json::Value),
        }
    }

    /// The type of the keys of a map.
    fn key(self, key: Option<TypeId>) -> TokenStream {
        key.map_or_else(|| quote!(String), |key| self.named(key))
    }

    /// The type of a scalar.
    #[must_use]
    pub fn scalar(self, scalar: Scalar) -> TokenStream {
        match scalar {
            Scalar::Foreign(id) => {
                let foreign = self.types.foreign(id);
                foreign.and_then(|foreign| foreign.path.parse().ok()).unwrap_or_else(|| quote!(serde_json::Value))
            }
            own => own_scalar(own),
        }
    }

    /// A type in which aliases are replaced by their targets, so that equal types are equal tokens.
    #[must_use]
    pub fn expanded(self, ty: &TypeUse) -> TokenStream {
        self.expanded_within(ty, ALIAS_CHAIN)
    }

    fn expanded_within(self, ty: &TypeUse, depth: usize) -> TokenStream {
        let Some(depth) = depth.checked_sub(1) else { return self.ty(ty) };
        let shape = match self.resolved(&ty.shape) {
            Shape::List(item) => {
                let item = self.expanded_within(item, depth);
                quote!(Vec<#item>)
            }
            Shape::Map(value, key) => {
                let (map, value) = (self.map(), self.expanded_within(value, depth));
                let key = self.key(key.map(|key| self.distinct(key)));
                quote!(#map<#key, #value>)
            }
            Shape::Tuple(items) => {
                let items = items.iter().map(|item| self.expanded_within(item, depth));
                quote!((#(#items,)*))
            }
            Shape::Named(id) => self.named(self.distinct(*id)),
            shape => self.shape(shape),
        };
        if self.is_nullable(ty) { quote!(Option<#shape>) } else { shape }
    }

    /// The type of a struct's field, with `Box`, `Option` or `MaybeAbsent` as its presence
    /// requires.
    #[must_use]
    pub fn field(self, field: &Field) -> TokenStream {
        let shape = self.shape(&field.ty.shape);
        let value = if field.boxed { quote!(Box<#shape>) } else { shape };
        match self.absence(field) {
            Absence::Never => value,
            Absence::Null | Absence::Absent | Absence::AbsentAny => quote!(Option<#value>),
            Absence::AbsentOrNull => quote!(specwright_runtime::MaybeAbsent<#value>),
        }
    }

    /// How a field represents an absent or null value.
    pub(crate) fn absence(self, field: &Field) -> Absence {
        let any = matches!(self.resolved(&field.ty.shape), Shape::Any | Shape::Scalar(Scalar::Null));
        match (field.presence, self.is_nullable(&field.ty)) {
            (Presence::Required, false) => Absence::Never,
            (Presence::Required, true) => Absence::Null,
            (Presence::Optional, false) if any => Absence::AbsentAny,
            (Presence::Optional, false) => Absence::Absent,
            (Presence::Optional, true) => Absence::AbsentOrNull,
        }
    }

    /// Whether `null` is a value in addition to those of the shape. Any JSON already includes it.
    #[must_use]
    pub fn is_nullable(self, ty: &TypeUse) -> bool {
        self.types.is_nullable(ty)
    }

    /// The shape behind any aliases.
    #[must_use]
    pub fn resolved<'s>(self, shape: &'s Shape) -> &'s Shape
    where
        'a: 's,
    {
        self.types.resolved(shape)
    }

    fn map(self) -> TokenStream {
        match self.module {
            Module::Types | Module::Shared => quote!(BTreeMap),
            Module::Sibling => quote!(std::collections::BTreeMap),
        }
    }
}

/// The type of a scalar of our own.
fn own_scalar(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::Integer(kind) => integer_type(kind),
        Scalar::Float64 => quote!(f64),
        Scalar::String => quote!(String),
        Scalar::Text(format) => format_type(format),
        Scalar::Secret => quote!(specwright_runtime::Secret),
        Scalar::Binary => quote!(specwright_runtime::File),
        Scalar::Null => quote!(specwright_runtime::Null),
        Scalar::Never => quote!(specwright_runtime::Never),
        Scalar::Foreign(_) => quote!(serde_json::Value),
    }
}

fn integer_type(kind: IntegerKind) -> TokenStream {
    match kind {
        IntegerKind::I8 => quote!(i8),
        IntegerKind::I16 => quote!(i16),
        IntegerKind::I32 => quote!(i32),
        IntegerKind::I64 => quote!(i64),
        IntegerKind::I128 => quote!(i128),
        IntegerKind::U8 => quote!(u8),
        IntegerKind::U16 => quote!(u16),
        IntegerKind::U32 => quote!(u32),
        IntegerKind::U64 => quote!(u64),
        IntegerKind::U128 => quote!(u128),
    }
}

fn format_type(format: Format) -> TokenStream {
    match format {
        Format::DateTime => quote!(specwright_runtime::DateTime),
        Format::Date => quote!(specwright_runtime::Date),
        Format::Time => quote!(specwright_runtime::Time),
        Format::Duration => quote!(specwright_runtime::Duration),
        Format::Uuid => quote!(specwright_runtime::Uuid),
        Format::Uri => quote!(specwright_runtime::Uri),
        Format::Email => quote!(specwright_runtime::Email),
        Format::Ipv4 => quote!(specwright_runtime::Ipv4),
        Format::Ipv6 => quote!(specwright_runtime::Ipv6),
        Format::Decimal => quote!(specwright_runtime::Decimal),
        Format::Byte => quote!(specwright_runtime::Base64),
    }
}

/// A type as a person would write it. Tokens are printed with spaces between them.
pub(crate) fn source(ty: &TokenStream) -> String {
    ty.to_string().replace(" :: ", "::").replace(" < ", "<").replace(" >", ">").replace(" ,", ",")
}
