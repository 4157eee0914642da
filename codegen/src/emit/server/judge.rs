//! Prints how values of request types are judged against the document; types of which the shape says everything get an empty impl.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::rules::Statics;
use super::scope;
use crate::emit::Scope;
use crate::ir::model::{
    Api, Enum, Extra, Field, IntegerEnum, Newtype, Presence, Rules, Scalar, Shape, Struct, TypeDef, TypeId, TypeKind,
    TypeUse, Union,
};

/// Shapes within shapes are followed this far; the IR breaks cycles by names.
const DEPTH: usize = 64;

/// More values than these are not repeated in an error.
const NAMED_VALUES: usize = 16;

/// Types that travel in requests and are types of their own.
pub(super) fn judged(api: &Api) -> Vec<TypeId> {
    let types = api.types.iter().filter(|(_, definition)| definition.usage.request);
    types.filter(|(_, definition)| !matches!(definition.kind, TypeKind::Alias(_))).map(|(id, _)| id).collect()
}

/// `impl rules::Judge for types::Pet { … }`
pub(super) fn implementation(api: &Api, demanding: &Demanding, id: TypeId) -> TokenStream {
    let scope = scope(api);
    let mut statics = Statics::default();
    let definition = api.types.get(id);
    let judgement = body(demanding, scope, &mut statics, definition);
    let statics = statics.printed();
    let name = scope.named(id);
    let argument = if judgement.is_empty() { quote!(_) } else { quote!(judgement) };
    quote! {
        impl rules::Judge for #name {
            fn judge(&self, #argument: &mut rules::Judgement<'_>) {
                #statics
                #judgement
            }
        }
    }
}

fn body(demanding: &Demanding, scope: Scope<'_>, statics: &mut Statics, definition: &TypeDef) -> TokenStream {
    match &definition.kind {
        TypeKind::Struct(structure) => object(demanding, scope, statics, structure),
        TypeKind::Enum(values) => open_enum(values),
        TypeKind::IntegerEnum(values) => open_integers(values),
        TypeKind::Union(union) => members(demanding, scope, statics, union),
        TypeKind::Newtype(newtype) => inner(demanding, scope, statics, newtype),
        TypeKind::Alias(_) => TokenStream::new(),
    }
}

