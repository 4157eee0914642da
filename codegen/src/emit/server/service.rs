//! Prints the traits that an application implements: one for the API, or a common one and one for
//! each tag.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Auth, refusals};
use crate::emit::{former, phrases, rustdoc, security};
use crate::ir::model::{Api, FunctionName, Group, Operation, Split, TypeName, Webhook, Webhooks};
use crate::ir::{self, Refusal};

/// All traits.
pub(super) fn traits(api: &Api) -> TokenStream {
    let title = format!("A server of {}.", phrases::api(api));
    let has_credentials = security::are_required(&api.operations);
    let shapes = ir::refusals(api);
    match &api.split {
        Split::One => {
            let methods: TokenStream = (0..api.operations.len()).map(|index| methods(api, index)).collect();
            base(
                &api.type_stem,
                &[title, "Pass an implementation to [`router`].".to_owned()],
                has_credentials,
                &shapes,
                &methods,
            )
        }
        Split::Groups(groups) => {
            let words = "Each group of operations is a subtrait of this trait. Pass a type that implements all of them \
                         to [`router`].";
            let base = base(&api.type_stem, &[title, words.to_owned()], has_credentials, &shapes, &TokenStream::new());
            let groups = groups.iter().map(|group| self::group(api, group));
            quote!(#base #(#groups)*)
        }
    }
}

/// The trait of an application that receives webhooks and callbacks.
pub(super) fn of_webhooks(api: &Api, webhooks: &Webhooks) -> TokenStream {
    let words = [
        format!("Receives the webhooks and callbacks of {}.", phrases::api(api)),
        "Pass an implementation to [`router`], or to each function of [`endpoints`].".to_owned(),
    ];
    let operations = || webhooks.items.iter().map(|webhook| &webhook.operation);
    let methods: TokenStream =
        webhooks.items.iter().map(|webhook| described(&webhook.operation, &[mounting(webhook)])).collect();
    base(&webhooks.receiver, &words, security::are_required(operations()), &[], &methods)
}

/// The trait that has the method of an operation, by the index of the operation.
pub(crate) fn trait_of(api: &Api) -> BTreeMap<usize, TypeName> {
    match &api.split {
        Split::One => (0..api.operations.len()).map(|index| (index, api.type_stem.clone())).collect(),
        Split::Groups(groups) => {
            groups.iter().flat_map(|group| group.operations.iter().map(|index| (*index, group.name.clone()))).collect()
        }
    }
}

fn base(
    name: &TypeName,
    words: &[String],
    has_credentials: bool,
    refusals: &[Refusal],
    methods: &TokenStream,
) -> TokenStream {
    let doc = rustdoc::sentences(words);
    let authentication = has_credentials.then(authentication);
    let (shapes, response) = (refusals::constant(refusals), refusals::response(refusals));
    quote! {
        #shapes
        #doc
        pub trait #name: Send + Sync + 'static {
            #authentication
            /// Makes the response if a request is rejected, or if a method of this trait fails.
            fn reject(&self, rejection: rt::Rejection) -> rt::Response {
                #response
            }
            #methods
        }
    }
}

fn authentication() -> TokenStream {
    quote! {
        /// The caller, as [`authenticate`](Self::authenticate) identifies it.
        type Principal: Send + Sync + 'static;
        /// Identifies the caller that presents these credentials.
        fn authenticate(
            &self,
            credentials: security::Credentials,
            context: &rt::Context,
        ) -> impl Future<Output = Result<Self::Principal, rt::AuthError>> + Send;
    }
}

fn group(api: &Api, group: &Group) -> TokenStream {
    let doc = rustdoc::outer_or(&group.doc, &format!("Operations of {}.", phrases::api(api)), &[]);
    let (name, base) = (&group.name, &api.type_stem);
    let methods = group.operations.iter().map(|index| methods(api, *index));
    quote!(#doc pub trait #name: #base { #(#methods)* })
}

/// The path at which a webhook or callback is received.
fn mounting(webhook: &Webhook) -> String {
    let path = webhook.operation.path.segments.iter().map(phrases::segment).collect::<String>();
    format!(
        "Received at {} in [`router`], or where [`endpoints::{}`] is mounted.",
        rustdoc::code(&path),
        webhook.endpoint.plain()
    )
}

/// The method of an operation, and methods with its former names. Until the method is implemented,
/// it calls the first former one. Each of these calls the next, and the last one responds with 501.
fn methods(api: &Api, index: usize) -> TokenStream {
    let Some(operation) = api.operations.get(index) else { return TokenStream::new() };
    let former: Vec<&FunctionName> = api.former.of_operation(index).map(|former| &former.name).collect();
    let next = former.iter().copied().skip(1).map(Some).chain([None]);
    let aliases = former.iter().zip(next).map(|(name, next)| {
        let attributes = former::method(&operation.name);
        declared(operation, &attributes, name, next)
    });
    let method = declared(operation, &documentation(operation, &[]), &operation.name, former.first().copied());
    quote!(#method #(#aliases)*)
}

/// A method that responds with 501 until it is implemented, with further paragraphs of
/// documentation.
fn described(operation: &Operation, words: &[String]) -> TokenStream {
    declared(operation, &documentation(operation, words), &operation.name, None)
}

fn documentation(operation: &Operation, words: &[String]) -> TokenStream {
    let (doc, mut paragraphs) = phrases::operation_in_words(operation);
    paragraphs.extend_from_slice(words);
    rustdoc::outer_with(&doc, &paragraphs)
}

/// A method with a default implementation, which calls `next` or responds with 501.
fn declared(
    operation: &Operation,
    attributes: &TokenStream,
    name: &FunctionName,
    next: Option<&FunctionName>,
) -> TokenStream {
    let (input, success, error) = (&operation.input, &operation.success, &operation.error);
    let (argument, unused) = match Auth::of(operation) {
        Auth::Required => (quote!(principal: Self::Principal,), quote!(principal,)),
        Auth::Optional => (quote!(principal: Option<Self::Principal>,), quote!(principal,)),
        Auth::None => (quote!(), quote!()),
    };
    let default = next.map_or_else(
        || quote!(rt::not_implemented((#unused input, context))),
        |next| quote!(self.#next(#unused input, context)),
    );
    quote! {
        #attributes
        fn #name(
            &self,
            #argument
            input: #input,
            context: rt::Context,
        ) -> impl Future<Output = Result<operations::#success, rt::Failure<operations::#error>>> + Send {
            #default
        }
    }
}
