//! Prints unions: an enum with one variant for each member, told apart by tag or by shape.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::type_docs;
use crate::emit::docs;
use crate::emit::type_use::Scope;
use crate::ir::model::{Probe, Shape, Tagging, TypeDef, TypeId, TypeKind, Union, UnionVariant};

pub(super) fn item(definition: &TypeDef, union: &Union, scope: Scope<'_>, portable: bool) -> TokenStream {
    let docs = type_docs(definition);
    let name = &definition.name;
    let variants = union.variants.iter().map(|member| variant(member, scope));
    let conversions = conversions(definition, union, scope);
    let tag = tag(&union.tagging);
    let members = union.variants.iter().enumerate().map(|(index, member)| {
        let name = &member.name;
        let writes = writes(&union.tagging, index);
        let probe = probe(&member.probe, &union.tagging);
        quote!(#name #writes: #probe,)
    });
    let json = portable.then(|| quote!(api_runtime::union! { #name: #tag, { #(#members)* } }));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name {
            #(#variants,)*
        }
        #conversions
        #json
    }
}

fn variant(member: &UnionVariant, scope: Scope<'_>) -> TokenStream {
    let name = &member.name;
    let docs = docs::outer_or(&member.doc, &format!("The member {}.", docs::code(name.as_str())), &[]);
    let ty = scope.ty(&member.ty);
    let ty = if member.boxed { quote!(Box<#ty>) } else { ty };
    quote!(#docs #name(#ty))
}

/// `From` for each member whose type is its alone.
fn conversions(definition: &TypeDef, union: &Union, scope: Scope<'_>) -> TokenStream {
    let name = &definition.name;
    let mut seen = BTreeSet::new();
    let mut twice = BTreeSet::new();
    for id in union.variants.iter().filter_map(|member| own_type(member, scope)) {
        if !seen.insert(id) {
            twice.insert(id);
        }
    }
    let conversions = union.variants.iter().filter_map(|member| {
        let id = own_type(member, scope).filter(|id| !twice.contains(id))?;
        let ty = scope.named(id);
        let variant = &member.name;
        let value = if member.boxed { quote!(Box::new(value)) } else { quote!(value) };
        Some(quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(#value)
                }
            }
        })
    });
    quote!(#(#conversions)*)
}

fn own_type(member: &UnionVariant, scope: Scope<'_>) -> Option<TypeId> {
    let Shape::Named(id) = member.ty.shape else { return None };
    let is_alias = matches!(scope.table().get(id).kind, TypeKind::Alias(_));
    (!is_alias && !scope.is_nullable(&member.ty)).then_some(id)
}

fn tag(tagging: &Tagging) -> TokenStream {
    let Tagging::Property { wire, values, fallback, .. } = tagging else {
        return quote!(api_runtime::union::Tag::NONE);
    };
    let values = values.iter().map(|(value, index)| {
        let index = Literal::usize_unsuffixed(*index);
        quote!((#value, #index))
    });
    let or_shape = fallback.then(|| quote!(.or_shape()));
    quote!(api_runtime::union::Tag::new(#wire, &[#(#values),*]) #or_shape)
}

/// The tag that a member's own type doesn't write.
fn writes(tagging: &Tagging, index: usize) -> TokenStream {
    let Tagging::Property { wire, inject, .. } = tagging else { return TokenStream::new() };
    match inject.get(index) {
        Some(Some(value)) => quote!(writes #wire = #value),
        _ => TokenStream::new(),
    }
}

/// What values look like; left out where the tag alone decides.
fn probe(probe: &Probe, tagging: &Tagging) -> TokenStream {
    let path = quote!(api_runtime::union::Probe);
    if matches!(tagging, Tagging::Property { fallback: false, .. }) {
        return quote!(#path::ANY);
    }
    let json = json_types(probe.json);
    let mut fields = vec![quote!(json: #json)];
    let mut names = |field: TokenStream, names: &[String]| {
        if !names.is_empty() {
            fields.push(quote!(#field: &[#(#names),*]));
        }
    };
    names(quote!(required), &probe.required);
    names(quote!(known), &probe.known);
    names(quote!(strings), &probe.strings);
    if !probe.constants.is_empty() {
        let constants = probe.constants.iter().map(|(name, allowed)| quote!((#name, &[#(#allowed),*])));
        fields.push(quote!(constants: &[#(#constants),*]));
    }
    if probe.closed {
        fields.push(quote!(closed: true));
    }
    quote!(#path { #(#fields,)* ..#path::ANY })
}

fn json_types(bits: u8) -> TokenStream {
    let path = quote!(api_runtime::union::Probe);
    let names = [
        (Probe::NULL, quote!(NULL)),
        (Probe::BOOL, quote!(BOOL)),
        (Probe::INTEGER, quote!(INTEGER)),
        (Probe::NUMBER, quote!(NUMBER)),
        (Probe::STRING, quote!(STRING)),
        (Probe::ARRAY, quote!(ARRAY)),
        (Probe::OBJECT, quote!(OBJECT)),
    ];
    let named: Vec<TokenStream> =
        names.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, name)| quote!(#path::#name)).collect();
    if named.is_empty() { quote!(0) } else { quote!(#(#named)|*) }
}
