//! Prints how values of request types are validated against the document. Types without constraints
//! share one macro call.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::constrained_types::ConstrainedTypes;
use super::{constraints, scope};
use crate::emit::Scope;
use crate::emit::constraints::assertions;
use crate::ir::model::{
    Api, Constraints, Extra, Field, Newtype, Otherwise, Presence, Scalar, Shape, Struct, Tagging, TypeId, TypeKind,
    TypeUse, Union,
};
use crate::limits::SHAPE_DEPTH;

/// Types of requests that are not aliases. Shared types replace the aliases of their places.
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
    let is_unconstrained = |id: &&TypeId| body(constrained, scope, **id).is_empty();
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
    let validator = body(constrained, scope, id);
    let name = scope.named(id);
    if validator.is_empty() {
        return TokenStream::new();
    }
    // Those for scalars concern the members of a union that are some, but no object.
    let is_object = matches!(api.types.get(id).kind, TypeKind::Struct(_));
    let uses = if is_object { constrained.is_asserted(id) } else { constrained.is_narrowed(id) };
    let constraints = if uses { quote!(constraints) } else { quote!(_) };
    quote! {
        impl validation::Validate for #name {
            fn validate(&self, #constraints: &'static validation::Constraints, validator: &mut validation::Validator<'_>) {
                #validator
            }
        }
    }
}

