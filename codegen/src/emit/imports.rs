//! Finds which modules a file mentions, so that it imports those and no others.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

/// Names of modules that occur in tokens.
pub(crate) struct Imports(BTreeSet<&'static str>);

impl Imports {
    /// Searches `parts` for `names` and stops when all are found, so pass the parts that mention
    /// most names first.
    pub(crate) fn of<const N: usize>(names: [&'static str; N], parts: impl Iterator<Item = TokenStream>) -> Self {
        let mut missing = BTreeSet::from(names);
        for part in parts {
            if missing.is_empty() {
                break;
            }
            search(part, &mut missing);
        }
        Self(names.into_iter().filter(|name| !missing.contains(name)).collect())
    }

    /// Adds `name` if it is known to be mentioned, which saves the search.
    pub(crate) fn with(mut self, name: &'static str, is_mentioned: bool) -> Self {
        if is_mentioned {
            self.0.insert(name);
        }
        self
    }

    /// `tokens` if `name` is mentioned, nothing otherwise.
    pub(crate) fn when(&self, name: &str, tokens: TokenStream) -> TokenStream {
        if self.0.contains(name) { tokens } else { TokenStream::new() }
    }

    /// `use super::{…};` with those of `names` that are mentioned.
    pub(crate) fn siblings(&self, names: &[&str]) -> TokenStream {
        let names: Vec<Ident> = names
            .iter()
            .filter(|name| self.0.contains(*name))
            .map(|name| Ident::new(name, Span::call_site()))
            .collect();
        match names.as_slice() {
            [] => TokenStream::new(),
            [name] => quote!(use super::#name;),
            names => quote!(use super::{#(#names),*};),
        }
    }
}

/// Removes the names in `tokens` from `missing`. Groups nest only as deep as the templates do, not
/// as deep as a document.
fn search(tokens: TokenStream, missing: &mut BTreeSet<&'static str>) {
    let mut open = vec![tokens];
    while let Some(tokens) = open.pop() {
        for token in tokens {
            match token {
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Ident(ident) => missing.retain(|wanted| ident != *wanted),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}
