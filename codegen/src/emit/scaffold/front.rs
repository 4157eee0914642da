//! Prints the front page of the documentation: a first program, credentials, servers, and the
//! operations by tag.

use proc_macro2::TokenStream;
use quote::quote;

use super::Layout;
use super::page::Page;
use crate::emit::{client, rustdoc};
use crate::ir::model::{Api, Doc};

/// The page below the description of the API; nothing if there is no client.
///
/// Its links lead into the client, so they are not checked where the client is left out. In a
/// module whose client is behind no feature, the program is shown but not tested.
pub(super) fn page(api: &Api, layout: &Layout, is_gated: bool) -> TokenStream {
    if !layout.client.is_printed() || api.operations.is_empty() {
        return TokenStream::new();
    }
    let program = client::first_program(api, &layout.path).map(|program| {
        let heading = section(&["# First steps".to_owned()]);
        let program = section(&[format!("{program}\n```")]);
        let fence = if is_gated {
            let on = needed(api);
            quote! {
                #![cfg_attr(#on, doc = "```no_run")]
                #![cfg_attr(not(#on), doc = "```ignore")]
            }
        } else {
            quote!(#![doc = "```ignore"])
        };
        quote! {
            #![doc = ""]
            #heading
            #![doc = ""]
            #fence
            #program
        }
    });
    let page = Page { api, headings: "#", link };
    let rest = section(&[page.credentials(), page.servers(), page.operations()].concat());
    let unlinked = is_gated.then(|| {
        let on = needed(api);
        quote! {
            #![cfg_attr(
                not(#on),
                allow(rustdoc::broken_intra_doc_links, reason = "links point into the client")
            )]
        }
    });
    quote! {
        #program
        #![doc = ""]
        #rest
        #unlinked
    }
}

/// The features that enable everything that the page mentions.
fn needed(api: &Api) -> TokenStream {
    if api.features.is_some() { quote!(all(feature = "client", feature = "full")) } else { quote!(feature = "client") }
}

/// A link to an item of the module. If the link text is the name of the item, it needs no target.
fn link(name: &str, target: &str) -> String {
    if name == target { format!("[`{name}`]") } else { format!("[`{name}`]({target})") }
}

fn section(paragraphs: &[String]) -> TokenStream {
    rustdoc::inner(&Doc::default(), paragraphs)
}
