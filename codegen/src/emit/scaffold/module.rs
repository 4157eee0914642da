//! Prints the module that declares the others: `mod.rs`, or `lib.rs` in a crate of its own.
//!
//! Each states the runtime for which it was generated, so that a different runtime causes one
//! compiler error instead of hundreds.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Layout, front};
use crate::emit::source::printer;
use crate::emit::{SourceFile, phrases, rustdoc, security, shared};
use crate::ir::model::{Api, Doc};

/// Explains the remark that [`rustdoc`] prints.
const PROVENANCE: &str = "\
# Provenance\n\nAn item marked with a provenance does not appear in any document that the provider publishes. \
It comes from an official library (`sdk`), from a page of the provider's documentation (`page`), \
or from other sources or by analogy (`inferred`).";

/// What the compilation of a side depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gates {
    /// On the feature of that name.
    Features,
    /// On nothing: the crate has no such features.
    Open,
}

impl Gates {
    /// The attribute of an item that needs these sides.
    fn of(self, sides: &[&str]) -> Option<TokenStream> {
        match (self, sides) {
            (Self::Open, _) => None,
            (Self::Features, [side]) => Some(quote!(#[cfg(feature = #side)])),
            (Self::Features, sides) => Some(quote!(#[cfg(all(#(feature = #sides),*))])),
        }
    }
}

/// `mod.rs`, in an existing crate with the features `client` and `server`.
pub(super) fn module<'a>(api: &'a Api, layout: &'a Layout) -> SourceFile<'a> {
    SourceFile::rust("mod.rs", vec![printer(|| items(api, layout, None, Gates::Features))])
}

/// `mod.rs`, in an existing crate without these features.
pub(super) fn open<'a>(api: &'a Api, layout: &'a Layout) -> SourceFile<'a> {
    SourceFile::rust("mod.rs", vec![printer(|| items(api, layout, Some(&embedded_attributes()), Gates::Open))])
}

/// Keeps rustfmt out of the module and its files, wherever it is declared, and disables lints about
/// items that the crate does not use.
fn embedded_attributes() -> TokenStream {
    quote! {
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #![allow(dead_code, unused_imports, reason = "a crate may use a part of the API")]
    }
}

/// The versions of the runtime that the code requires, such as `0.1`.
fn series() -> String {
    match (env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR")) {
        ("0", minor) => format!("0.{minor}"),
        (major, _) => major.to_owned(),
    }
}

/// `lib.rs`, in a crate of its own.
pub(super) fn root<'a>(api: &'a Api, layout: &'a Layout) -> SourceFile<'a> {
    SourceFile::rust(
        "src/lib.rs",
        vec![printer(|| items(api, layout, Some(&root_attributes(api)), Gates::Features)), printer(runtime)],
    )
}

/// Re-exported, so that an application needs no dependency of its own, which could have a different
/// version.
fn runtime() -> TokenStream {
    quote! {
        #[doc = " The runtime that all APIs share: call options, retries, errors, transports for tests, and the limits and rejections of servers."]
        pub use specwright_runtime;
    }
}

/// Attributes that are allowed only at the root of a crate.
fn root_attributes(api: &Api) -> TokenStream {
    let limit = recursion_limit(api);
    let unused = api.features.is_some().then(|| {
        quote!(#![cfg_attr(not(feature = "full"), allow(unused_imports, reason = "items using them may be left out"))])
    });
    quote! {
        #limit
        #unused
        #![allow(
            confusable_idents,
            mixed_script_confusables,
            uncommon_codepoints,
            reason = "the document's names may be in any script"
        )]
    }
}

fn recursion_limit(api: &Api) -> Option<TokenStream> {
    let limit = Literal::string(&api.types.recursion_limit()?.to_string());
    Some(quote!(#![recursion_limit = #limit]))
}

/// The items of the module. `attributes` are those that only some forms of it have.
fn items(api: &Api, layout: &Layout, attributes: Option<&TokenStream>, gates: Gates) -> TokenStream {
    let doc = rustdoc::inner(&description(api, layout), &remarks(api));
    let front = front::page(api, layout, gates == Gates::Features);
    let modules = modules(api, layout, gates);
    let exports = exports(api, layout, gates);
    let series = series();
    quote! {
        #doc
        #front
        #attributes
        #![allow(deprecated, reason = "deprecated items are generated too, and other items use them")]
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
            reason = "names, sizes, statuses and wording come from the document"
        )]
        #modules
        #exports
        specwright_runtime::requires!(#series);
    }
}

/// The declarations of the modules, in the order of their names.
fn modules(api: &Api, layout: &Layout, gates: Gates) -> TokenStream {
    let (of_client, of_server) = (gates.of(&["client"]), gates.of(&["server"]));
    let of_both = gates.of(&["client", "server"]);
    let has_webhooks = api.webhooks.is_some();
    let client = layout.client.is_printed().then(|| {
        quote! {
            #of_client
            pub mod client;
        }
    });
    let groups = (layout.client.is_printed() && !api.tag_groups.is_empty()).then(|| {
        quote! {
            #of_client
            pub mod groups;
        }
    });
    let security = security::is_needed(api).then(|| {
        quote!(
            pub mod security;
        )
    });
    let sender = (has_webhooks && layout.sends()).then(|| {
        quote! {
            #of_both
            pub mod sender;
        }
    });
    let server = layout.server.is_printed().then(|| {
        quote! {
            #of_server
            pub mod server;
        }
    });
    let webhooks = (has_webhooks && layout.server.is_printed()).then(|| {
        quote! {
            #of_server
            pub mod webhooks;
        }
    });
    let shared = shared::is_needed(api).then(|| {
        quote!(
            pub mod shared;
        )
    });
    quote! {
        #client
        #[doc(hidden)]
        pub mod descriptors;
        #groups
        pub mod operations;
        #security
        #sender
        #server
        #shared
        pub mod types;
        #webhooks
    }
}

/// The names that applications use most, and the document.
fn exports(api: &Api, layout: &Layout, gates: Gates) -> TokenStream {
    let (of_client, of_server) = (gates.of(&["client"]), gates.of(&["server"]));
    let client = layout.client.is_printed().then(|| {
        quote! {
            #of_client
            pub use client::{Client, ClientBuilder};
        }
    });
    let credentials = security::has_credentials(api).then(|| {
        quote!(
            pub use security::Credentials;
        )
    });
    let document = (layout.document.is_printed() && layout.server.is_printed()).then(|| {
        quote! {
            #[doc = " The OpenAPI document of the server, in YAML."]
            #of_server
            pub const DOCUMENT: &str = include_str!("openapi.yaml");
        }
    });
    quote!(#client #credentials #document)
}

/// The document's description of the API, below a line that we write.
fn description(api: &Api, layout: &Layout) -> Doc {
    let body =
        [api.doc.summary.as_deref(), api.doc.body.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    Doc {
        summary: Some(sentence(api, layout)),
        body: Some(body),
        examples: Vec::new(),
        deprecated: None,
        ..api.doc.clone()
    }
}

/// Describes the code in one sentence.
pub(super) fn sentence(api: &Api, layout: &Layout) -> String {
    let sides = match (layout.client.is_printed(), layout.server.is_printed()) {
        (true, true) => "Client, server and types",
        (true, false) => "Client and types",
        (false, true) => "Server and types",
        (false, false) => "Types",
    };
    format!("{sides} of {}.", phrases::api(api))
}

/// The version that the document declares.
pub(super) fn version(api: &Api) -> String {
    format!("Version of the document: `{}`.", phrases::code(api.version.trim()))
}

fn remarks(api: &Api) -> Vec<String> {
    let mut remarks = vec![version(api)];
    remarks.extend(api.types.recursion_limit().map(|limit| {
        format!(
            "Types nest deeply: a crate that sends their values to other threads may need `#![recursion_limit = \"{limit}\"]` at its root."
        )
    }));
    if api.has_provenance {
        remarks.push(PROVENANCE.to_owned());
    }
    remarks
}
