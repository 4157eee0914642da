//! Prints `router` and `routes`: the table of operations and their handlers.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::service;
use crate::emit::{phrases, schemas};
use crate::ir::model::{Api, TypeName};

/// `router` and `routes`, which route requests to the handlers that are printed below them.
pub(super) fn router(api: &Api) -> TokenStream {
    let doc = phrases::title("Routes requests to `service`; only authenticated and valid requests reach its methods.");
    let traits = service::trait_of(api);
    let mut bounds: BTreeSet<&TypeName> = traits.values().collect();
    if bounds.is_empty() {
        bounds.insert(&api.type_stem);
    }
    let bounds: Vec<&TypeName> = bounds.into_iter().collect();
    let routes = api.operations.iter().map(|operation| {
        let (constant, name) = (&operation.constant, &operation.name);
        quote!(rt::route(&descriptors::#constant, #name))
    });
    let with_schemas = schemas::are_needed(api, true).then(|| quote!(.with_schemas(&descriptors::SCHEMAS)));
    quote! {
        #doc
        pub fn router<S: #(#bounds)+*>(service: S) -> rt::Router {
            routes(service).into_router()
        }

        /// The operations before they become a router. Use them to mount only some operations, to
        /// wrap some in layers, or to merge them with those of another API.
        pub fn routes<S: #(#bounds)+*>(service: S) -> rt::Routes {
            rt::routes(service, S::reject, Vec::from([#(#routes),*])) #with_schemas
        }
    }
}
