//! Prints the enums of an operation. They have one variant for each documented status and media
//! type, which holds the body.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::phrases::{self, code, title};
use crate::emit::{Scope, rustdoc};
use crate::ir::model::{Api, Operation, ResponseBody, ResponseCase, Status};

/// The success enum, and `into_body` if one variant carries a body.
pub(super) fn success(api: &Api, scope: Scope<'_>, operation: &Operation) -> TokenStream {
    let name = &operation.success;
    let outcomes = &operation.responses.success;
    let doc = title(&format!("Documented successes of `{}`.", code(&operation.id)));
    let derives = derives(outcomes);
    let variants = outcomes.iter().map(|outcome| variant(api, scope, outcome));
    let into_body = into_body(scope, operation);
    quote! {
        #doc
        #derives
        pub enum #name { #(#variants),* }
        #into_body
    }
}

/// The error enum with its status and traits, or an alias if the document describes no error.
pub(super) fn error(api: &Api, scope: Scope<'_>, operation: &Operation) -> TokenStream {
    let name = &operation.error;
    let id = code(&operation.id);
    let outcomes = &operation.responses.error;
    if !has_errors(operation) {
        let doc = title(&format!("The document describes no errors for `{id}`."));
        return quote!(#doc pub type #name = specwright_runtime::Never;);
    }
    let doc = title(&format!("Documented errors of `{id}`."));
    let derives = derives(outcomes);
    let variants = outcomes.iter().map(|outcome| variant(api, scope, outcome));
    let statuses = statuses(outcomes);
    quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
        specwright_runtime::documented_errors! { #name { #(#statuses,)* } }
    }
}

/// A stream can be read only once, so it is neither copied nor compared.
fn derives(outcomes: &[ResponseCase]) -> TokenStream {
    if is_compared(outcomes) { quote!(#[derive(Clone, Debug, PartialEq)]) } else { quote!(#[derive(Debug)]) }
}

/// Whether an enum of these responses can be copied and compared.
pub(crate) fn is_compared(outcomes: &[ResponseCase]) -> bool {
    !outcomes.iter().any(|outcome| is_streamed(&outcome.body))
}

/// Whether the error type is an enum and not an alias.
pub(crate) fn has_errors(operation: &Operation) -> bool {
    !operation.responses.error.is_empty()
}

fn variant(api: &Api, scope: Scope<'_>, outcome: &ResponseCase) -> TokenStream {
    let name = &outcome.variant;
    let doc = rustdoc::outer(&phrases::labelled(&phrases::outcome(outcome), &outcome.doc));
    let fields = fields(api, scope, outcome);
    match fields.as_slice() {
        [] => quote!(#doc #name),
        fields => quote!(#doc #name(#(#fields),*)),
    }
}

/// The content of a variant: the status if several are possible, the body, and the headers.
fn fields(api: &Api, scope: Scope<'_>, outcome: &ResponseCase) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    if !matches!(outcome.status, Status::Code(_)) {
        fields.push(quote!(specwright_runtime::StatusCode));
    }
    fields.extend(body_type(scope, &outcome.body));
    fields.extend(outcome.headers.and_then(|index| api.header_groups.get(index)).map(|group| {
        let name = &group.name;
        quote!(#name)
    }));
    fields
}

/// Type of a body; `None` for a response without one.
pub(crate) fn body_type(scope: Scope<'_>, body: &ResponseBody) -> Option<TokenStream> {
    let ty = match body {
        ResponseBody::Empty => return None,
        ResponseBody::Json(ty) | ResponseBody::Text(ty) | ResponseBody::Form(ty) => scope.ty(ty),
        ResponseBody::Bytes => quote!(specwright_runtime::Bytes),
        ResponseBody::Stream => quote!(specwright_runtime::ByteStream),
        ResponseBody::Events(item) => scope.events(item),
        ResponseBody::Lines(item) => {
            let item = scope.ty(item);
            quote!(specwright_runtime::Lines<#item>)
        }
    };
    Some(ty)
}

/// Whether a body arrives in pieces.
pub(super) fn is_streamed(body: &ResponseBody) -> bool {
    matches!(body, ResponseBody::Stream | ResponseBody::Events(_) | ResponseBody::Lines(_))
}

/// Whether a response has no body.
fn is_empty_response(outcome: &ResponseCase) -> bool {
    matches!(outcome.body, ResponseBody::Empty)
}

/// `404 => NotFound`; variants that hold their status come last.
fn statuses(outcomes: &[ResponseCase]) -> Vec<TokenStream> {
    let known = outcomes.iter().filter_map(|outcome| match outcome.status {
        Status::Code(code) => Some((Literal::u16_unsuffixed(code), &outcome.variant)),
        Status::Range(_) | Status::Default => None,
    });
    let others = outcomes.iter().filter(|outcome| !matches!(outcome.status, Status::Code(_)));
    let others = others.map(|outcome| &outcome.variant).map(|variant| quote!(_ => #variant));
    known.map(|(code, variant)| quote!(#code => #variant)).chain(others).collect()
}

/// The only one of several successes that has a body, if there is exactly one.
fn with_body(operation: &Operation) -> Option<&ResponseCase> {
    let outcomes = &operation.responses.success;
    let mut bodies = outcomes.iter().filter(|outcome| !is_empty_response(outcome));
    match (bodies.next(), bodies.next(), outcomes.len()) {
        (Some(outcome), None, 2..) => Some(outcome),
        _ => None,
    }
}

/// What `into_body` of the success enum returns, if it has one.
pub(crate) fn body_of(scope: Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    body_type(scope, &with_body(operation)?.body)
}

/// `into_body`, if exactly one of several variants has a body.
fn into_body(scope: Scope<'_>, operation: &Operation) -> TokenStream {
    let (Some(outcome), Some(ty)) = (with_body(operation), body_of(scope, operation)) else {
        return TokenStream::new();
    };
    let (name, pattern) = (&operation.success, body_pattern(outcome));
    quote! {
        impl #name {
            /// The body of the response, if it has one.
            #[must_use]
            pub fn into_body(self) -> Option<#ty> {
                match self { Self::#pattern => Some(body), _ => None, }
            }
        }
    }
}

/// The body of the only success, if it has one.
pub(crate) fn single_body_of(scope: Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let [outcome] = operation.responses.success.as_slice() else { return None };
    body_type(scope, &outcome.body)
}

/// `SingleBody` of `name`, the success enum, if there is only one success and it has a body.
pub(crate) fn single_body(scope: Scope<'_>, operation: &Operation, name: &TokenStream) -> TokenStream {
    let [outcome] = operation.responses.success.as_slice() else { return TokenStream::new() };
    let Some(ty) = body_type(scope, &outcome.body) else { return TokenStream::new() };
    let pattern = body_pattern(outcome);
    quote!(specwright_runtime::single_body!(#name, body: #ty = #pattern);)
}

/// `Ok(body, _)`
pub(crate) fn body_pattern(outcome: &ResponseCase) -> TokenStream {
    let variant = &outcome.variant;
    let before = (!matches!(outcome.status, Status::Code(_))).then(|| quote!(_,));
    let after = outcome.headers.map(|_| quote!(, _));
    quote!(#variant(#before body #after))
}
