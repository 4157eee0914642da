//! Prints how values of request types are validated against the document; types of which the shape says everything get an empty impl.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{rules, scope};
use crate::emit::Scope;
use crate::ir::model::{
    Api, Extra, Field, Newtype, Presence, Rules, Scalar, Shape, Struct, TypeDef, TypeId, TypeKind, TypeUse, Union,
};

/// Shapes within shapes are followed this far; the IR breaks cycles by names.
const DEPTH: usize = 64;

/// Types that travel in requests and are types of their own.
pub(super) fn validated(api: &Api) -> Vec<TypeId> {
    let types = api.types.iter().filter(|(_, definition)| definition.usage.request);
    types.map(|(id, _)| id).filter(|id| is_own(api, *id)).collect()
}

/// Whether a type is one of its own, which can be validated.
pub(super) fn is_own(api: &Api, id: TypeId) -> bool {
    !matches!(api.types.get(id).kind, TypeKind::Alias(_))
}

/// `impl validation::Validate for types::Pet { … }`
pub(super) fn implementation(api: &Api, constrained: &ConstrainedTypes, id: TypeId) -> TokenStream {
    let scope = scope(api);
    let definition = api.types.get(id);
    let validator = body(constrained, scope, definition);
    let name = scope.named(id);
    if validator.is_empty() {
        return quote!(impl validation::Validate for #name {});
    }
    quote! {
        impl validation::Validate for #name {
            fn validate(&self, _: &'static validation::Constraints, validator: &mut validation::Validator<'_>) {
                #validator
            }
        }
    }
}

fn body(constrained: &ConstrainedTypes, scope: Scope<'_>, definition: &TypeDef) -> TokenStream {
    match &definition.kind {
        TypeKind::Struct(structure) => object(constrained, scope, structure),
        TypeKind::Enum(values) => unknown(values.open),
        TypeKind::IntegerEnum(values) => unknown(values.open),
        TypeKind::Union(union) => members(constrained, scope, union),
        TypeKind::Newtype(newtype) => inner(constrained, scope, newtype),
        TypeKind::Alias(_) => TokenStream::new(),
    }
}

