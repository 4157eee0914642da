//! Prints enums of named strings and integers; an open one keeps what the document doesn't name.

use proc_macro2::TokenStream;
use quote::quote;

use super::type_docs;
use crate::emit::docs;
use crate::emit::rules::signed;
use crate::ir::model::{Enum, EnumVariant, IntegerEnum, TypeDef, VariantName};

pub(super) fn strings(definition: &TypeDef, values: &Enum) -> TokenStream {
    let docs = type_docs(definition);
    let name = &definition.name;
    let initial = initial(definition, values);
    let variants = values.variants.iter().map(|value| variant(value, initial == Some(&value.name)));
    let unknown = values.open.then(|| {
        quote! {
            #[doc = " A value that the document does not name."]
            Unknown(String),
        }
    });
    // How texts compare is in the macro; see there for the reason.
    let attributes = attributes(values.open, &initial.map(|_| quote!(, Default)).unwrap_or_default());
    let pairs = values.variants.iter().map(|EnumVariant { name, wire, .. }| quote!(#name = #wire,));
    let closed = (!values.open).then(|| quote!(closed));
    quote! {
        #docs
        #attributes
        pub enum #name {
            #(#variants,)*
            #unknown
        }
        specwright_runtime::string_enum! { #closed #name { #(#pairs)* } }
    }
}

pub(super) fn integers(definition: &TypeDef, values: &IntegerEnum) -> TokenStream {
    let docs = type_docs(definition);
    let name = &definition.name;
    let variants = values.variants.iter().map(|(name, value, doc)| {
        let docs = docs::outer_or(doc, &format!("`{value}`."), &[]);
        quote!(#docs #name)
    });
    let unknown = values.open.then(|| {
        quote! {
            #[doc = " A value that the document does not name."]
            Unknown(i64),
        }
    });
    let attributes = attributes(values.open, &quote!(, PartialEq, Eq, PartialOrd, Ord, Hash));
    let pairs = values.variants.iter().map(|(name, value, _)| {
        let value = signed(i128::from(*value));
        quote!(#name = #value,)
    });
    let closed = (!values.open).then(|| quote!(closed));
    quote! {
        #docs
        #attributes
        pub enum #name {
            #(#variants,)*
            #unknown
        }
        specwright_runtime::integer_enum! { #closed #name { #(#pairs)* } }
    }
}

/// The variant that `Default` makes: the only one, or the documented default.
fn initial<'e>(definition: &TypeDef, values: &'e Enum) -> Option<&'e VariantName> {
    match values.variants.as_slice() {
        [only] => Some(&only.name),
        _ if definition.default => values.default.as_ref(),
        _ => None,
    }
}

fn variant(value: &EnumVariant, initial: bool) -> TokenStream {
    let fallback =
        if value.wire.is_empty() { "The empty text.".to_owned() } else { format!("{}.", docs::code(&value.wire)) };
    let docs = docs::outer_or(&value.doc, &fallback, &[]);
    let initial = initial.then(|| quote!(#[default]));
    let name = &value.name;
    quote!(#docs #initial #name)
}

fn attributes(open: bool, derives: &TokenStream) -> TokenStream {
    let (copy, non_exhaustive) =
        if open { (None, Some(quote!(#[non_exhaustive]))) } else { (Some(quote!(Copy,)), None) };
    quote! {
        #[derive(Clone, #copy Debug #derives)]
        #non_exhaustive
    }
}
