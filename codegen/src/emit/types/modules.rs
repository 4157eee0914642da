//! Prints the modules of types by tag: each exports definitions that are in the module of all types.

use std::iter;

use proc_macro2::TokenStream;
use quote::quote;

use super::shared::required;
use crate::emit::{gates, phrases, rustdoc};
use crate::ir::model::{Api, TypeModule};

/// `pub mod users { pub use super::{User, UserId}; }`
pub(super) fn item(api: &Api, module: &TypeModule) -> TokenStream {
    let name = &module.name;
    let (doc, gate) = (doc(module), gates::of_tag(api, &module.tag));
    let definitions = module.types.iter().map(|id| api.types.get(*id));
    let mut types: Vec<_> = definitions.flat_map(|one| iter::once(&one.name).chain(required(one))).collect();
    types.sort_by_key(|name| name.as_str());
    let types = match types.as_slice() {
        [only] => quote!(#only),
        types => quote!({#(#types),*}),
    };
    quote! {
        #doc
        #gate
        pub mod #name {
            pub use super::#types;
        }
    }
}

/// The documentation of the tag, below a line that we write.
fn doc(module: &TypeModule) -> TokenStream {
    let lead = format!("Types that operations with the tag `{}` use.", phrases::code(&module.tag));
    rustdoc::outer(&phrases::below(lead, &module.doc))
}
