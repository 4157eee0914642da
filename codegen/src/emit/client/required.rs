//! Prints the type parameters of a request builder. There is one for each required value that a
//! setter provides, so that a request without the value does not compile.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, format_ident, quote};

use crate::ir::model::{Operation, Parameter, RequestBody};

/// A required value that a setter provides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Awaited {
    /// The parameter at this index.
    Parameter(usize),
    /// A body that can have several media types.
    Body,
}

/// The values that a new request builder still lacks. Most builders lack none and have no type
/// parameter.
pub(super) struct Needs(Vec<Awaited>);

impl Needs {
    pub(super) fn of(operation: &Operation) -> Self {
        let parameters = operation.parameters.iter().enumerate();
        let awaited = parameters.filter(|(index, one)| one.required && !is_argument(operation, *index));
        let mut needs: Vec<Awaited> = awaited.map(|(index, _)| Awaited::Parameter(index)).collect();
        needs.extend(operation.body.as_ref().filter(|body| is_chosen(body)).map(|_| Awaited::Body));
        Self(needs)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the request builder is an alias of the runtime's `Call`: the method takes all that can
    /// be set, and the operation does not page.
    pub(super) fn is_alias(&self, operation: &Operation) -> bool {
        let takes_all = (0..operation.parameters.len()).all(|index| is_argument(operation, index));
        let has_setter = operation.body.as_ref().is_some_and(|body| !is_body_argument(body));
        self.is_empty() && takes_all && !has_setter && operation.paging.is_none()
    }

    /// `P1`, `P2`, …
    pub(super) fn parameters(&self) -> Vec<Ident> {
        self.0.iter().enumerate().map(|(index, _)| parameter(index)).collect()
    }

    /// `<P1 = missing::Limit, P2 = missing::Body>`
    pub(super) fn declaration(&self, operation: &Operation) -> TokenStream {
        self.listed(|index, awaited| {
            let (parameter, marker) = (parameter(index), marker(operation, awaited));
            quote!(#parameter = missing::#marker)
        })
    }

    /// The return type of the setter for this value, and what it returns: `FindRequestBuilder<P1,
    /// rt::Given>` if the builder waits for the value, `Self` otherwise.
    pub(super) fn returned(&self, operation: &Operation, given: Awaited) -> (TokenStream, TokenStream) {
        if !self.0.contains(&given) {
            return (quote!(Self), quote!(self));
        }
        let builder = &operation.builder;
        let generics =
            self.listed(
                |index, awaited| {
                    if awaited == given { quote!(rt::Given) } else { parameter(index).into_token_stream() }
                },
            );
        (quote!(#builder #generics), self.builder(operation, &quote!(self.call)))
    }

    /// A builder around `call`, which is in scope or is a field of `self`.
    pub(super) fn builder(&self, operation: &Operation, call: &TokenStream) -> TokenStream {
        let builder = &operation.builder;
        if self.is_alias(operation) {
            return quote!(#builder::new(#call));
        }
        let call = if matches!(call.to_string().as_str(), "call") { call.clone() } else { quote!(call: #call) };
        let given = (!self.is_empty()).then(|| quote!(given: std::marker::PhantomData,));
        quote!(#builder { #call, #given })
    }

    /// `given: PhantomData<fn() -> (P1, P2)>`
    pub(super) fn field(&self) -> Option<TokenStream> {
        let parameters = self.parameters();
        (!self.is_empty()).then(|| quote!(given: std::marker::PhantomData<fn() -> (#(#parameters,)*)>,))
    }

    fn listed(&self, one: impl Fn(usize, Awaited) -> TokenStream) -> TokenStream {
        if self.is_empty() {
            return TokenStream::new();
        }
        let all = self.0.iter().enumerate().map(|(index, awaited)| one(index, *awaited));
        quote!(<#(#all),*>)
    }
}

/// `missing!(…)`: the types that mark values which have not been set yet.
pub(super) fn missing<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> TokenStream {
    let mut names = BTreeSet::new();
    for operation in operations {
        names.extend(Needs::of(operation).0.iter().map(|awaited| marker(operation, *awaited).to_string()));
    }
    let names = names.iter().map(|name| format_ident!("{name}"));
    let mut names = names.peekable();
    if names.peek().is_none() {
        return TokenStream::new();
    }
    quote!(specwright_runtime::missing!(mod missing { #(#names),* });)
}

/// The path parameters that the method takes. Those of webhooks are in no path.
pub(super) fn arguments(operation: &Operation) -> impl Iterator<Item = (usize, &Parameter)> {
    operation.parameters.iter().enumerate().filter(|(index, _)| is_argument(operation, *index))
}

pub(super) fn is_argument(operation: &Operation, index: usize) -> bool {
    operation.path.parameters().any(|one| one == index)
}

/// Whether a setter sets the required body, because it also chooses the media type.
fn is_chosen(body: &RequestBody) -> bool {
    body.required && body.contents.len() > 1
}

/// Whether the method takes the body as an argument.
pub(super) fn is_body_argument(body: &RequestBody) -> bool {
    body.required && body.contents.len() == 1
}

fn parameter(index: usize) -> Ident {
    format_ident!("P{}", index + 1)
}

fn marker(operation: &Operation, awaited: Awaited) -> TokenStream {
    match awaited {
        Awaited::Parameter(index) => operation.parameters.get(index).map(|one| one.marker.to_token_stream()),
        Awaited::Body => None,
    }
    .unwrap_or_else(|| quote!(Body))
}
