//! Prints enums of strings and integers. An open enum keeps values that the document does not list.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::constraints::signed;
use crate::emit::rustdoc;
use crate::ir::model::{Enum, EnumVariant, IntegerEnum, TypeDef, VariantName};

pub(super) fn strings(definition: &TypeDef, values: &Enum) -> TokenStream {
    let name = &definition.name;
    let initial = initial(definition, values);
    let variants = values.variants.iter().map(|value| variant(value, initial == Some(&value.name)));
    let unknown = values.open.then(|| {
        quote! {
            #[doc = " Any other value, as received."]
            Unknown(String),
        }
    });
    // The macro implements comparison, for the reason that its documentation gives.
    let attributes = attributes(values.open, &initial.map(|_| quote!(, Default)).unwrap_or_default());
    let pairs = values.variants.iter().map(|EnumVariant { name, wire, .. }| quote!(#name = #wire,));
    let closed = (!values.open).then(|| quote!(closed));
    quote! {
        #attributes
        pub enum #name {
            #(#variants,)*
            #unknown
        }
        specwright_runtime::string_enum! { #closed #name { #(#pairs)* } }
    }
}

pub(super) fn integers(definition: &TypeDef, values: &IntegerEnum) -> TokenStream {
    let name = &definition.name;
    let variants = values.variants.iter().map(|(name, value, doc)| {
        let docs = rustdoc::outer_or(doc, &format!("`{value}`."), &[]);
        quote!(#docs #name)
    });
    let unknown = values.open.then(|| {
        quote! {
            #[doc = " Any other value, as received."]
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
        #attributes
        pub enum #name {
            #(#variants,)*
            #unknown
        }
        specwright_runtime::integer_enum! { #closed #name { #(#pairs)* } }
    }
}

/// The variant that `Default` creates: the only variant, or the documented default.
fn initial<'e>(definition: &TypeDef, values: &'e Enum) -> Option<&'e VariantName> {
    match values.only() {
        Some(only) => Some(&only.name),
        None if definition.default => values.default.as_ref(),
        None => None,
    }
}

fn variant(value: &EnumVariant, initial: bool) -> TokenStream {
    let fallback =
        if value.wire.is_empty() { "The empty string.".to_owned() } else { format!("{}.", rustdoc::code(&value.wire)) };
    let docs = rustdoc::outer_or(&value.doc, &fallback, &[]);
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
