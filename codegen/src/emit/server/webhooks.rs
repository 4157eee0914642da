//! Prints `webhooks.rs`: the trait of an application that receives webhooks and callbacks, and the
//! endpoints that the application mounts at paths of its choice.

use std::collections::BTreeSet;
use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::constrained_types::ConstrainedTypes;
use super::validation;
use super::{handler, imports, input, response, service};
use crate::emit::phrases::{self, code};
use crate::emit::source::printer;
use crate::emit::{SourceFile, rustdoc, schemas};
use crate::ir::model::{Api, Side, TypeId, Webhook, WebhookSignature, Webhooks};

/// The file `webhooks.rs`; `None` if the API has no webhooks and no callbacks.
#[must_use]
pub fn file(api: &Api) -> Option<SourceFile<'_>> {
    let webhooks = api.webhooks.as_ref()?;
    let constrained = Arc::new(ConstrainedTypes::of(api));
    let known = Arc::clone(&constrained);
    let operations = || webhooks.items.iter().map(|webhook| &webhook.operation);
    let mut printers =
        vec![printer(move || head(api, webhooks, &known)), printer(move || service::of_webhooks(api, webhooks))];
    printers.extend(operations().map(|operation| printer(move || input::input(api, operation))));
    let has_schemas = schemas::are_needed(api, true);
    printers.push(printer(move || router(webhooks, has_schemas)));
    printers.push(printer(move || endpoints(webhooks, has_schemas)));
    printers
        .extend(operations().map(|operation| printer(move || handler::handler(api, &webhooks.receiver, operation))));
    printers.extend(operations().map(|operation| printer(move || response::operation_responses(api, operation))));
    printers.extend(response::shared(api, Side::Webhooks));
    let ids = received(api, webhooks);
    let (known, all) = (Arc::clone(&constrained), ids.clone());
    printers.push(printer(move || validation::unconstrained(api, &known, &all)));
    printers.extend(ids.into_iter().map(|id| {
        let constrained = Arc::clone(&constrained);
        printer(move || validation::implementation(api, &constrained, id))
    }));
    Some(SourceFile::rust("webhooks.rs", printers))
}

