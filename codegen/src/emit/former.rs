//! Prints the deprecated aliases of former names: types, and methods that call their replacements.

use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::quote;

use super::gates::{self, Subject};
use crate::ir::model::{Api, FormerOperation, Operation, TypeKind, TypeName};

/// `#[deprecated]`, with documentation that links to the method that replaced this one.
pub(super) fn method(current: &impl Display) -> TokenStream {
    let current = current.to_string();
    let current = current.trim_start_matches("r#");
    renamed(current, &format!("[`{current}`](Self::{current})"))
}

fn renamed(current: &str, link: &str) -> TokenStream {
    let doc = format!(" The former name of {link}.");
    let note = format!("renamed to `{current}`");
    quote!(#[doc = #doc] #[deprecated(note = #note)])
}

/// `pub type Part = Piece;`
fn alias(former: &TypeName, current: &TypeName) -> TokenStream {
    let attributes = renamed(current.as_str(), &format!("[`{current}`]"));
    quote!(#attributes pub type #former = #current;)
}

/// An alias that the same features enable as its subject.
fn gated(api: &Api, subject: Subject, former: &TypeName, current: &TypeName) -> TokenStream {
    gates::behind(gates::attribute(api, subject).as_ref(), alias(former, current))
}

/// The aliases of types.
pub(super) fn types(api: &Api) -> TokenStream {
    let aliases = api.former.types.iter().map(|former| {
        let definition = api.types.get(former.of);
        let subject = Subject::Type(former.of);
        let current = gated(api, subject, &former.name, &definition.name);
        let required = match &definition.kind {
            TypeKind::Struct(body) => body.required.as_ref().zip(former.required.as_ref()),
            _ => None,
        };
        let required = required.map(|(current, former)| gated(api, subject, former, current));
        quote!(#current #required)
    });
    aliases.collect()
}

/// The aliases of request builders.
pub(super) fn builders(api: &Api) -> TokenStream {
    let alias = |(former, operation): (&FormerOperation, &Operation)| {
        gated(api, Subject::Operation(former.operation), &former.builder, &operation.builder)
    };
    operations(api).map(alias).collect()
}

/// The aliases of enums of responses, and of structs of headers.
pub(super) fn outcomes(api: &Api) -> TokenStream {
    let aliases = operations(api).map(|(former, operation)| {
        let subject = Subject::Operation(former.operation);
        let success = gated(api, subject, &former.success, &operation.success);
        let error = gated(api, subject, &former.error, &operation.error);
        let headers = former.headers.iter().filter_map(|(name, index)| {
            Some(gated(api, Subject::Headers(*index), name, &api.header_groups.get(*index)?.name))
        });
        quote!(#success #error #(#headers)*)
    });
    aliases.collect()
}

/// The aliases of the inputs that methods of a server receive.
pub(super) fn inputs(api: &Api) -> TokenStream {
    let aliases = operations(api).map(|(former, operation)| {
        let input = alias(&former.input, &operation.input);
        let has_body = operation.body.as_ref().is_some_and(|body| body.contents.len() > 1);
        let body = has_body.then(|| alias(&former.body, &operation.body_name));
        quote!(#input #body)
    });
    aliases.collect()
}

/// The former names of operations, each with the operation.
fn operations(api: &Api) -> impl Iterator<Item = (&FormerOperation, &Operation)> {
    let former = api.former.operations.iter();
    former.filter_map(|former| Some((former, api.operations.get(former.operation)?)))
}
