//! Prints `client.rs`: progenitor's `Client`, and a builder per operation over the runtime's shared core.
//!
//! The rule kept here: each printed method is one call into the runtime, so that a client of a thousand operations stays cheap to check.

mod core;
mod example;
mod operation;
mod parameter;
mod payload;
mod response;
mod sender;
mod servers;
mod settings;

pub(crate) use payload::rest as rest_field;
use proc_macro2::TokenStream;
use quote::quote;
pub use sender::file as sender_file;

use self::example::Examples;
use super::imports::Imports;
use super::phrases;
use super::source::part;
use super::{SourceFile, security};
use crate::ir::model::Api;

/// The file `client.rs` of a module that users name `path`, such as `generated_client::rownd`.
#[must_use]
pub fn file<'a>(api: &'a Api, path: &'a str) -> SourceFile<'a> {
    let examples = Examples::of(api, path);
    let mut parts = vec![
        part(|| head(api)),
        part(|| core::client(api)),
        part(|| servers::servers(api)),
        part(move || settings::of_client(api, path)),
        part(|| operation::methods(api)),
    ];
    parts.extend(api.operations.iter().enumerate().map(|(index, operation)| {
        let example = examples.printed_for(index);
        part(move || operation::operation(api, &client_name(), operation, example.as_ref()))
    }));
    SourceFile::rust("client.rs", parts)
}

fn head(api: &Api) -> TokenStream {
    let doc = phrases::heading(format!("Client of {}.", phrases::api(api)));
    let name = client_name();
    let printed = api.operations.iter().map(|operation| operation::operation(api, &name, operation, None));
    let siblings = siblings(printed, security::are_asked(&api.operations));
    quote! {
        #doc
        use specwright_runtime::client as rt;
        use specwright_runtime::client::reqwest;
        use progenitor_client::ClientInfo;
        #siblings
    }
}

/// The name that progenitor gives the client.
fn client_name() -> TokenStream {
    quote!(Client)
}

/// The modules beside a file of builders that it needs. Only its settings speak of credentials, so that nothing is searched for them.
fn siblings(printed: impl Iterator<Item = TokenStream>, asks: bool) -> TokenStream {
    let imports = Imports::of(["operations", "types"], printed).with("security", asks);
    imports.siblings(&["operations", "security", "types"])
}
