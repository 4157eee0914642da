//! Prints the methods that make request builders. They take the path parameters in the order of the
//! URL, then the body if it is required.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::parameter::Argument;
use super::payload;
use super::required::{self, Needs};
use crate::emit::phrases::{self, code};
use crate::emit::{Scope, former, rustdoc};
use crate::ir::model::{Api, FormerOperation, Operation, Parameter};

/// The media type of most bodies.
const JSON: &str = "application/json";

/// How a method starts a call: the method's first argument, and the expression of the call.
pub(super) struct Start {
    pub argument: TokenStream,
    pub call: TokenStream,
}

/// `pub fn get_user(&self, user_id: impl Into<types::UserId>) -> GetUserRequestBuilder { … }`
///
/// Marked `#[inline]` if the operation has a body, so that serialization of the body is compiled
/// only where the operation is called.
pub(super) fn method(api: &Api, operation: &Operation, start: &Start) -> TokenStream {
    let doc = rustdoc::outer_with(&phrases::operation(operation), &arguments(api, operation));
    let scope = Scope::beside(&api.types);
    let needs = Needs::of(operation);
    let (name, builder) = (&operation.name, &operation.builder);
    let Start { argument, call } = start;
    let parameters: Vec<Given> = required::arguments(operation).map(|(index, one)| give(scope, index, one)).collect();
    let body = payload::argument(api, operation);
    let inline = body.is_some().then(|| quote!(#[inline]));
    let types = parameters.iter().map(|one| &one.argument).chain(body.iter().map(|body| &body.arguments));
    let statements: Vec<&TokenStream> =
        parameters.iter().map(|one| &one.statement).chain(body.iter().map(|body| &body.statements)).collect();
    let made = if statements.is_empty() {
        needs.builder(operation, call)
    } else {
        let made = needs.builder(operation, &quote!(call));
        quote! {
            let mut call = #call;
            #(#statements)*
            #made
        }
    };
    quote! {
        #doc
        #inline
        pub fn #name(&self, #argument #(#types),*) -> #builder {
            #made
        }
    }
}

struct Given {
    argument: TokenStream,
    statement: TokenStream,
}

/// How another method passes its arguments on to the method of an operation.
pub(super) struct Forwarded {
    /// `user_id: impl Into<types::UserId>`
    pub arguments: Vec<TokenStream>,
    /// `user_id`
    pub names: Vec<TokenStream>,
    /// `#[inline]` if there is a body, as in [`method`].
    pub inline: Option<TokenStream>,
}

impl Forwarded {
    pub(super) fn of(api: &Api, operation: &Operation) -> Self {
        let scope = Scope::beside(&api.types);
        let parameters = required::arguments(operation).map(|(index, one)| (one, give(scope, index, one)));
        let (mut names, mut arguments): (Vec<_>, Vec<_>) =
            parameters.map(|(one, given)| (one.name.to_token_stream(), given.argument)).unzip();
        let body = payload::argument(api, operation);
        let inline = body.is_some().then(|| quote!(#[inline]));
        if let Some(body) = body {
            arguments.push(body.arguments);
            names.push(body.names);
        }
        Self { arguments, names, inline }
    }
}

/// A method with a former name. It calls the method that replaced it.
pub(super) fn former(api: &Api, operation: &Operation, former: &FormerOperation) -> TokenStream {
    let attributes = former::method(&operation.name);
    let (name, current, builder) = (&former.name, &operation.name, &operation.builder);
    let Forwarded { arguments, names, inline } = Forwarded::of(api, operation);
    quote! {
        #attributes
        #inline
        pub fn #name(&self, #(#arguments),*) -> #builder {
            self.#current(#(#names),*)
        }
    }
}

fn give(scope: Scope<'_>, index: usize, parameter: &Parameter) -> Given {
    let name = &parameter.name;
    let argument = Argument::of(scope, &parameter.ty);
    let ty = argument.ty();
    Given { argument: quote!(#name: #ty), statement: argument.set(&quote!(call), index, &quote!(#name)) }
}

/// ``* `user_id`: the user's ID``; `None` if the name says everything.
fn line(parameter: &Parameter) -> Option<String> {
    let text = parameter.doc.summary.as_deref().or(parameter.doc.body.as_deref()).map(rustdoc::inline)?;
    (!text.is_empty()).then(|| format!("* `{}`: {text}", parameter.name.plain()))
}

/// A list of the arguments in one paragraph, and further remarks about the body.
fn arguments(api: &Api, operation: &Operation) -> Vec<String> {
    let mut lines: Vec<String> = required::arguments(operation).filter_map(|(_, parameter)| line(parameter)).collect();
    let body = operation.body.as_ref().filter(|body| required::is_body_argument(body));
    let content = body.and_then(|body| Some((body, body.contents.first()?)));
    lines.extend(content.and_then(|(body, content)| {
        let media = format!("`{}`", code(&content.media.text));
        let described = body.doc.summary.as_deref().or(body.doc.body.as_deref());
        match described.map(rustdoc::inline).filter(|text| !text.is_empty()) {
            Some(text) => Some(format!("* `body`, as {media}: {text}")),
            // The argument's type says it all.
            None if content.media.text == JSON => None,
            None => Some(format!("* `body`, as {media}")),
        }
    }));
    let list = (!lines.is_empty()).then(|| lines.join("\n"));
    let headers = content.map(|(_, content)| payload::headers_of_parts(api, content));
    list.into_iter().chain(headers.into_iter().flatten()).collect()
}
