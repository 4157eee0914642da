//! Prints `operations.rs`, with one enum for the successes and one for the errors of each
//! operation. Also prints `descriptors.rs`, from which the runtime knows how each operation is
//! sent.
//!
//! **Invariant:** nothing that is printed here needs a client or a server. Both use the same
//! descriptors and the same enums.

mod alias;
mod content;
mod descriptor;
mod headers;
mod outcome;
mod paging;

pub(crate) use alias::success_alias;
pub(crate) use content::body_type;
pub(crate) use descriptor::{form_constant, parts_constant};
pub(crate) use outcome::{body_of, body_pattern, has_errors, is_compared, single_body, single_body_of};
use proc_macro2::TokenStream;
use quote::quote;

use super::gates::{Subject, gated};
use super::imports::Imports;
use super::source::{Printer, printer};
use super::{Scope, SourceFile, former, phrases, schemas};
use crate::ir::model::{Api, Operation};

/// The file `operations.rs`.
#[must_use]
pub fn file(api: &Api) -> SourceFile<'_> {
    let mut printers = vec![printer(|| head(api))];
    printers.extend(each(api, outcomes));
    let groups = api.header_groups.iter().enumerate();
    printers
        .extend(groups.map(|(index, group)| gated(api, Subject::Headers(index), move || headers::group(api, group))));
    if !api.former.operations.is_empty() {
        printers.push(printer(|| former::outcomes(api)));
    }
    SourceFile::rust("operations.rs", printers)
}

/// Printers of the groups of headers and of the errors in `shared.rs`.
pub(super) fn shared_printers(api: &Api) -> impl Iterator<Item = Printer<'_>> {
    let headers = api.shared_headers.iter().enumerate();
    let headers = headers.map(move |(index, group)| {
        gated(api, Subject::SharedHeaders(index), move || headers::shared(api, index, group))
    });
    let errors = api.shared_errors.iter().enumerate();
    let errors = errors.map(move |(index, shared)| {
        gated(api, Subject::SharedErrors(index), move || outcome::shared_errors(api, shared))
    });
    headers.chain(errors)
}

/// The file `descriptors.rs`. The schemas of responses are only for a server.
#[must_use]
pub fn descriptors_file(api: &Api, has_server: bool) -> SourceFile<'_> {
    let mut printers = vec![printer(|| descriptors_head(api)), printer(move || schemas::constant(api, has_server))];
    printers.extend(each(api, described));
    SourceFile::rust("descriptors.rs", printers)
}

/// Every operation that needs a descriptor: those of the API, and those that the API sends to
/// applications.
pub(crate) fn all(api: &Api) -> impl Iterator<Item = &Operation> {
    api.operations.iter().chain(api.called_back().map(|webhook| &webhook.operation))
}

/// A printer for each operation.
fn each(api: &Api, print: fn(&Api, &Operation) -> TokenStream) -> impl Iterator<Item = Printer<'_>> {
    let operations = all(api).enumerate();
    operations.map(move |(index, operation)| gated(api, Subject::Operation(index), move || print(api, operation)))
}

fn head(api: &Api) -> TokenStream {
    let doc = phrases::heading(format!(
        "Responses of {}: for each operation, one enum of successes and one of errors.",
        phrases::api(api)
    ));
    let outcomes = all(api).map(|operation| outcomes(api, operation));
    let headers = api.header_groups.iter().map(|group| headers::group(api, group));
    let siblings = Imports::of(["types"], outcomes.chain(headers))
        .with("shared", !api.shared_headers.is_empty() || !api.shared_errors.is_empty())
        .siblings(&["shared", "types"]);
    quote!(#doc #siblings)
}

fn descriptors_head(api: &Api) -> TokenStream {
    let doc = phrases::heading(format!("Descriptors of the operations of {}, for the runtime.", phrases::api(api)));
    let has_security = all(api).any(|operation| operation.security.iter().any(|one| !one.requirements.is_empty()));
    let security = has_security.then(|| {
        quote!(
            use super::security;
        )
    });
    let described = all(api).map(|operation| described(api, operation));
    let rt = Imports::of(["rt"], described).when(
        "rt",
        quote!(
            use specwright_runtime::descriptor as rt;
        ),
    );
    quote!(#doc #rt #security)
}

fn outcomes(api: &Api, operation: &Operation) -> TokenStream {
    let scope = Scope::beside(&api.types);
    let success = outcome::success(api, scope, operation);
    let error = outcome::error(api, scope, operation);
    quote!(#success #error)
}

fn described(api: &Api, operation: &Operation) -> TokenStream {
    let descriptor = descriptor::descriptor(api, operation);
    let encodings = descriptor::encodings(operation);
    quote!(#descriptor #encodings)
}
