//! Prints the module that declares the others: `mod.rs`, or `lib.rs` of a crate of its own.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Layout;
use crate::emit::source::part;
use crate::emit::{SourceFile, docs, phrases, security};
use crate::ir::model::{Api, Doc};

/// `mod.rs`, below a crate of ours.
pub(super) fn module<'a>(api: &'a Api, layout: &'a Layout) -> SourceFile<'a> {
    SourceFile::rust("mod.rs", vec![part(|| items(api, layout, None))])
}

/// `lib.rs`, of a crate of its own.
pub(super) fn root<'a>(api: &'a Api, layout: &'a Layout) -> SourceFile<'a> {
    SourceFile::rust("src/lib.rs", vec![part(|| items(api, layout, Some(&of_root(api)))), part(runtime)])
}

/// So that an application can name settings and errors without a dependency of its own, which could be of another version.
fn runtime() -> TokenStream {
    quote! {
        #[doc = " What is alike for all APIs: settings of calls, retries, errors and transports for tests, limits and refusals of servers."]
        pub use specwright_runtime;
    }
}

/// Attributes that only the root of a crate can have.
fn of_root(api: &Api) -> TokenStream {
    let limit = recursion_limit(api);
    quote! {
        #limit
        #![allow(
            confusable_idents,
            mixed_script_confusables,
            uncommon_codepoints,
            reason = "the document's names may be of any script"
        )]
    }
}

fn recursion_limit(api: &Api) -> Option<TokenStream> {
    let limit = Literal::string(&api.types.recursion_limit()?.to_string());
    Some(quote!(#![recursion_limit = #limit]))
}

/// `attributes` are those that only the root of a crate can have.
fn items(api: &Api, layout: &Layout, attributes: Option<&TokenStream>) -> TokenStream {
    let doc = docs::inner(&words(api), &about(api));
    let security = security::is_needed(api).then(|| {
        quote!(
            pub mod security;
        )
    });
    let client = layout.client.is_printed().then(|| {
        quote! {
            #[cfg(feature = "client")]
            pub mod client;
        }
    });
    let server = layout.server.is_printed().then(|| {
        quote! {
            #[cfg(feature = "server")]
            pub mod server;
        }
    });
    let is_called_back = api.webhooks.is_some();
    let webhooks = (is_called_back && layout.server.is_printed()).then(|| {
        quote! {
            #[cfg(feature = "server")]
            pub mod webhooks;
        }
    });
    let sender = (is_called_back && layout.sends()).then(|| {
        quote! {
            #[cfg(all(feature = "client", feature = "server"))]
            pub mod sender;
        }
    });
    let client_use = layout.client.is_printed().then(|| {
        quote! {
            #[cfg(feature = "client")]
            pub use client::{Client, ClientBuilder};
        }
    });
    let document = (layout.document.is_printed() && layout.server.is_printed()).then(|| {
        quote! {
            #[doc = " The OpenAPI document by which the server validates, in YAML."]
            #[cfg(feature = "server")]
            pub const DOCUMENT: &str = include_str!("openapi.yaml");
        }
    });
    let credentials = security::has_credentials(api).then(|| {
        quote!(
            pub use security::Credentials;
        )
    });
    quote! {
        #doc
        #attributes
        #![allow(deprecated, reason = "what the document deprecates is still printed, and used by what holds it")]
        #![allow(
            clippy::pedantic,
            clippy::enum_variant_names,
            clippy::large_enum_variant,
            clippy::match_overlapping_arm,
            clippy::result_large_err,
            clippy::should_implement_trait,
            clippy::too_many_arguments,
            clippy::type_complexity,
            clippy::wrong_self_convention,
            reason = "names, sizes, statuses and words are the document's"
        )]

        #client
        pub mod operations;
        #security
        #sender
        #server
        pub mod types;
        #webhooks

        #client_use
        #credentials
        #document
    }
}

/// The document's words about the API, below a line of ours.
fn words(api: &Api) -> Doc {
    let title = format!("Everything about {}.", phrases::api(api));
    let body =
        [api.doc.summary.as_deref(), api.doc.body.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    Doc { summary: Some(title), body: Some(body), examples: Vec::new(), deprecated: None, ..api.doc.clone() }
}

fn about(api: &Api) -> Vec<String> {
    let mut about = vec![format!("Version of the document: `{}`.", phrases::code(api.version.trim()))];
    about.extend(api.types.recursion_limit().map(|limit| {
        format!(
            "Types nest deep: a crate that sends values of them to other threads may need `#![recursion_limit = \"{limit}\"]` at its root."
        )
    }));
    about
}
