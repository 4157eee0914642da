//! Prints the enums of an operation. They have one variant for each documented status and media
//! type, which holds the body.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::alias::success_alias;
use super::content::{body_type, headers_type};
use crate::emit::phrases::{self, code, title};
use crate::emit::types::places_in_words;
use crate::emit::{Scope, rustdoc};
use crate::ir::model::{Api, Doc, Operation, ResponseBody, ResponseCase, SharedErrors, Side, Status};

/// The success enum, and `into_body` if one variant carries a body; or an alias of an enum of the
/// runtime.
pub(super) fn success(api: &Api, scope: Scope<'_>, operation: &Operation) -> TokenStream {
    let name = &operation.success;
    let outcomes = &operation.responses.success;
    let title = format!("Documented successes of `{}`.", code(&operation.id));
    if let (Some(target), [outcome]) = (success_alias(api, scope, operation), outcomes.as_slice()) {
        let variant = format!("{} `{}`: {}", title, outcome.variant, phrases::outcome(outcome));
        let doc = rustdoc::sentences(&[one_line(&variant, &outcome.doc)]);
        return quote!(#doc pub type #name = #target;);
    }
    let doc = phrases::title(&title);
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

/// The error enum with its status and traits, or an alias of a shared one. An alias, too, if the
/// document describes no error.
pub(super) fn error(api: &Api, scope: Scope<'_>, operation: &Operation) -> TokenStream {
    let name = &operation.error;
    let id = code(&operation.id);
    let outcomes = &operation.responses.error;
    if !has_errors(operation) {
        let doc = title(&format!("The document describes no errors for `{id}`."));
        return quote!(#doc pub type #name = specwright_runtime::Never;);
    }
    let title = format!("Documented errors of `{id}`.");
    let alias = operation.responses.shared_error;
    if let Some((alias, shared)) = alias.and_then(|alias| Some((alias, api.shared_errors.get(alias.shared)?))) {
        let mut sentences = vec![title];
        sentences.extend(rustdoc::differences("Variants:", &parts(outcomes), &parts(&shared.cases)));
        let doc = rustdoc::sentences(&sentences);
        let (target, number) = (&shared.name, Literal::u32_unsuffixed(alias.number));
        return quote!(#doc pub type #name = shared::#target<#number>;);
    }
    let doc = phrases::title(&title);
    errors(api, scope, &quote!(#name), None, outcomes, &doc)
}

/// The enum of errors that several operations share.
pub(super) fn shared_errors(api: &Api, shared: &SharedErrors) -> TokenStream {
    let operation = |index: &usize| match shared.side {
        Side::Api => api.operations.get(*index),
        Side::Webhooks => api.called_back().nth(*index).map(|webhook| &webhook.operation),
    };
    let places: Vec<&Operation> = shared.places.iter().filter_map(operation).collect();
    let places = places_in_words(places.iter().map(|operation| ("operations", &operation.error)));
    let doc = rustdoc::sentences(&[
        format!("Documented errors of {places}."),
        "Each operation has its own `OPERATION`, a number that is made from its name, and thus its own type."
            .to_owned(),
    ]);
    errors(api, Scope::shared(&api.types), &shared.name, Some(&format_ident!("OPERATION")), &shared.cases, &doc)
}

/// An enum of errors, of which each `number` is a type of its own if there is one.
fn errors(
    api: &Api,
    scope: Scope<'_>,
    name: &impl ToTokens,
    number: Option<&Ident>,
    outcomes: &[ResponseCase],
    doc: &TokenStream,
) -> TokenStream {
    let derives = derives(outcomes);
    let variants = outcomes.iter().map(|outcome| variant(api, scope, outcome));
    let statuses = statuses(outcomes);
    let generics = number.map(|number| quote!(<const #number: u32>));
    let arguments = number.map(|number| quote!(<#number>));
    quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub enum #name #generics { #(#variants),* }
        specwright_runtime::documented_errors! { #name #arguments { #(#statuses,)* } }
    }
}

/// The documentation of the variants, by name.
fn parts(outcomes: &[ResponseCase]) -> Vec<(String, &Doc)> {
    outcomes.iter().map(|outcome| (outcome.variant.to_string(), &outcome.doc)).collect()
}

/// A line with the document's text after it.
fn one_line(label: &str, doc: &Doc) -> String {
    match doc.summary.as_deref().or(doc.body.as_deref()).map(rustdoc::inline).filter(|text| !text.is_empty()) {
        Some(text) => format!("{label}: {text}"),
        None => label.to_owned(),
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
    fields.extend(headers_type(api, scope, outcome));
    fields
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
