//! Prints how values of request types are validated against the document. Types without constraints
//! share one macro call.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{rules, scope};
use crate::emit::Scope;
use crate::ir::model::{
    Api, Extra, Field, Newtype, Presence, Rules, Scalar, Shape, Struct, TypeDef, TypeId, TypeKind, TypeUse, Union,
};

/// Nested shapes are followed this far; cycles in the IR go through names.
const DEPTH: usize = 64;

/// Types of requests that are no alias: shared ones instead of those of their places.
pub(super) fn validated(api: &Api) -> Vec<TypeId> {
    let types = api.types.iter().filter(|(_, definition)| definition.usage.request);
    distinct(api, types.map(|(id, _)| id))
}

/// The types that can implement a trait among some types and those that they share, each once.
pub(super) fn distinct(api: &Api, ids: impl Iterator<Item = TypeId>) -> Vec<TypeId> {
    let scope = scope(api);
    let mut seen = BTreeSet::new();
    let own = ids.filter(|id| is_own(api, *id)).map(|id| scope.distinct(id));
    own.filter(|id| seen.insert(*id)).collect()
}

/// Whether any of these types is shared by several places.
pub(super) fn has_shared(api: &Api, ids: &[TypeId]) -> bool {
    ids.iter().any(|id| api.types.is_shared(*id))
}

/// Whether a type can implement a trait, as an alias cannot.
fn is_own(api: &Api, id: TypeId) -> bool {
    !matches!(api.types.get(id).kind, TypeKind::Alias(_))
}

/// `specwright_runtime::unconstrained!(types { AppId, UserId });`
pub(super) fn unconstrained(api: &Api, constrained: &ConstrainedTypes, ids: &[TypeId]) -> TokenStream {
    let scope = scope(api);
    let is_unconstrained = |id: &&TypeId| body(constrained, scope, api.types.get(**id)).is_empty();
    let (shared, own): (Vec<&TypeId>, Vec<&TypeId>) =
        ids.iter().filter(is_unconstrained).partition(|id| api.types.is_shared(**id));
    let listed = [(quote!(types), own), (quote!(shared), shared)];
    let lists = listed.into_iter().filter(|(_, ids)| !ids.is_empty()).map(|(module, ids)| {
        let names = ids.into_iter().map(|id| &api.types.get(*id).name);
        quote!(specwright_runtime::unconstrained! { #module { #(#names,)* } })
    });
    lists.collect()
}

/// `impl validation::Validate for types::Pet { … }`; nothing for a type without constraints.
pub(super) fn implementation(api: &Api, constrained: &ConstrainedTypes, id: TypeId) -> TokenStream {
    let scope = scope(api);
    let definition = api.types.get(id);
    let validator = body(constrained, scope, definition);
    let name = scope.named(id);
    if validator.is_empty() {
        return TokenStream::new();
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
    let own = rules::of(scope, &field.ty);
    if own.is_none() && !constrained.has_constraints(&field.ty) {
        return None;
    }
    let rules = rules::or_none(own);
    Some(quote!(validator.field(#wire, &self.#name, #rules);))
}

/// Only forms contain files, and a form counts its parts itself.
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
            let own = rules::of(scope, value);
            if patterns.is_empty() && own.is_none() && !constrained.has_constraints(value) {
                return None;
            }
            let rules = rules::or_none(own);
            Some(quote!(validator.rest(&self.#name, &[#(#patterns),*], #rules);))
        }
    }
}

/// `minProperties` and `maxProperties`, over the properties that are present.
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

/// Values that the document does not list.
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
    let mut has_constraints = false;
    let arms: Vec<TokenStream> = union
        .variants
        .iter()
        .map(|variant| {
            let name = &variant.name;
            let own = rules::of(scope, &variant.ty);
            if own.is_none() && !constrained.has_constraints(&variant.ty) {
                return quote!(Self::#name(_) => {});
            }
            has_constraints = true;
            let rules = rules::or_none(own);
            quote!(Self::#name(value) => validation::Validate::validate(value, #rules, validator),)
        })
        .collect();
    if has_constraints { quote!(match self { #(#arms)* }) } else { TokenStream::new() }
}

fn inner(constrained: &ConstrainedTypes, scope: Scope<'_>, newtype: &Newtype) -> TokenStream {
    let inner = &newtype.inner;
    let is_scalar = matches!(scope.resolved(&inner.shape), Shape::Scalar(_));
    let is_string = matches!(scope.resolved(&inner.shape), Shape::Scalar(Scalar::String));
    let value = if is_string { quote!(self.as_str()) } else { quote!(self.get()) };
    if is_scalar && !inner.rules.is_empty() {
        return quote!(validation::Validate::validate(#value, Self::CONSTRAINTS, validator););
    }
    let own = rules::of(scope, inner);
    if own.is_none() && !constrained.has_constraints(inner) {
        return TokenStream::new();
    }
    let rules = rules::or_none(own);
    quote!(validation::Validate::validate(#value, #rules, validator);)
}

/// Types whose values have constraints beyond their shape.
pub(super) struct ConstrainedTypes(BTreeSet<TypeId>);

impl ConstrainedTypes {
    /// Fixed point over all types, so cycles terminate.
    pub(super) fn of(api: &Api) -> Self {
        let mut constrained = Self(BTreeSet::new());
        loop {
            let found: Vec<TypeId> = api
                .types
                .all()
                .filter(|(id, definition)| {
                    !constrained.0.contains(id) && constrained.definition_has_constraints(definition)
                })
                .map(|(id, _)| id)
                .collect();
            if found.is_empty() {
                return constrained;
            }
            constrained.0.extend(found);
        }
    }

    fn definition_has_constraints(&self, definition: &TypeDef) -> bool {
        match &definition.kind {
            TypeKind::Struct(structure) => {
                !structure.rules.is_empty()
                    || structure.fields.iter().any(|field| self.has_constraints(&field.ty))
                    || match &structure.extra {
                        Extra::Ignored => false,
                        Extra::Denied => true,
                        Extra::Kept { value, patterns, .. } => !patterns.is_empty() || self.has_constraints(value),
                    }
            }
            TypeKind::Enum(values) => values.open,
            TypeKind::IntegerEnum(values) => values.open,
            TypeKind::Union(union) => union.variants.iter().any(|variant| self.has_constraints(&variant.ty)),
            TypeKind::Newtype(newtype) => self.has_constraints(&newtype.inner),
            TypeKind::Alias(target) => self.has_constraints(target),
        }
    }

    /// Whether a use has constraints beyond its shape.
    fn has_constraints(&self, ty: &TypeUse) -> bool {
        self.has_constraints_within(ty, DEPTH)
    }

    fn has_constraints_within(&self, ty: &TypeUse, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return true };
        if ty.rules != Rules::default() {
            return true;
        }
        match &ty.shape {
            Shape::Named(id) => self.0.contains(id),
            Shape::Scalar(scalar) => matches!(scalar, Scalar::Text(_) | Scalar::Never),
            Shape::List(part) | Shape::Map(part) => self.has_constraints_within(part, depth),
            Shape::Tuple(parts) => parts.iter().any(|part| self.has_constraints_within(part, depth)),
            Shape::Any => false,
        }
    }
}