fn head(api: &Api, webhooks: &Webhooks, constrained: &ConstrainedTypes) -> TokenStream {
    let doc = phrases::heading(format!("Receives the webhooks and callbacks of {}.", phrases::api(api)));
    let operations = || webhooks.items.iter().map(|webhook| &webhook.operation);
    let traits = std::iter::once_with(|| service::of_webhooks(api, webhooks));
    let inputs = operations().map(|operation| input::input(api, operation));
    let handlers = operations().map(|operation| handler::handler(api, &webhooks.receiver, operation));
    let ids = received(api, webhooks);
    let unconstrained = std::iter::once_with(|| validation::unconstrained(api, constrained, &ids));
    let validates = ids.iter().map(|id| validation::implementation(api, constrained, *id));
    let parts = handlers.chain(validates).chain(unconstrained).chain(inputs).chain(traits);
    let has_schemas = schemas::are_needed(api, true);
    let has_shared = validation::has_shared(api, &ids) || response::has_shared(api, Side::Webhooks);
    let imports = imports(has_shared, has_schemas, parts, operations());
    let signed = webhooks.signature.is_some().then(|| {
        quote!(
            use specwright_runtime::signature::{SignatureScheme, Signatures};
        )
    });
    let signature = webhooks.signature.as_ref().map(signature);
    quote!(#doc #imports #signed #signature)
}

/// `pub static SIGNATURE: SignatureScheme = SignatureScheme::GITHUB;`
fn signature(signature: &WebhookSignature) -> TokenStream {
    let doc = rustdoc::sentences(&[
        "How the webhooks and callbacks are signed.".to_owned(),
        "A receiver passes `Signatures::new(&SIGNATURE, &key)?` to [`router`], and a sender to the `layer` of its \
         builder."
            .to_owned(),
    ]);
    let scheme = format_ident!("{}", signature.scheme);
    let value = match &signature.header {
        None => quote!(SignatureScheme::#scheme),
        Some(header) => quote!(SignatureScheme { header: #header, ..SignatureScheme::#scheme }),
    };
    quote!(#doc pub static SIGNATURE: SignatureScheme = #value;)
}

/// What a receiver of signed webhooks does.
const UNSIGNED: &str = "Requests that are not signed with a key of `signatures` get a `401` before anything else reads their \
                        body.";

/// `router`, which receives each webhook at a path that is its name.
fn router(webhooks: &Webhooks, has_schemas: bool) -> TokenStream {
    let mut doc = vec![
        "Routes each webhook and callback to `service`, at a path that is its name in the document. Nest the router \
         below a path of your choice."
            .to_owned(),
        "To choose the path of each, mount them one by one with [`endpoints`].".to_owned(),
    ];
    doc.extend(webhooks.signature.as_ref().map(|_| UNSIGNED.to_owned()));
    let doc = rustdoc::sentences(&doc);
    let receiver = &webhooks.receiver;
    let with_schemas = has_schemas.then(|| quote!(.with_schemas(&descriptors::SCHEMAS)));
    let signed = webhooks.signature.as_ref();
    let parameter = signed.map(|_| quote!(, signatures: Signatures));
    let argument = signed.map(|_| quote!(, signatures));
    let layer = signed.map(|_| quote!(.layer(|_| true, rt::signed(signatures))));
    let routes = webhooks.items.iter().map(|webhook| {
        let (constant, name) = (&webhook.operation.constant, &webhook.operation.name);
        quote!(rt::route(&descriptors::#constant, #name))
    });
    quote! {
        #doc
        pub fn router<S: #receiver>(service: S #parameter) -> rt::Router {
            routes(service #argument).into_router()
        }

        /// The webhooks and callbacks before they become a router. Use them to mount only some of
        /// them, to wrap some in layers, or to merge them with the operations of an API.
        pub fn routes<S: #receiver>(service: S #parameter) -> rt::Routes {
            rt::routes(service, S::reject, Vec::from([#(#routes),*])) #with_schemas #layer
        }
    }
}

/// `mod endpoints`: one function for each path item.
fn endpoints(webhooks: &Webhooks, has_schemas: bool) -> TokenStream {
    let Some(first) = webhooks.items.first() else { return TokenStream::new() };
    let signed = if webhooks.signature.is_some() { ", &signatures" } else { "" };
    let example = format!("`Router::new().route(\"/hooks/{{id}}\", endpoints::{}(&service{signed}))`", first.endpoint);
    let doc = phrases::title(&format!(
        "Endpoints for single webhooks and callbacks, at paths that the application chooses: {example}."
    ));
    let signatures = webhooks.signature.as_ref().map(|_| quote!(Signatures,));
    let mut functions = Vec::new();
    let mut rest = webhooks.items.as_slice();
    while let Some(first) = rest.first() {
        let together = rest.iter().take_while(|one| one.endpoint == first.endpoint).count();
        let (item, after) = rest.split_at_checked(together).unwrap_or_default();
        functions.push(endpoint(webhooks, item, has_schemas));
        rest = after;
    }
    quote! {
        #doc
        pub mod endpoints {
            use super::{Arc, #signatures descriptors, rt};
            #(#functions)*
        }
    }
}

/// `pub fn new_pet<S: super::AcmeWebhooks>(service: &Arc<S>) -> rt::MethodRouter { … }`
fn endpoint(webhooks: &Webhooks, item: &[Webhook], has_schemas: bool) -> TokenStream {
    let Some(first) = item.first() else { return TokenStream::new() };
    let calls: Vec<String> =
        item.iter().map(|one| format!("`{} {}`", one.operation.method.0, code(&one.wire))).collect();
    let doc = phrases::title(&format!("Receives {}.", calls.join(" and ")));
    let (name, receiver) = (&first.endpoint, &webhooks.receiver);
    let routes = item.iter().map(|one| {
        let (constant, name) = (&one.operation.constant, &one.operation.name);
        quote!(rt::route(&descriptors::#constant, super::#name))
    });
    let call = if has_schemas {
        quote!(rt::endpoint_with(service, S::reject, &descriptors::SCHEMAS, Vec::from([#(#routes),*])))
    } else {
        quote!(rt::endpoint(service, S::reject, Vec::from([#(#routes),*])))
    };
    let parameter = webhooks.signature.as_ref().map(|_| quote!(, signatures: &Signatures));
    let layer = webhooks.signature.as_ref().map(|_| quote!(.layer(rt::signed(signatures.clone()))));
    quote! {
        #doc
        pub fn #name<S: super::#receiver>(service: &Arc<S> #parameter) -> rt::MethodRouter {
            #call #layer
        }
    }
}

/// Types of webhooks that no request to the API uses. `server.rs` validates the others.
fn received(api: &Api, webhooks: &Webhooks) -> Vec<TypeId> {
    let mentioned = webhooks.items.iter().flat_map(|webhook| webhook.operation.request_mentions()).collect();
    let seen = api.types.reached(mentioned);
    let in_server: BTreeSet<TypeId> = validation::validated(api).into_iter().collect();
    validation::distinct(api, seen.into_iter()).into_iter().filter(|id| !in_server.contains(id)).collect()
}
