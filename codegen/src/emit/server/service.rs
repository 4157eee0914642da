//! Prints the traits that an application implements: one for the API, or one per tag over a common one.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::Admission;
use crate::emit::{docs, phrases, security};
use crate::ir::model::{Api, Group, Operation, Split, TypeName, Webhook, Webhooks};

/// All traits.
pub(super) fn traits(api: &Api) -> TokenStream {
    let of = |words: &str| format!("An implementation of {}: {words}", phrases::api(api));
    let asks = security::are_asked(&api.operations);
    match &api.split {
        Split::One => {
            let methods: TokenStream = api.operations.iter().map(method).collect();
            base(&api.type_stem, &of("give it to [`router`]."), asks, &methods)
        }
        Split::Groups(groups) => {
            let words = of("what all its groups of operations share.");
            let base = base(&api.type_stem, &words, asks, &TokenStream::new());
            let groups = groups.iter().map(|group| self::group(api, group));
            quote!(#base #(#groups)*)
        }
    }
}

/// The trait of an application that receives webhooks and callbacks.
pub(super) fn of_webhooks(api: &Api, webhooks: &Webhooks) -> TokenStream {
    let words = format!(
        "What {} calls on an application: give it to [`router`], or to each of [`endpoints`].",
        phrases::api(api)
    );
    let operations = || webhooks.items.iter().map(|webhook| &webhook.operation);
    let methods: TokenStream =
        webhooks.items.iter().map(|webhook| described(&webhook.operation, &[mounting(webhook)])).collect();
    base(&webhooks.receiver, &words, security::are_asked(operations()), &methods)
}

/// Names of the traits that a service must implement to be routed to, by operation.
pub(super) fn trait_of(api: &Api) -> BTreeMap<usize, TypeName> {
    match &api.split {
        Split::One => (0..api.operations.len()).map(|index| (index, api.type_stem.clone())).collect(),
        Split::Groups(groups) => {
            groups.iter().flat_map(|group| group.operations.iter().map(|index| (*index, group.name.clone()))).collect()
        }
    }
}

fn base(name: &TypeName, words: &str, asks: bool, methods: &TokenStream) -> TokenStream {
    let doc = phrases::title(words);
    let authentication = asks.then(authentication);
    quote! {
        #doc
        pub trait #name: Send + Sync + 'static {
            #authentication
            /// Shapes the response to a request that does not reach its method, and to one whose method fails.
            fn reject(&self, rejection: rt::Rejection) -> rt::Response {
                rejection.into_response()
            }
            #methods
        }
    }
}

fn authentication() -> TokenStream {
    quote! {
        /// Who is calling, as [`authenticate`](Self::authenticate) finds out.
        type Principal: Send + Sync + 'static;
        /// Finds out who presents these credentials.
        fn authenticate(
            &self,
            credentials: security::Credentials,
            context: &rt::Context,
        ) -> impl Future<Output = Result<Self::Principal, rt::AuthError>> + Send;
    }
}

fn group(api: &Api, group: &Group) -> TokenStream {
    let doc = docs::outer_or(&group.doc, &format!("A group of operations of {}.", phrases::api(api)), &[]);
    let (name, base) = (&group.name, &api.type_stem);
    let methods = group.operations.iter().filter_map(|index| api.operations.get(*index)).map(method);
    quote!(#doc pub trait #name: #base { #(#methods)* })
}

/// Where a webhook or callback arrives.
fn mounting(webhook: &Webhook) -> String {
    let path = webhook.operation.path.segments.iter().map(phrases::segment).collect::<String>();
    format!("At {} of [`router`], or where [`endpoints::{}`] is mounted.", docs::code(&path), webhook.endpoint.plain())
}

/// A method that answers 501 until it is written.
fn method(operation: &Operation) -> TokenStream {
    described(operation, &[])
}

/// The same with more words.
fn described(operation: &Operation, words: &[String]) -> TokenStream {
    let (doc, mut paragraphs) = phrases::operation_in_words(operation);
    paragraphs.extend_from_slice(words);
    let doc = docs::outer_with(&doc, &paragraphs);
    let (name, input, success, error) = (&operation.name, &operation.input, &operation.success, &operation.error);
    let (argument, unused) = match Admission::of(operation) {
        Admission::Known => (quote!(principal: Self::Principal,), quote!(principal,)),
        Admission::MaybeKnown => (quote!(principal: Option<Self::Principal>,), quote!(principal,)),
        Admission::Anyone => (quote!(), quote!()),
    };
    quote! {
        #doc
        fn #name(
            &self,
            #argument
            input: #input,
            context: rt::Context,
        ) -> impl Future<Output = Result<operations::#success, rt::Failure<operations::#error>>> + Send {
            rt::not_implemented((#unused input, context))
        }
    }
}
