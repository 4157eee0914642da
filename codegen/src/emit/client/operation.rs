//! Prints one operation of the client: its request builder with setters, and how its responses are
//! decoded.

use proc_macro2::TokenStream;
use quote::quote;

use super::example::Example;
use super::method::{self, Start};
use super::required::{self, Needs};
use super::{pages, parameter, payload, response};
use crate::emit::gates::{self, Subject};
use crate::emit::phrases::{self, code};
use crate::emit::{Scope, rustdoc, schemas};
use crate::ir::model::{Api, Operation, ResponseCase};

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

/// Request builder and responses of one operation; `client` is the struct that makes the builder.
pub(super) fn operation(
    api: &Api,
    client: &TokenStream,
    operation: &Operation,
    example: Option<&Example>,
) -> TokenStream {
    let scope = Scope::beside(&api.types);
    let doc = builder_doc(client, operation, example);
    let (builder, success, error) = (&operation.builder, &operation.success, &operation.error);
    let needs = Needs::of(operation);
    let set = (0..operation.parameters.len()).filter(|index| !required::is_argument(operation, *index));
    let parameters = set.map(|index| parameter::setter(scope, operation, &needs, index));
    let former = parameter::former_setters(api, operation, &needs);
    let setters: TokenStream = parameters.chain([former, payload::setters(api, operation, &needs)]).collect();
    let (declaration, field, generics) = (needs.declaration(operation), needs.field(), needs.parameters());
    let arguments = (!generics.is_empty()).then(|| quote!(<#(#generics),*>));
    let setters = (!setters.is_empty()).then(|| quote!(impl #arguments #builder #arguments { #setters }));
    let pages = pages::pages(api, operation, &needs);
    let responses = response::responses(api, operation);
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
    let mut paragraphs = vec![format!(
        "Request builder of `{}`, made by [`{client}::{}`].",
        code(&operation.id),
        operation.name.plain()
    )];
    paragraphs.extend(example.map(Example::text));
    paragraphs.extend(errors(operation));
    rustdoc::sentences(&paragraphs)
}

/// The documented errors.
fn errors(operation: &Operation) -> Vec<String> {
    let errors = &operation.responses.error;
    if errors.is_empty() {
        return Vec::new();
    }
    let lines: Vec<String> = errors.iter().map(|outcome| error_line(operation, outcome)).collect();
    vec!["# Errors".to_owned(), format!("[`Error::Api`](rt::Error::Api) with\n{}", lines.join("\n"))]
}

/// ``* [`NotFound`](operations::GetUserError::NotFound) (404): no such user``
fn error_line(operation: &Operation, outcome: &ResponseCase) -> String {
    let mut line = format!(
        "* [`{variant}`](operations::{error}::{variant}) ({status})",
        variant = outcome.variant,
        error = operation.error,
        status = phrases::status(outcome),
    );
    if let Some(summary) = &outcome.doc.summary {
        line.push_str(": ");
        line.push_str(&rustdoc::inline(summary));
    }
    line
}
