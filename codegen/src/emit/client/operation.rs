//! Prints one operation of the client: its request builder with setters and `send`, and how its
//! responses are decoded.

use proc_macro2::TokenStream;
use quote::quote;

use super::example::Example;
use super::{parameter, payload, response};
use crate::emit::phrases::{self, code};
use crate::emit::{Scope, docs};
use crate::ir::model::{Api, Operation, RequestBody, ResponseCase};

/// `Client::builder` and the methods that make request builders.
pub(super) fn methods(api: &Api) -> TokenStream {
    let starts = api.operations.iter().map(start);
    quote! {
        impl Client {
            /// Starts building a client of the API at this base URL.
            pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
                ClientBuilder { inner: rt::Builder::new(base_url) }
            }
            #(#starts)*
        }
    }
}

/// `pub fn patch_user_profile(&self) -> PatchUserProfile<'_> { … }`
fn start(operation: &Operation) -> TokenStream {
    let doc = docs::outer(&phrases::operation(operation));
    let (name, builder, constant) = (&operation.name, &operation.builder, &operation.constant);
    quote! {
        #doc
        pub fn #name(&self) -> #builder<'_> {
            #builder { call: self.inner.call(&descriptors::#constant) }
        }
    }
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
    let builder = &operation.builder;
    let parameters = operation.parameters.iter().enumerate();
    let parameters = parameters.map(|(index, one)| parameter::setter(scope, index, one));
    let bodies = payload::setters(api, operation);
    let send = send(operation);
    let responses = response::responses(api, operation);
    quote! {
        #doc
        #[derive(Debug)]
        #[must_use = "nothing is sent before `send`"]
        pub struct #builder<'c> {
            call: rt::RequestBuilder<'c>,
        }
        impl<'c> #builder<'c> {
            #(#parameters)*
            #bodies
            /// Sets options of this call alone.
            pub fn with(mut self, options: rt::RequestOptions) -> Self {
                self.call.with(options);
                self
            }
            #send
        }
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
    docs::sentences(&paragraphs)
}

fn send(operation: &Operation) -> TokenStream {
    let doc = docs::sentences(&send_doc(operation));
    let (success, error) = (&operation.success, &operation.error);
    quote! {
        #doc
        pub fn send(self) -> rt::SendFuture<'c, operations::#success, operations::#error> {
            self.call.send()
        }
    }
}

/// The documentation of `send`, with each documented error.
fn send_doc(operation: &Operation) -> Vec<String> {
    let mut paragraphs = vec!["Sends the request.".to_owned(), "# Errors".to_owned()];
    let errors = &operation.responses.error;
    if errors.is_empty() {
        paragraphs.push("The document describes no error; [`Error`](rt::Error) lists the other failures.".to_owned());
    } else {
        let lines: Vec<String> = errors.iter().map(|outcome| error_line(operation, outcome)).collect();
        paragraphs.push(format!("[`Error::Api`](rt::Error::Api) with\n{}", lines.join("\n")));
        paragraphs.push("or another variant of [`Error`](rt::Error) if there is no documented response.".to_owned());
    }
    if operation.body.as_ref().is_some_and(needs_one_body) {
        paragraphs.push("A call without a body fails before anything is sent.".to_owned());
    }
    paragraphs
}

fn needs_one_body(body: &RequestBody) -> bool {
    body.required
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
        line.push_str(&docs::inline(summary));
    }
    line
}
