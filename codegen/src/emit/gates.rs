//! Puts items behind the Cargo features that enable them.

use std::collections::BTreeSet;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};

use super::source::{Defect, Printer};
use crate::ir::model::{Api, Gate, TagFeatures, TypeId};

/// What a feature enables.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    /// Everything that belongs to the operation at this index. Operations of webhooks come after
    /// the others.
    Operation(usize),
    /// A type.
    Type(TypeId),
    /// The group of headers at this index.
    Headers(usize),
    /// The shared group of headers at this index.
    SharedHeaders(usize),
    /// The shared errors at this index.
    SharedErrors(usize),
}

/// `#[cfg(any(feature = "owners", feature = "pets"))]`; nothing for items that are always present.
pub(super) fn attribute(api: &Api, subject: Subject) -> Option<TokenStream> {
    let features = api.features.as_ref()?;
    let gate = match subject {
        Subject::Operation(index) => features.operations.get(index),
        Subject::Type(id) => features.types.get(&id),
        Subject::Headers(index) => features.headers.get(index),
        Subject::SharedHeaders(index) => features.shared_headers.get(index),
        Subject::SharedErrors(index) => features.shared_errors.get(index),
    };
    match gate? {
        Gate::Open => None,
        Gate::AnyOf(needed) => Some(any_of(features, needed)),
    }
}

/// The attribute of the items that belong to a tag.
pub(super) fn of_tag(api: &Api, tag: &str) -> Option<TokenStream> {
    let features = api.features.as_ref()?;
    Some(any_of(features, &BTreeSet::from([features.of_tag(tag)?])))
}

/// A printer of items that one or more features enable.
pub(super) fn gated<'a>(
    api: &'a Api,
    subject: Subject,
    print: impl Fn() -> TokenStream + Send + Sync + 'a,
) -> Printer<'a> {
    Box::new(move || match attribute(api, subject) {
        None => Ok(print()),
        Some(attribute) => with(&attribute, print()),
    })
}

fn any_of(features: &TagFeatures, needed: &BTreeSet<usize>) -> TokenStream {
    let names: Vec<&str> =
        needed.iter().filter_map(|index| features.features.get(*index)).map(|one| one.name.as_str()).collect();
    match names.as_slice() {
        [] => quote!(#[cfg(feature = "full")]),
        [only] => quote!(#[cfg(feature = #only)]),
        names => quote!(#[cfg(any(#(feature = #names),*))]),
    }
}

/// The items, each with the attribute.
fn with(attribute: &TokenStream, tokens: TokenStream) -> Result<TokenStream, Defect> {
    let file: syn::File = syn::parse2(tokens).map_err(|error| Defect(error.to_string()))?;
    Ok(file.items.iter().map(|item| behind(Some(attribute), item.to_token_stream())).collect())
}

/// One item with the attribute between its documentation and its other attributes.
pub(super) fn behind(attribute: Option<&TokenStream>, item: TokenStream) -> TokenStream {
    let Some(attribute) = attribute else { return item };
    let tokens: Vec<TokenTree> = item.into_iter().collect();
    let is_doc =
        |pair: &&[TokenTree]| matches!(pair, [TokenTree::Punct(_), TokenTree::Group(group)] if documents(group));
    let docs = tokens.chunks(2).take_while(is_doc).count() * 2;
    let (docs, rest) = tokens.split_at(docs.min(tokens.len()));
    let (docs, rest): (TokenStream, TokenStream) = (docs.iter().cloned().collect(), rest.iter().cloned().collect());
    quote!(#docs #attribute #rest)
}

fn documents(group: &Group) -> bool {
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(word)) if word == "doc")
}
