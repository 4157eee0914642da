//! Prints the streams of an operation that pages, and the code that takes a page apart.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::required::Needs;
use crate::emit::Scope;
use crate::emit::operations::body_pattern;
use crate::emit::type_use::Absence;
use crate::ir::model::{Api, Field, Operation, Paging, ResponseBody, Shape, TypeKind, TypeUse};

/// The streams and `Paged`; nothing for an operation that does not page.
pub(super) fn pages(api: &Api, operation: &Operation, needs: &Needs) -> TokenStream {
    let Some(paging) = &operation.paging else { return TokenStream::new() };
    let (builder, success, error) = (&operation.builder, &operation.success, &operation.error);
    let generics = needs.parameters();
    let methods = &paging.methods;
    let (items, pages, all) = (&methods.items, &methods.pages, &methods.all);
    let taken_apart = paged(Scope::beside(&api.types), operation, paging);
    quote! {
        specwright_runtime::pages!(
            #builder { operations::#success, operations::#error #(, #generics)* } #items, #pages, #all
        );
        #taken_apart
    }
}

/// `impl Paged for ListUsersSuccess`
fn paged(scope: Scope<'_>, operation: &Operation, paging: &Paging) -> TokenStream {
    let successes = &operation.responses.success;
    let Some(case) = successes.get(paging.success) else { return TokenStream::new() };
    let ResponseBody::Json(body) = &case.body else { return TokenStream::new() };
    let name = &operation.success;
    let item = scope.ty(&paging.item);
    let pattern = body_pattern(case);
    let list = list(scope, body, &paging.steps);
    let taken = if successes.len() == 1 {
        quote! {
            let Self::#pattern = self;
            #list
        }
    } else {
        quote! {
            match self {
                Self::#pattern => #list,
                _ => Vec::new(),
            }
        }
    };
    quote! {
        impl rt::Paged for operations::#name {
            type Item = #item;
            fn into_items(self) -> Vec<#item> {
                #taken
            }
        }
    }
}

/// `body.meta.map(|meta| meta.users).unwrap_or_default()`
fn list(scope: Scope<'_>, body: &TypeUse, steps: &[String]) -> TokenStream {
    let mut value = quote!(body);
    let mut is_option = scope.is_nullable(body);
    let mut last = quote!(body);
    let mut ty = body;
    for step in steps {
        let Some(field) = field(scope, ty, step) else { break };
        let name = Ident::new(field.name.plain(), proc_macro2::Span::call_site());
        let access = &field.name;
        let absence = scope.absence(field);
        value = match (is_option, absence) {
            (false, _) => quote!(#value.#access),
            (true, Absence::Never) => quote!(#value.map(|#last| #last.#access)),
            (true, Absence::AbsentOrNull) => quote!(#value.and_then(|#last| #last.#access.into_option())),
            (true, _) => quote!(#value.and_then(|#last| #last.#access)),
        };
        if !is_option && absence == Absence::AbsentOrNull {
            value = quote!(#value.into_option());
        }
        is_option |= absence != Absence::Never;
        last = quote!(#name);
        ty = &field.ty;
    }
    if is_option { quote!(#value.unwrap_or_default()) } else { value }
}

fn field<'a>(scope: Scope<'a>, ty: &'a TypeUse, wire: &str) -> Option<&'a Field> {
    let Shape::Named(id) = scope.resolved(&ty.shape) else { return None };
    match &scope.table().get(*id).kind {
        TypeKind::Struct(object) => object.fields.iter().find(|field| field.wire == wire),
        _ => None,
    }
}
