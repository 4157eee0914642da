//! Prints the schemas as data: those of requests in `schemas.jsonc`, with which a server finds every
//! fault of a request that it refuses, and those of responses in `responses.jsonc`.
//!
//! **Invariant:** a schema accepts every value that its type reads. If the type refuses a value
//! that the schema accepts, the error of the typed reader is reported.

mod json;
mod responses;
mod types;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use self::json::{Object, list, text};
use super::{Scope, SourceFile};
use crate::ir::model::{Api, BodyKind, Operation, RequestBody, TypeId};

/// The name of the file.
const FILE: &str = "schemas.jsonc";

/// The files `schemas.jsonc` and, for a server, `responses.jsonc`. Each is left out if nothing has a
/// schema.
#[must_use]
pub fn files(api: &Api, has_server: bool) -> Vec<SourceFile<'static>> {
    let requests = are_requests_checked(api).then(|| SourceFile::text(FILE, document(api)));
    requests.into_iter().chain(has_server.then(|| responses::file(api)).flatten()).collect()
}

/// Whether there are any schemas.
pub(super) fn are_needed(api: &Api, has_server: bool) -> bool {
    are_requests_checked(api) || (has_server && responses::are_needed(api))
}

/// The static that holds the schemas; nothing if there are none.
pub(super) fn constant(api: &Api, has_server: bool) -> TokenStream {
    if !are_needed(api, has_server) {
        return TokenStream::new();
    }
    let include = |file: &str| quote!(include_str!(#file));
    let requests = if are_requests_checked(api) { include(FILE) } else { quote!("") };
    let responses = (has_server && responses::are_needed(api)).then(|| include(responses::FILE));
    let responses = responses.map(|responses| quote!(, #responses));
    quote! {
        /// The schemas of the API, which let the rejection of a request list every fault, and let the
        /// feature `validate` check what is sent.
        pub static SCHEMAS: specwright_runtime::LazySchemas = specwright_runtime::schemas!(#requests #responses);
    }
}

/// Whether any request has parameters or a body.
pub(super) fn are_requests_checked(api: &Api) -> bool {
    received(api).any(|operation| !operation.parameters.is_empty() || operation.body.is_some())
}

/// The schemas of all requests, in the form that `specwright_runtime::schema::Schemas` reads.
#[must_use]
pub fn document(api: &Api) -> String {
    let scope = Scope::beside(&api.types);
    document_of(api, scope, |one| operation(scope, one), &types_of_requests(api, scope))
}

/// The schemas of all operations and of some types.
fn document_of(
    api: &Api,
    scope: Scope<'_>,
    print: impl Fn(&Operation) -> String,
    printed: &BTreeSet<TypeId>,
) -> String {
    let mut seen = BTreeSet::new();
    // Two operations with the same ID could not be distinguished.
    let operations = received(api).filter(|operation| seen.insert(operation.id.as_str()));
    let operations: Vec<String> = operations.map(|one| format!("{}: {}", text(&one.id), print(one))).collect();
    let types = api.types.all().filter(|(id, _)| printed.contains(id));
    let types: Vec<String> =
        types.map(|(id, _)| format!("{}: {}", text(&types::key(scope, id)), types::definition(scope, id))).collect();
    let document = format!(
        "{{\n\"operations\": {{\n{}\n}},\n\"types\": {{\n{}\n}}\n}}\n",
        operations.join(",\n"),
        types.join(",\n")
    );
    crate::text::json(&document).into_owned()
}

/// Operations whose requests a server reads, followed by those whose requests a receiver of
/// webhooks reads.
fn received(api: &Api) -> impl Iterator<Item = &Operation> {
    api.operations.iter().chain(api.called_back().map(|webhook| &webhook.operation))
}

fn operation(scope: Scope<'_>, operation: &Operation) -> String {
    let parameters = operation.parameters.iter().map(|parameter| types::used(scope, &parameter.ty).to_string());
    let mut object = Object::default();
    object.add("parameters", list(parameters));
    if let Some(body) = &operation.body {
        object.add("bodies", list(body.contents.iter().map(|content| self::body(scope, &content.kind))));
        let also = also(body);
        if !also.is_empty() {
            object.add("also", list(also.into_iter().map(|index| index.to_string())));
        }
    }
    object.to_string()
}

/// The content for each additional media type. These media types follow the first ones of all
/// contents.
fn also(body: &RequestBody) -> Vec<usize> {
    body.contents.iter().enumerate().flat_map(|(index, content)| content.also.iter().map(move |_| index)).collect()
}

/// The schema of a body, or of each item if the body is a stream of items.
fn body(scope: Scope<'_>, kind: &BodyKind) -> String {
    match kind {
        BodyKind::Json(ty)
        | BodyKind::Form { ty, .. }
        | BodyKind::Text(ty)
        | BodyKind::Lines(ty)
        | BodyKind::Events(ty) => types::used(scope, ty).to_string(),
        BodyKind::Multipart { ty, .. } => types::named(scope, *ty).to_string(),
        BodyKind::Binary => Object::default().to_string(),
    }
}

/// The types that requests consist of.
fn types_of_requests(api: &Api, scope: Scope<'_>) -> BTreeSet<TypeId> {
    let mut open = Vec::new();
    for operation in received(api) {
        operation.parameters.iter().for_each(|parameter| parameter.ty.mentions(&mut open));
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            match &content.kind {
                BodyKind::Json(ty)
                | BodyKind::Form { ty, .. }
                | BodyKind::Text(ty)
                | BodyKind::Lines(ty)
                | BodyKind::Events(ty) => ty.mentions(&mut open),
                BodyKind::Multipart { ty, .. } => open.push(*ty),
                BodyKind::Binary => {}
            }
        }
    }
    reached(api, scope, open)
}

/// The types from which these consist.
fn reached(api: &Api, scope: Scope<'_>, open: Vec<TypeId>) -> BTreeSet<TypeId> {
    api.types.reached_as(open, |id| scope.distinct(id))
}
