//! Adds the derives and attributes that `provider.toml` configures.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};

use crate::ir::model::TypeDef;

/// A definition with the added attributes. Added derives are merged into those that it already has.
pub(super) fn decorated(definition: &TypeDef, tokens: TokenStream) -> TokenStream {
    let decoration = &definition.decoration;
    if decoration.derives.is_empty() && decoration.attributes.is_empty() {
        return tokens;
    }
    let parsed = |text: &String| text.parse::<TokenStream>().ok();
    let attributes = decoration.attributes.iter().filter_map(parsed);
    let derives: Vec<TokenStream> = decoration.derives.iter().filter_map(parsed).collect();
    let mut is_open = !derives.is_empty();
    let tokens = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) if is_open && is_derive(&group) => {
            is_open = false;
            TokenTree::Group(Group::new(group.delimiter(), with(group.stream(), &derives)))
        }
        token => token,
    });
    let tokens: TokenStream = tokens.collect();
    quote!(#(#attributes)* #tokens)
}

/// Whether a group is the content of `#[derive(…)]`.
fn is_derive(group: &Group) -> bool {
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(ident)) if ident == "derive")
}

/// `derive(Clone, Debug)` with further traits in its parentheses.
fn with(derive: TokenStream, more: &[TokenStream]) -> TokenStream {
    let longer = derive.into_iter().map(|token| match token {
        TokenTree::Group(list) => {
            let known = list.stream();
            TokenTree::Group(Group::new(list.delimiter(), quote!(#known, #(#more),*)))
        }
        token => token,
    });
    longer.map(TokenTree::into_token_stream).collect()
}
