//! Prints the documented shapes of refusals.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::Refusal;

/// The constant that the trait's `reject` reads; nothing if the document gives refusals no shape.
pub(super) fn constant(refusals: &[Refusal]) -> TokenStream {
    if refusals.is_empty() {
        return TokenStream::new();
    }
    let refusals = refusals.iter().map(|refusal| {
        let Refusal { operations, statuses: (first, last), media, template } = refusal;
        let (first, last) = (Literal::u16_unsuffixed(*first), Literal::u16_unsuffixed(*last));
        let template = template.to_string();
        quote!(rt::Refusal {
            operations: &[#(#operations),*],
            statuses: (#first, #last),
            media: #media,
            template: #template,
        })
    });
    quote! {
        /// The bodies that the document defines for rejections.
        const REFUSALS: &[rt::Refusal] = &[#(#refusals),*];
    }
}

/// The response to a rejection, unless an application overrides it.
pub(super) fn response(refusals: &[Refusal]) -> TokenStream {
    if refusals.is_empty() { quote!(rejection.into_response()) } else { quote!(rejection.into_documented(REFUSALS)) }
}