fn object(demanding: &Demanding, scope: Scope<'_>, statics: &mut Statics, structure: &Struct) -> TokenStream {
    let count = (!structure.rules.is_empty()).then(|| count(scope, statics, structure));
    let fields: Vec<TokenStream> =
        structure.fields.iter().filter_map(|one| field(demanding, scope, statics, one)).collect();
    let extra = extra(demanding, scope, statics, structure);
    quote!(#count #(#fields)* #extra)
}

fn field(demanding: &Demanding, scope: Scope<'_>, statics: &mut Statics, field: &Field) -> Option<TokenStream> {
    let (name, wire) = (&field.name, &field.wire);
    if let Some(rules) = statics.of(scope, &field.ty) {
        return Some(quote!(judgement.field_with(#wire, &self.#name, &#rules);));
    }
    demanding.asks(&field.ty).then(|| quote!(judgement.field(#wire, &self.#name);))
}

fn extra(demanding: &Demanding, scope: Scope<'_>, statics: &mut Statics, structure: &Struct) -> Option<TokenStream> {
    match &structure.extra {
        Extra::Ignored => None,
        Extra::Denied => {
            let known = structure.fields.iter().map(|field| &field.wire);
            Some(quote!(judgement.closed(&[#(#known),*]);))
        }
        Extra::Kept { name, value, patterns } => {
            let rules = statics.of_rest(scope, value, patterns);
            if rules.is_none() && !demanding.asks(value) {
                return None;
            }
            let rules = rules.map_or_else(|| quote!(rules::ANY), |rules| quote!(#rules));
            Some(quote!(judgement.inner(&self.#name, &#rules);))
        }
    }
}

/// `minProperties` and `maxProperties`, of the properties that are there.
fn count(scope: Scope<'_>, statics: &mut Statics, structure: &Struct) -> TokenStream {
    let Some(rules) = statics.plain(&structure.rules) else { return TokenStream::new() };
    let always = structure.fields.iter().filter(|field| field.presence == Presence::Required).count();
    let always = proc_macro2::Literal::usize_unsuffixed(always);
    let optional = structure.fields.iter().filter(|field| field.presence == Presence::Optional).map(|field| {
        let name = &field.name;
        if scope.is_nullable(&field.ty) {
            quote!(+ usize::from(!self.#name.is_absent()))
        } else {
            quote!(+ usize::from(self.#name.is_some()))
        }
    });
    let rest = match &structure.extra {
        Extra::Kept { name, .. } => Some(quote!(+ self.#name.len())),
        Extra::Ignored | Extra::Denied => None,
    };
    quote!(judgement.check(rules::check_properties(&#rules, #always #(#optional)* #rest));)
}

fn open_enum(values: &Enum) -> TokenStream {
    let wires: Vec<String> = values.variants.iter().map(|variant| format!("`{}`", variant.wire)).collect();
    unknown(values.open, &wires)
}

fn open_integers(values: &IntegerEnum) -> TokenStream {
    let wires: Vec<String> = values.variants.iter().map(|(_, value, _)| value.to_string()).collect();
    unknown(values.open, &wires)
}

fn unknown(open: bool, values: &[String]) -> TokenStream {
    if !open {
        return TokenStream::new();
    }
    let demand = if values.len() <= NAMED_VALUES {
        format!("must be one of {}", values.join(", "))
    } else {
        "must be one of the documented values".to_owned()
    };
    quote! {
        if let Self::Unknown(_) = self {
            judgement.violation(&#demand);
        }
    }
}

fn members(demanding: &Demanding, scope: Scope<'_>, statics: &mut Statics, union: &Union) -> TokenStream {
    let mut asks = false;
    let arms: Vec<TokenStream> = union
        .variants
        .iter()
        .map(|variant| {
            let name = &variant.name;
            let rules = statics.of(scope, &variant.ty);
            if rules.is_none() && !demanding.asks(&variant.ty) {
                return quote!(Self::#name(_) => {});
            }
            asks = true;
            let rules = rules.map_or_else(|| quote!(rules::ANY), |rules| quote!(#rules));
            quote!(Self::#name(value) => judgement.inner(value, &#rules),)
        })
        .collect();
    if asks { quote!(match self { #(#arms)* }) } else { TokenStream::new() }
}

fn inner(demanding: &Demanding, scope: Scope<'_>, statics: &mut Statics, newtype: &Newtype) -> TokenStream {
    let inner = &newtype.inner;
    let is_scalar = matches!(scope.resolved(&inner.shape), Shape::Scalar(_));
    let is_string = matches!(scope.resolved(&inner.shape), Shape::Scalar(Scalar::String));
    let value = if is_string { quote!(self.as_str()) } else { quote!(self.get()) };
    if is_scalar && !inner.rules.is_empty() {
        return quote!(judgement.inner(#value, Self::RULES););
    }
    let rules = statics.of(scope, inner);
    if rules.is_none() && !demanding.asks(inner) {
        return TokenStream::new();
    }
    let rules = rules.map_or_else(|| quote!(rules::ANY), |rules| quote!(#rules));
    quote!(judgement.inner(#value, &#rules);)
}

/// Types of which the shape does not say everything.
pub(super) struct Demanding(BTreeSet<TypeId>);

impl Demanding {
    /// Found by going over all types until nothing is added: cycles are no obstacle.
    pub(super) fn of(api: &Api) -> Self {
        let mut demanding = Self(BTreeSet::new());
        loop {
            let found: Vec<TypeId> = api
                .types
                .iter()
                .filter(|(id, definition)| !demanding.0.contains(id) && demanding.definition_asks(definition))
                .map(|(id, _)| id)
                .collect();
            if found.is_empty() {
                return demanding;
            }
            demanding.0.extend(found);
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
