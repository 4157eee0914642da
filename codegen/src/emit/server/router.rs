//! Prints `router`: the table of operations and their handlers.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::service;
use crate::emit::phrases;
use crate::ir::model::{Api, TypeName};

/// `router`, which routes to the handlers printed below it.
pub(super) fn router(api: &Api) -> TokenStream {
    let doc = phrases::title("Routes requests to `service`; only authenticated and valid requests reach its methods.");
    let traits = service::trait_of(api);
    let mut bounds: BTreeSet<&TypeName> = traits.values().collect();
    if bounds.is_empty() {
        bounds.insert(&api.type_stem);
    }
    let routes = api.operations.iter().map(|operation| {
        let (constant, name) = (&operation.constant, &operation.name);
        quote!(rt::route(&descriptors::#constant, #name))
    });
    quote! {
        #doc
        pub fn router<S: #(#bounds)+*>(service: S) -> rt::Router {
            rt::router(service, S::reject, Vec::from([#(#routes),*]))
        }
    }
}
