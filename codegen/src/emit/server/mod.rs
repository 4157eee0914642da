//! Prints `server.rs`: the trait that an application implements, what its methods receive, and the router that only lets valid,
//! authenticated requests through.
//!
//! The rule kept here: a method is reached when everything the document says about its request holds, and can only response what
//! the document says.

mod body;
mod defaults;
mod handler;
mod input;
mod response;
mod router;
mod rules;
mod service;
mod validation;
mod webhooks;

use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;

use self::validation::ConstrainedTypes;
pub use self::webhooks::file as webhooks_file;
use super::imports::Imports;
use super::phrases;
use super::source::part;
use super::{Scope, SourceFile, security};
use crate::ir::model::Api;

/// The file `server.rs`.
#[must_use]
pub fn file(api: &Api) -> SourceFile<'_> {
    let constrained = Arc::new(ConstrainedTypes::of(api));
    let known = Arc::clone(&constrained);
    let mut parts = vec![part(move || head(api, &known)), part(move || service::traits(api))];
    parts.extend(api.operations.iter().map(|operation| part(move || input::input(api, operation))));
    parts.push(part(move || router::router(api)));
    let traits = service::trait_of(api);
    parts.extend(api.operations.iter().enumerate().filter_map(|(index, operation)| {
        let service = traits.get(&index)?.clone();
        Some(part(move || handler::handler(api, &service, operation)))
    }));
    parts.extend(api.operations.iter().map(|operation| part(move || response::replies(api, operation))));
    parts.extend(validation::validated(api).into_iter().map(|id| {
        let constrained = Arc::clone(&constrained);
        part(move || validation::implementation(api, &constrained, id))
    }));
    SourceFile::rust("server.rs", parts)
}

fn head(api: &Api, constrained: &ConstrainedTypes) -> TokenStream {
    let doc = phrases::heading(format!("Server of {}.", phrases::api(api)));
    let traits = std::iter::once_with(|| service::traits(api));
    let inputs = api.operations.iter().map(|operation| input::input(api, operation));
    let validates = validation::validated(api).into_iter().map(|id| validation::implementation(api, constrained, id));
    let services = service::trait_of(api);
    let handlers = api
        .operations
        .iter()
        .enumerate()
        .filter_map(|(index, operation)| Some(handler::handler(api, services.get(&index)?, operation)));
    let parts = handlers.chain(validates).chain(inputs).chain(traits);
    let imports = imports(parts, security::are_asked(&api.operations));
    quote!(#doc #imports)
}

/// What a file of traits and handlers imports. Only traits speak of credentials, where operations ask for them.
fn imports(parts: impl Iterator<Item = TokenStream>, asks: bool) -> TokenStream {
    let imports = Imports::of(["Arc", "operations", "types", "validation"], parts).with("security", asks);
    let arc = imports.when(
        "Arc",
        quote!(
            use std::sync::Arc;
        ),
    );
    let validation = imports.when(
        "validation",
        quote!(
            use specwright_runtime::validation;
        ),
    );
    let siblings = imports.siblings(&["operations", "security", "types"]);
    quote! {
        #arc
        #validation
        use specwright_runtime::server as rt;
        #siblings
    }
}

/// How types are named in this file.
fn scope(api: &Api) -> Scope<'_> {
    Scope::beside(&api.types)
}

/// Whether an operation asks for credentials: always, if the caller likes, or never.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Admission {
    Known,
    MaybeKnown,
    Anyone,
}

impl Admission {
    fn of(operation: &crate::ir::model::Operation) -> Self {
        let known = operation.security.iter().any(|alternative| alternative.credential.is_some());
        let anyone = operation.security.iter().any(|alternative| alternative.credential.is_none());
        match (known, anyone) {
            (true, false) => Self::Known,
            (true, true) => Self::MaybeKnown,
            (false, _) => Self::Anyone,
        }
    }
}
