//! Prints newtypes: named scalars, and lists and maps that hold themselves.

use proc_macro2::TokenStream;
use quote::quote;

use super::type_docs;
use crate::emit::rules::rules;
use crate::emit::type_use::Scope;
use crate::ir::model::{Newtype, Scalar, Shape, TypeDef, TypeUse};

pub(super) fn item(definition: &TypeDef, newtype: &Newtype, scope: Scope<'_>, portable: bool) -> TokenStream {
    let docs = type_docs(definition);
    let name = &definition.name;
    let inner = scope.ty(&newtype.inner);
    let derives = derives(definition, &newtype.inner);
    let impls = portable.then(|| impls(definition, newtype, scope));
    quote! {
        #docs
        #[derive(#derives)]
        pub struct #name(#inner);
        #impls
    }
}

/// Scalars can be keys of maps and, but for text, are copied.
fn derives(definition: &TypeDef, inner: &TypeUse) -> TokenStream {
    match &inner.shape {
        Shape::Scalar(Scalar::Bool | Scalar::Integer(_)) => quote!(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash),
        Shape::Scalar(Scalar::Float32 | Scalar::Float64) => quote!(Clone, Copy, Debug, PartialEq, PartialOrd),
        Shape::Scalar(Scalar::String | Scalar::Text(_)) if definition.eq => {
            quote!(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)
        }
        _ => quote!(Clone, Debug, PartialEq),
    }
}

fn impls(definition: &TypeDef, newtype: &Newtype, scope: Scope<'_>) -> TokenStream {
    let name = &definition.name;
    let inner = scope.ty(&newtype.inner);
    let rules = rules(&newtype.inner);
    let is_nullable = scope.is_nullable(&newtype.inner);
    match (&newtype.inner.shape, rules) {
        (Shape::Scalar(Scalar::String), None) if !is_nullable => quote!(api_runtime::string_newtype!(#name);),
        (Shape::Scalar(Scalar::String), Some(rules)) if !is_nullable => {
            quote!(api_runtime::string_newtype!(#name, #rules);)
        }
        (shape, Some(rules)) if !is_nullable => match check(shape) {
            Some(check) => quote!(api_runtime::newtype!(#name, #inner, #rules, #check);),
            None => quote!(api_runtime::newtype!(#name, #inner);),
        },
        _ => quote!(api_runtime::newtype!(#name, #inner);),
    }
}

/// The function that checks a scalar; lists and maps are judged by servers only.
fn check(shape: &Shape) -> Option<TokenStream> {
    match shape {
        Shape::Scalar(Scalar::Bool) => Some(quote!(|rules, value| api_runtime::rules::check_bool(rules, *value))),
        Shape::Scalar(Scalar::Integer(_)) => {
            Some(quote!(|rules, value| api_runtime::rules::check_integer(rules, i128::from(*value))))
        }
        Shape::Scalar(Scalar::Float32) => {
            Some(quote!(|rules, value| api_runtime::rules::check_f64(rules, f64::from(*value))))
        }
        Shape::Scalar(Scalar::Float64) => Some(quote!(|rules, value| api_runtime::rules::check_f64(rules, *value))),
        Shape::Scalar(Scalar::Text(_)) => {
            Some(quote!(|rules, value| api_runtime::rules::check_str(rules, value.as_str())))
        }
        _ => None,
    }
}