fn body(constrained: &ConstrainedTypes, scope: Scope<'_>, id: TypeId) -> TokenStream {
    // Constraints that a use adds to a named value.
    let narrowed = |value: TokenStream| {
        constrained.is_narrowed(id).then(|| quote!(validation::Validate::validate(#value, constraints, validator);))
    };
    let definition = scope.table().get(id);
    let asserted = (!definition.assertions.is_empty()).then(|| {
        let assertions = assertions(&definition.assertions, &quote!(validation));
        quote!(validator.assert(self, #assertions);)
    });
    let checks = match &definition.kind {
        TypeKind::Struct(structure) => object(constrained, scope, structure, constrained.is_asserted(id)),
        TypeKind::Enum(values) => {
            let (own, added) = (unknown(values.open && !values.extensible), narrowed(quote!(self.as_str())));
            quote!(#own #added)
        }
        TypeKind::IntegerEnum(values) => {
            let (own, added) = (unknown(values.open), narrowed(quote!(&self.value())));
            quote!(#own #added)
        }
        TypeKind::Union(union) => members(constrained, scope, union, constrained.is_narrowed(id)),
        TypeKind::Newtype(newtype) => {
            let (own, added) = (inner(constrained, scope, newtype), narrowed(wrapped(scope, newtype)));
            quote!(#own #added)
        }
        TypeKind::Alias(_) => TokenStream::new(),
    };
    quote!(#asserted #checks)
}

/// `asserted` says whether some use adds constraints to the object.
fn object(constrained: &ConstrainedTypes, scope: Scope<'_>, structure: &Struct, asserted: bool) -> TokenStream {
    let constraints = &structure.constraints;
    let counts = constraints.min_properties.is_some() || constraints.max_properties.is_some();
    let count = counts.then(|| count(scope, structure, &constraints::plain(constraints)));
    let added = asserted.then(|| {
        let count = self::count(scope, structure, &quote!(constraints));
        quote!(#count validator.assert(self, constraints.assertions);)
    });
    let allowed = (!constraints.allowed.is_empty()).then(|| {
        let allowed =
            constraints::plain(&Constraints { allowed: constraints.allowed.clone(), ..Constraints::default() });
        quote!(validator.allowed(self, #allowed);)
    });
    let fields: Vec<TokenStream> = structure.fields.iter().filter_map(|one| field(constrained, scope, one)).collect();
    let extra = extra(constrained, scope, structure);
    quote!(#count #added #allowed #(#fields)* #extra)
}

fn field(constrained: &ConstrainedTypes, scope: Scope<'_>, field: &Field) -> Option<TokenStream> {
    let (name, wire) = (&field.name, &field.wire);
    if holds_file(scope, &field.ty) {
        return None;
    }
    let own = constraints::of(scope, &field.ty);
    if own.is_none() && !constrained.has_constraints(&field.ty) {
        return None;
    }
    let constraints = constraints::or_none(own);
    Some(quote!(validator.field(#wire, &self.#name, #constraints);))
}

/// Only forms contain files, and a form counts its parts itself.
fn holds_file(scope: Scope<'_>, ty: &TypeUse) -> bool {
    let mut shape = scope.resolved(&ty.shape);
    for _ in 0..SHAPE_DEPTH {
        match shape {
            Shape::Scalar(Scalar::Binary) => return true,
            Shape::List(part) | Shape::Map(part, _) => shape = scope.resolved(&part.shape),
            _ => return false,
        }
    }
    false
}

fn extra(constrained: &ConstrainedTypes, scope: Scope<'_>, structure: &Struct) -> Option<TokenStream> {
    match &structure.extra {
        Extra::Ignored => None,
        Extra::Denied => {
            let known = structure.fields.iter().map(|field| &field.wire).chain(&structure.unsent);
            Some(quote!(validator.closed(&[#(#known),*]);))
        }
        Extra::Kept { name, value, patterns } => {
            let own = constraints::of(scope, value);
            if patterns.is_empty() && own.is_none() && !constrained.has_constraints(value) {
                return None;
            }
            let constraints = constraints::or_none(own);
            Some(quote!(validator.rest(&self.#name, &[#(#patterns),*], #constraints);))
        }
    }
}

/// `minProperties` and `maxProperties`, over the properties that are present.
fn count(scope: Scope<'_>, structure: &Struct, constraints: &TokenStream) -> TokenStream {
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
    quote!(validator.count(#(#terms)+*, #constraints);)
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

fn members(constrained: &ConstrainedTypes, scope: Scope<'_>, union: &Union, narrowed: bool) -> TokenStream {
    let mut has_constraints = narrowed;
    let arms: Vec<TokenStream> = union
        .variants
        .iter()
        .map(|variant| {
            let name = &variant.name;
            let own = constraints::of(scope, &variant.ty);
            let has_own = own.is_some() || constrained.has_constraints(&variant.ty);
            has_constraints |= has_own;
            let constraints = constraints::or_none(own);
            let own = quote!(validation::Validate::validate(value, #constraints, validator));
            let added = quote!(validation::Validate::validate(value, constraints, validator));
            match (has_own, narrowed) {
                (false, false) => quote!(Self::#name(_) => {}),
                (true, false) => quote!(Self::#name(value) => #own,),
                (false, true) => quote!(Self::#name(value) => #added,),
                (true, true) => quote!(Self::#name(value) => { #own; #added; }),
            }
        })
        .collect();
    match (has_constraints, look_alike(union)) {
        (false, _) => TokenStream::new(),
        (true, false) => quote!(match self { #(#arms)* }),
        (true, true) => quote!(validator.any_of(self, |value, validator| match value { #(#arms)* });),
    }
}

/// Whether a value may be read as several members, of which only one may keep its constraints.
fn look_alike(union: &Union) -> bool {
    let by_shape = match &union.tagging {
        Tagging::Shape => true,
        Tagging::Property { otherwise, .. } => *otherwise == Otherwise::Shape,
    };
    let types = || union.variants.iter().map(|variant| variant.probe.json);
    let all = types().fold(0, |all, json| all | json);
    // Each type of JSON belongs to one member only if the members have as many bits as their union.
    by_shape && types().map(u8::count_ones).sum::<u32>() > all.count_ones()
}

fn inner(constrained: &ConstrainedTypes, scope: Scope<'_>, newtype: &Newtype) -> TokenStream {
    let inner = &newtype.inner;
    let is_scalar = matches!(scope.resolved(&inner.shape), Shape::Scalar(_));
    let value = wrapped(scope, newtype);
    if is_scalar && !inner.constraints.is_empty() {
        return quote!(validation::Validate::validate(#value, Self::CONSTRAINTS, validator););
    }
    let own = constraints::of(scope, inner);
    if own.is_none() && !constrained.has_constraints(inner) {
        return TokenStream::new();
    }
    let constraints = constraints::or_none(own);
    quote!(validation::Validate::validate(#value, #constraints, validator);)
}

/// The value in a newtype.
fn wrapped(scope: Scope<'_>, newtype: &Newtype) -> TokenStream {
    let is_string = matches!(scope.resolved(&newtype.inner.shape), Shape::Scalar(Scalar::String));
    if is_string { quote!(self.as_str()) } else { quote!(self.get()) }
}
