//! Prints `operations.rs`: how each operation travels, and one enum for what it answers when it succeeds and one for when it fails.
//!
//! The rule kept here: nothing printed needs a client or a server; both read the same tables and the same enums.

mod descriptor;
mod headers;
mod outcome;

pub(crate) use descriptor::{form_constant, parts_constant};
pub(crate) use outcome::has_errors;
use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::phrases;
use super::source::part;
use super::{Scope, SourceFile, security};
use crate::ir::model::{Api, Operation};

/// The file `operations.rs`.
#[must_use]
pub fn file(api: &Api) -> SourceFile<'_> {
    let mut parts = vec![part(|| head(api))];
    parts.extend(all(api).map(|operation| part(move || one(api, operation))));
    parts.extend(api.header_groups.iter().map(|group| part(move || headers::group(api, group))));
    SourceFile::rust("operations.rs", parts)
}

/// Every operation that needs a descriptor: those that are called, and those that call the application.
pub(crate) fn all(api: &Api) -> impl Iterator<Item = &Operation> {
    api.operations.iter().chain(api.called_back().map(|webhook| &webhook.operation))
}

fn head(api: &Api) -> TokenStream {
    let doc = phrases::heading(format!("Operations of {}: how they travel and what they response.", phrases::api(api)));
    let bodies = all(api).map(|operation| one(api, operation));
    let headers = api.header_groups.iter().map(|group| headers::group(api, group));
    let printed = bodies.chain(headers);
    let imports = if security::is_needed(api) {
        Imports::of(["rt", "types", "security"], printed)
    } else {
        Imports::of(["rt", "types"], printed)
    };
    let rt = imports.when(
        "rt",
        quote!(
            use specwright_runtime::descriptor as rt;
        ),
    );
    let siblings = imports.siblings(&["security", "types"]);
    quote!(#doc #rt #siblings)
}

fn one(api: &Api, operation: &Operation) -> TokenStream {
    let scope = Scope::beside(&api.types);
    let descriptor = descriptor::descriptor(api, operation);
    let encodings = descriptor::encodings(operation);
    let success = outcome::success(api, scope, operation);
    let error = outcome::error(api, scope, operation);
    quote!(#descriptor #encodings #success #error)
}
