//! Prints the input of a method: a struct of the parameters and the body. A body that has several
//! media types is an enum.

use proc_macro2::TokenStream;
use quote::quote;

use super::{defaults, scope};
use crate::emit::phrases::{self, code};
use crate::emit::{Scope, rustdoc};
use crate::ir::model::{Api, BodyContent, BodyKind, Doc, Operation, Parameter, RequestBody};

/// Input struct and body enum of an operation.
pub(super) fn input(api: &Api, operation: &Operation) -> TokenStream {
    let scope = scope(api);
    let doc = phrases::title(&format!("A valid request for `{}`.", code(&operation.id)));
    let name = &operation.input;
    let parameters = operation.parameters.iter().map(|one| field(scope, one));
    let body = operation.body.as_ref().map(|body| body_field(scope, operation, body));
    let variants = operation.body.as_ref().map(|body| body_enum(scope, operation, body));
    quote! {
        #doc
        #[derive(Debug)]
        pub struct #name { #(#parameters,)* #body }
        #variants
    }
}

fn field(scope: Scope<'_>, parameter: &Parameter) -> TokenStream {
    let doc = Doc { deprecated: None, ..phrases::parameter(parameter) };
    let doc = rustdoc::outer_with(&doc, phrases::default(parameter).as_slice());
    let (name, ty) = (&parameter.name, scope.shape(&parameter.ty.shape));
    if is_optional(scope, parameter) { quote!(#doc pub #name: Option<#ty>) } else { quote!(#doc pub #name: #ty) }
}

/// Whether a parameter may be absent. A server fills in a default if there is one.
pub(crate) fn is_optional(scope: Scope<'_>, parameter: &Parameter) -> bool {
    !parameter.required && defaults::of(scope, parameter).is_none()
}

fn body_field(scope: Scope<'_>, operation: &Operation, body: &RequestBody) -> TokenStream {
    let ty = if let [content] = body.contents.as_slice() {
        body_type(scope, content)
    } else {
        let name = &operation.body_name;
        quote!(#name)
    };
    let doc = rustdoc::outer(&phrases::labelled("Request body", &body.doc));
    if body.required { quote!(#doc pub body: #ty) } else { quote!(#doc pub body: Option<#ty>) }
}

fn body_enum(scope: Scope<'_>, operation: &Operation, body: &RequestBody) -> TokenStream {
    if body.contents.len() < 2 {
        return TokenStream::new();
    }
    let doc = phrases::title(&format!("Request body of `{}`, by media type.", code(&operation.id)));
    let name = &operation.body_name;
    let variants = body.contents.iter().map(|content| {
        let doc = phrases::title(&format!("`{}`", code(&content.media.text)));
        let (name, ty) = (&content.variant, body_type(scope, content));
        quote!(#doc #name(#ty))
    });
    quote! {
        #doc
        #[derive(Debug)]
        pub enum #name { #(#variants),* }
    }
}

/// The type of a body in one media type.
pub(crate) fn body_type(scope: Scope<'_>, content: &BodyContent) -> TokenStream {
    match &content.kind {
        BodyKind::Json(ty) | BodyKind::Form { ty, .. } | BodyKind::Text(ty) => scope.ty(ty),
        BodyKind::Multipart { ty, .. } => scope.named(*ty),
        BodyKind::Lines(ty) => {
            let item = scope.ty(ty);
            quote!(specwright_runtime::Lines<#item>)
        }
        BodyKind::Events(ty) => {
            let item = scope.ty(ty);
            quote!(specwright_runtime::Events<#item>)
        }
        BodyKind::Binary => quote!(specwright_runtime::Body),
    }
}