fn object(constrained: &ConstrainedTypes, scope: Scope<'_>, structure: &Struct) -> TokenStream {
    let count = (!structure.rules.is_empty()).then(|| count(scope, structure));
    let fields: Vec<TokenStream> = structure.fields.iter().filter_map(|one| field(constrained, scope, one)).collect();
    let extra = extra(constrained, scope, structure);
    quote!(#count #(#fields)* #extra)
}

fn field(constrained: &ConstrainedTypes, scope: Scope<'_>, field: &Field) -> Option<TokenStream> {
    let (name, wire) = (&field.name, &field.wire);
    if holds_file(scope, &field.ty) {
        return None;
    }
    let asked = rules::of(scope, &field.ty);
    if asked.is_none() && !constrained.asks(&field.ty) {
        return None;
    }
    let asked = rules::or_none(asked);
    Some(quote!(validator.field(#wire, &self.#name, #asked);))
}

/// Files are no JSON: only forms have them, and a form counts its parts itself.
fn holds_file(scope: Scope<'_>, ty: &TypeUse) -> bool {
    let mut shape = scope.resolved(&ty.shape);
    for _ in 0..DEPTH {
        match shape {
            Shape::Scalar(Scalar::Binary) => return true,
            Shape::List(part) | Shape::Map(part) => shape = scope.resolved(&part.shape),
            _ => return false,
        }
    }
    false
}

fn extra(constrained: &ConstrainedTypes, scope: Scope<'_>, structure: &Struct) -> Option<TokenStream> {
    match &structure.extra {
        Extra::Ignored => None,
        Extra::Denied => {
            let known = structure.fields.iter().map(|field| &field.wire);
            Some(quote!(validator.closed(&[#(#known),*]);))
        }
        Extra::Kept { name, value, patterns } => {
            let asked = rules::of(scope, value);
            if patterns.is_empty() && asked.is_none() && !constrained.asks(value) {
                return None;
            }
            let asked = rules::or_none(asked);
            Some(quote!(validator.rest(&self.#name, &[#(#patterns),*], #asked);))
        }
    }
}

/// `minProperties` and `maxProperties`, of the properties that are there.
fn count(scope: Scope<'_>, structure: &Struct) -> TokenStream {
    let rules = rules::plain(&structure.rules);
    let required = structure.fields.iter().filter(|field| field.presence == Presence::Required).count();
    let required = proc_macro2::Literal::usize_unsuffixed(required);
    let optional = structure.fields.iter().filter(|field| field.presence == Presence::Optional).map(|field| {
        let name = &field.name;
        if scope.is_nullable(&field.ty) {
            quote!(usize::from(!self.#name.is_absent()))
        } else {
            quote!(usize::from(self.#name.is_some()))
        }
    });
    let rest = match &structure.extra {
        Extra::Kept { name, .. } => Some(quote!(self.#name.len())),
        Extra::Ignored | Extra::Denied => None,
    };
    let terms: Vec<TokenStream> = optional.chain(rest).collect();
    let has_required = structure.fields.iter().any(|field| field.presence == Presence::Required);
    let required = (has_required || terms.is_empty()).then(|| quote!(#required));
    let terms = required.into_iter().chain(terms);
    quote!(validator.count(#(#terms)+*, #rules);)
}

/// Values that the document does not name.
fn unknown(is_open: bool) -> TokenStream {
    if !is_open {
        return TokenStream::new();
    }
    quote! {
        if let Self::Unknown(value) = self {
            validator.unknown(value, Self::ALL);
        }
    }
}

fn members(constrained: &ConstrainedTypes, scope: Scope<'_>, union: &Union) -> TokenStream {
    let mut asks = false;
    let arms: Vec<TokenStream> = union
        .variants
        .iter()
        .map(|variant| {
            let name = &variant.name;
            let asked = rules::of(scope, &variant.ty);
            if asked.is_none() && !constrained.asks(&variant.ty) {
                return quote!(Self::#name(_) => {});
            }
            asks = true;
            let asked = rules::or_none(asked);
            quote!(Self::#name(value) => validation::Validate::validate(value, #asked, validator),)
        })
        .collect();
    if asks { quote!(match self { #(#arms)* }) } else { TokenStream::new() }
}

fn inner(constrained: &ConstrainedTypes, scope: Scope<'_>, newtype: &Newtype) -> TokenStream {
    let inner = &newtype.inner;
    let is_scalar = matches!(scope.resolved(&inner.shape), Shape::Scalar(_));
    let is_string = matches!(scope.resolved(&inner.shape), Shape::Scalar(Scalar::String));
    let value = if is_string { quote!(self.as_str()) } else { quote!(self.get()) };
    if is_scalar && !inner.rules.is_empty() {
        return quote!(validation::Validate::validate(#value, Self::CONSTRAINTS, validator););
    }
    let asked = rules::of(scope, inner);
    if asked.is_none() && !constrained.asks(inner) {
        return TokenStream::new();
    }
    let asked = rules::or_none(asked);
    quote!(validation::Validate::validate(#value, #asked, validator);)
}

/// Types of which the shape does not say everything.
pub(super) struct ConstrainedTypes(BTreeSet<TypeId>);

impl ConstrainedTypes {
    /// Found by going over all types until nothing is added: cycles are no obstacle.
    pub(super) fn of(api: &Api) -> Self {
        let mut constrained = Self(BTreeSet::new());
        loop {
            let found: Vec<TypeId> = api
                .types
                .iter()
                .filter(|(id, definition)| !constrained.0.contains(id) && constrained.definition_asks(definition))
                .map(|(id, _)| id)
                .collect();
            if found.is_empty() {
                return constrained;
            }
            constrained.0.extend(found);
        }
    }

    fn definition_asks(&self, definition: &TypeDef) -> bool {
        match &definition.kind {
            TypeKind::Struct(structure) => {
                !structure.rules.is_empty()
                    || structure.fields.iter().any(|field| self.asks(&field.ty))
                    || match &structure.extra {
                        Extra::Ignored => false,
                        Extra::Denied => true,
                        Extra::Kept { value, patterns, .. } => !patterns.is_empty() || self.asks(value),
                    }
            }
            TypeKind::Enum(values) => values.open,
            TypeKind::IntegerEnum(values) => values.open,
            TypeKind::Union(union) => union.variants.iter().any(|variant| self.asks(&variant.ty)),
            TypeKind::Newtype(newtype) => self.asks(&newtype.inner),
            TypeKind::Alias(target) => self.asks(target),
        }
    }

    /// Whether a use asks for more than its shape.
    fn asks(&self, ty: &TypeUse) -> bool {
        self.asks_within(ty, DEPTH)
    }

    fn asks_within(&self, ty: &TypeUse, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return true };
        if ty.rules != Rules::default() {
            return true;
        }
        match &ty.shape {
            Shape::Named(id) => self.0.contains(id),
            Shape::Scalar(scalar) => matches!(scalar, Scalar::Text(_) | Scalar::Never),
            Shape::List(part) | Shape::Map(part) => self.asks_within(part, depth),
            Shape::Tuple(parts) => parts.iter().any(|part| self.asks_within(part, depth)),
            Shape::Any => false,
        }
    }
}
