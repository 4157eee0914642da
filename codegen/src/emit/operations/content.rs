//! Prints the types of what a response contains: its body and its headers.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Scope;
use crate::ir::model::{Api, ResponseBody, ResponseCase};

/// The struct of the headers of a response, if it documents any.
pub(super) fn headers_type(api: &Api, scope: Scope<'_>, outcome: &ResponseCase) -> Option<TokenStream> {
    let group = api.header_groups.get(outcome.headers?)?;
    let own = &group.name;
    if !scope.is_shared_module() {
        return Some(quote!(#own));
    }
    // Several operations can refer to one response, whose headers then have one place.
    let shared = group.shared.and_then(|index| api.shared_headers.get(index)).map(|shared| &shared.name);
    Some(shared.map_or_else(|| quote!(super::operations::#own), |name| quote!(#name)))
}

/// Type of a body; `None` for a response without one.
pub(crate) fn body_type(scope: Scope<'_>, body: &ResponseBody) -> Option<TokenStream> {
    let ty = match body {
        ResponseBody::Empty => return None,
        ResponseBody::Json(ty) | ResponseBody::Text(ty) | ResponseBody::Form(ty) => scope.ty(ty),
        ResponseBody::Bytes => quote!(specwright_runtime::Bytes),
        ResponseBody::Stream => quote!(specwright_runtime::ByteStream),
        ResponseBody::Events(item) => scope.events(item),
        ResponseBody::Lines(item) => {
            let item = scope.ty(item);
            quote!(specwright_runtime::Lines<#item>)
        }
    };
    Some(ty)
}
