//! Prints `server.rs`: the trait that an application implements, the inputs of its methods, and the
//! router that passes on only valid, authenticated requests.
//!
//! **Invariant:** a method is called only if its request conforms to the document, and it can
//! return only documented responses.

mod body;
mod constrained_types;
mod constraints;
mod defaults;
mod handler;
mod input;
mod refusals;
mod response;
mod router;
mod service;
mod validation;
mod webhooks;

use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;

use self::constrained_types::ConstrainedTypes;
pub(crate) use self::input::{body_type, form_fields, is_optional};
pub(crate) use self::service::trait_of;
pub use self::webhooks::file as webhooks_file;
use super::imports::Imports;
use super::phrases;
use super::source::printer;
use super::{Scope, SourceFile, former, schemas, security};
use crate::ir::model::{Api, Operation, Side};

/// The file `server.rs`.
#[must_use]
pub fn file(api: &Api) -> SourceFile<'_> {
    let constrained = Arc::new(ConstrainedTypes::of(api));
    let known = Arc::clone(&constrained);
    let mut printers = vec![printer(move || head(api, &known)), printer(move || service::traits(api))];
    printers.extend(api.operations.iter().map(|operation| printer(move || input::input(api, operation))));
    if !api.former.operations.is_empty() {
        printers.push(printer(|| former::inputs(api)));
    }
    printers.push(printer(move || router::router(api)));
    let traits = service::trait_of(api);
    printers.extend(api.operations.iter().enumerate().filter_map(|(index, operation)| {
        let service = traits.get(&index)?.clone();
        Some(printer(move || handler::handler(api, &service, operation)))
    }));
    printers
        .extend(api.operations.iter().map(|operation| printer(move || response::operation_responses(api, operation))));
    printers.extend(response::shared(api, Side::Api));
    let ids = validation::validated(api);
    let (known, all) = (Arc::clone(&constrained), ids.clone());
    printers.push(printer(move || validation::unconstrained(api, &known, &all)));
    printers.extend(ids.into_iter().map(|id| {
        let constrained = Arc::clone(&constrained);
        printer(move || validation::implementation(api, &constrained, id))
    }));
    SourceFile::rust("server.rs", printers)
}

fn head(api: &Api, constrained: &ConstrainedTypes) -> TokenStream {
    let doc = phrases::heading(format!("Server of {}.", phrases::api(api)));
    let traits = std::iter::once_with(|| service::traits(api));
    let inputs = api.operations.iter().map(|operation| input::input(api, operation));
    let ids = validation::validated(api);
    let unconstrained = std::iter::once_with(|| validation::unconstrained(api, constrained, &ids));
    let validates = ids.iter().map(|id| validation::implementation(api, constrained, *id));
    let has_shared = validation::has_shared(api, &ids) || response::has_shared(api, Side::Api);
    let services = service::trait_of(api);
    let handlers = api
        .operations
        .iter()
        .enumerate()
        .filter_map(|(index, operation)| Some(handler::handler(api, services.get(&index)?, operation)));
    let parts = handlers.chain(validates).chain(unconstrained).chain(inputs).chain(traits);
    let imports = imports(has_shared, schemas::are_needed(api, true), parts, &api.operations);
    quote!(#doc #imports)
}

/// The imports of a file of traits and handlers. Only traits mention credentials, only routes
/// mention descriptors, and only validation mentions shared types, so these are not searched for.
fn imports<'a>(
    has_shared: bool,
    has_schemas: bool,
    parts: impl Iterator<Item = TokenStream>,
    operations: impl IntoIterator<Item = &'a Operation> + Clone,
) -> TokenStream {
    let imports = Imports::of(["Arc", "Future", "operations", "types", "validation"], parts)
        .with("descriptors", has_schemas || operations.clone().into_iter().next().is_some())
        .with("security", security::are_required(operations))
        .with("shared", has_shared);
    let arc = imports.when(
        "Arc",
        quote!(
            use std::sync::Arc;
        ),
    );
    // A crate of an older edition does not have `Future` in its prelude.
    let future = imports.when(
        "Future",
        quote!(
            use std::future::Future;
        ),
    );
    let validation = imports.when(
        "validation",
        quote!(
            use specwright_runtime::validation;
        ),
    );
    let siblings = imports.siblings(&["descriptors", "operations", "security", "shared", "types"]);
    quote! {
        #future
        #arc
        #validation
        use specwright_runtime::server as rt;
        #siblings
    }
}

/// The scope of the files of a server.
fn scope(api: &Api) -> Scope<'_> {
    Scope::beside(&api.types)
}

/// Whether an operation requires, accepts or ignores credentials.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Auth {
    Required,
    Optional,
    None,
}

/// The credentials that a method receives: `required`, `optional` or `none`.
pub(crate) fn principal(operation: &Operation) -> &'static str {
    match Auth::of(operation) {
        Auth::Required => "required",
        Auth::Optional => "optional",
        Auth::None => "none",
    }
}

impl Auth {
    fn of(operation: &Operation) -> Self {
        let accepts_credentials = operation.security.iter().any(|alternative| alternative.credential.is_some());
        let admits_anyone = operation.security.iter().any(|alternative| alternative.credential.is_none());
        match (accepts_credentials, admits_anyone) {
            (true, false) => Self::Required,
            (true, true) => Self::Optional,
            (false, _) => Self::None,
        }
    }
}
