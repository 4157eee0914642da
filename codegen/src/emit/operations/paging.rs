//! Prints how an operation pages, as a field of its descriptor.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::model::{Count, More, PageSize, Paging, Walk};

/// `paging: Some(rt::Paging { … })`
pub(super) fn field(paging: &Paging) -> TokenStream {
    let items = &paging.items;
    let walk = walk(&paging.walk);
    let size = option(paging.size.map(size));
    let more = option(paging.more.as_ref().map(more));
    let count = option(paging.count.as_ref().map(count));
    quote! {
        paging: Some(rt::Paging { items: #items, walk: #walk, size: #size, more: #more, count: #count })
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

fn walk(walk: &Walk) -> TokenStream {
    match walk {
        Walk::Token { parameter, next } => {
            let parameter = option(parameter.map(index));
            quote!(rt::Walk::Token { parameter: #parameter, next: #next })
        }
        Walk::LastItem { parameter, property } => {
            let parameter = index(*parameter);
            quote!(rt::Walk::LastItem { parameter: #parameter, property: #property })
        }
        Walk::Page { parameter, first } => {
            let (parameter, first) = (index(*parameter), Literal::u64_unsuffixed(*first));
            quote!(rt::Walk::Page { parameter: #parameter, first: #first })
        }
        Walk::Offset { parameter, first } => {
            let (parameter, first) = (index(*parameter), Literal::u64_unsuffixed(*first));
            quote!(rt::Walk::Offset { parameter: #parameter, first: #first })
        }
        Walk::Link => quote!(rt::Walk::Link),
    }
}

fn index(index: usize) -> TokenStream {
    let index = Literal::usize_unsuffixed(index);
    quote!(#index)
}

fn size(size: PageSize) -> TokenStream {
    let number = |number: u64| {
        let number = Literal::u64_unsuffixed(number);
        quote!(#number)
    };
    let (parameter, default, maximum) =
        (index(size.parameter), option(size.default.map(number)), option(size.maximum.map(number)));
    quote!(rt::PageSize { parameter: #parameter, default: #default, maximum: #maximum })
}

fn more(more: &More) -> TokenStream {
    match more {
        More::Flag(pointer) => quote!(rt::More::Flag(#pointer)),
        More::Last(pointer) => quote!(rt::More::Last(#pointer)),
        More::Next(pointer) => quote!(rt::More::Next(#pointer)),
    }
}

fn count(count: &Count) -> TokenStream {
    match count {
        Count::Items(pointer) => quote!(rt::Count::Items(#pointer)),
        Count::Pages(pointer) => quote!(rt::Count::Pages(#pointer)),
    }
}
