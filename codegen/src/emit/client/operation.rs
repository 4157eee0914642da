//! Prints one operation of the client: its request builder with setters, and how its responses are
//! decoded.

use proc_macro2::TokenStream;
use quote::quote;

use super::example::Example;
use super::method::{self, Start};
use super::required::{self, Needs};
use super::{pages, parameter, payload, response};
use crate::emit::gates::{self, Subject};
use crate::emit::phrases::code;
use crate::emit::{Scope, rustdoc, schemas};
use crate::ir::model::{Api, Operation};

/// `Client::builder` and the methods that make request builders.
pub(super) fn methods(api: &Api) -> TokenStream {
    let starts = api.operations.iter().enumerate().map(|(index, operation)| {
        let constant = &operation.constant;
        let call = quote!(self.inner.call(&descriptors::#constant));
        let method = method::method(api, operation, &Start { argument: TokenStream::new(), call });
        let gate = gates::attribute(api, Subject::Operation(index));
        let former = api.former.of_operation(index).map(|former| method::former(api, operation, former));
        let former = former.map(|former| gates::behind(gate.as_ref(), former));
        let method = gates::behind(gate.as_ref(), method);
        quote!(#method #(#former)*)
    });
    let with_schemas = with_schemas(api);
    quote! {
        impl Client {
            /// Starts building a client of the API at this base URL.
            pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
                ClientBuilder { inner: rt::Builder::new(base_url) #with_schemas }
            }
            #(#starts)*
        }
    }
}

/// Passes the schemas of requests to a builder, if there are any.
pub(super) fn with_schemas(api: &Api) -> Option<TokenStream> {
    schemas::are_requests_checked(api).then(|| quote!(.with_schemas(&descriptors::SCHEMAS)))
}

/// The setters of a request builder. Without any, it is an alias of the runtime's.
fn setters(api: &Api, operation: &Operation, needs: &Needs) -> TokenStream {
    let scope = Scope::beside(&api.types);
    let set = (0..operation.parameters.len()).filter(|index| !required::is_argument(operation, *index));
    let parameters = set.map(|index| parameter::setter(scope, operation, needs, index));
    let former = parameter::former_setters(api, operation, needs);
    parameters.chain([former, payload::setters(api, operation, needs)]).collect()
}

/// Request builder and responses of one operation; `client` is the struct that makes the builder.
pub(super) fn operation(
    api: &Api,
    client: &TokenStream,
    operation: &Operation,
    example: Option<&Example>,
) -> TokenStream {
    let doc = builder_doc(client, operation, example);
    let (builder, success, error) = (&operation.builder, &operation.success, &operation.error);
    let needs = Needs::of(operation);
    let responses = response::responses(api, operation);
    if needs.is_alias(operation) {
        return quote! {
            #doc
            pub type #builder = rt::Call<operations::#success, operations::#error>;
            #responses
        };
    }
    let setters = setters(api, operation, &needs);
    let (declaration, field, generics) = (needs.declaration(operation), needs.field(), needs.parameters());
    let arguments = (!generics.is_empty()).then(|| quote!(<#(#generics),*>));
    let setters = (!setters.is_empty()).then(|| quote!(impl #arguments #builder #arguments { #setters }));
    let pages = pages::pages(api, operation, &needs);
    quote! {
        #doc
        #[must_use = "nothing is sent before `send` or `.await`"]
        pub struct #builder #declaration {
            call: rt::RequestBuilder,
            #field
        }
        specwright_runtime::request_builder!(
            #builder { operations::#success, operations::#error #(, #generics)* }
        );
        #setters
        #pages
        #responses
    }
}

fn builder_doc(client: &TokenStream, operation: &Operation, example: Option<&Example>) -> TokenStream {
    let mut lead =
        format!("Request builder of `{}`, made by [`{client}::{}`].", code(&operation.id), operation.name.plain());
    if !operation.responses.error.is_empty() {
        let error = &operation.error;
        lead = format!("{lead} Its documented errors are those of [`{error}`](operations::{error}).");
    }
    let example = example.and_then(Example::text);
    rustdoc::sentences(&std::iter::once(lead).chain(example).collect::<Vec<_>>())
}
