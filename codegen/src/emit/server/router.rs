//! Prints `router` and its table of handlers.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::service::{self, Split};
use super::handler;
use crate::emit::imports::Imports;
use crate::emit::phrases;
use crate::ir::model::{Api, TypeName};

/// `router` and the module of handlers.
pub(super) fn router(api: &Api, split: &Split) -> TokenStream {
    let doc = phrases::title("Routes to `service`: what reaches its methods is authenticated and valid.");
    let traits = service::trait_of(api, split);
    let mut bounds: BTreeSet<&TypeName> = traits.values().collect();
    if bounds.is_empty() {
        bounds.insert(&api.type_stem);
    }
    let routes = api.operations.iter().map(|operation| {
        let (constant, name) = (&operation.constant, &operation.name);
        quote!(rt::route(&operations::#constant, handlers::#name))
    });
    let handlers = handlers(api, split);
    quote! {
        #doc
        pub fn router<S: #(#bounds)+*>(service: S) -> rt::Router {
            rt::router(service, S::reject, vec![#(#routes),*])
        }
        #handlers
    }
}

fn handlers(api: &Api, split: &Split) -> TokenStream {
    let traits = service::trait_of(api, split);
    let printed: Vec<TokenStream> = api
        .operations
        .iter()
        .enumerate()
        .filter_map(|(index, operation)| Some(handler::handler(api, traits.get(&index)?, operation)))
        .collect();
    if printed.is_empty() {
        return TokenStream::new();
    }
    let imports = Imports::of(["operations", "types", "rules"], printed.iter().cloned());
    let rules = imports.when("rules", quote!(use api_runtime::rules;));
    let operations = imports.when("operations", quote!(use super::super::operations;));
    let types = imports.when("types", quote!(use super::super::types;));
    quote! {
        /// One function per operation: takes a request apart, calls the method, puts its answer together.
        mod handlers {
            use std::sync::Arc;
            #rules
            use api_runtime::server as rt;
            #operations
            #types
            #(#printed)*
        }
    }
}
