//! Prints `responses.jsonc`: the schemas of responses. With the feature `validate`, a server checks
//! against them what it sends.

use std::collections::BTreeSet;

use super::json::{Object, list, text};
use super::{document_of, reached, types};
use crate::emit::{Scope, SourceFile};
use crate::ir::model::{Api, Header, HeaderForm, Operation, ResponseBody, ResponseCase, Status, TypeId};

/// The name of the file.
pub(super) const FILE: &str = "responses.jsonc";

/// The file `responses.jsonc`; `None` if no response has a body or headers with a schema.
pub(super) fn file(api: &Api) -> Option<SourceFile<'static>> {
    are_needed(api).then(|| SourceFile::text(FILE, document(api)))
}

/// Whether any response has a body or headers with a schema.
pub(super) fn are_needed(api: &Api) -> bool {
    super::received(api).flat_map(cases).any(|case| schema_of(case).is_some() || !headers_of(api, case).is_empty())
}

/// The schemas of all responses. The types that requests consist of are left out, because they are
/// in the schemas of requests.
fn document(api: &Api) -> String {
    let scope = Scope::beside(&api.types);
    let printed = |operation: &Operation| {
        let cases = cases(operation).map(|case| response(api, scope, case));
        let mut object = Object::default();
        object.add("responses", list(cases));
        object.to_string()
    };
    let mut open = Vec::new();
    for case in super::received(api).flat_map(cases) {
        mentions(api, case, &mut open);
    }
    let of_requests = super::types_of_requests(api, scope);
    let types: BTreeSet<TypeId> =
        reached(api, scope, open).into_iter().filter(|id| !of_requests.contains(id)).collect();
    document_of(api, scope, printed, &types)
}

fn cases(operation: &Operation) -> impl Iterator<Item = &ResponseCase> {
    operation.responses.success.iter().chain(&operation.responses.error)
}

/// `{"status": 200, "media": ["application/json"], "body": {"$ref": "Pet"}}`
fn response(api: &Api, scope: Scope<'_>, case: &ResponseCase) -> String {
    let mut object = Object::default();
    match case.status {
        Status::Code(code) => object.add("status", code),
        Status::Range(class) => object.add_text("status", &format!("{class}XX")),
        Status::Default => {}
    }
    let media: Vec<String> = case.media.iter().chain(&case.also).map(|media| text(&media.text)).collect();
    if !media.is_empty() {
        object.add("media", list(media));
    }
    object.add_some("body", schema_of(case).map(|ty| types::used(scope, ty)));
    let headers = headers_of(api, case);
    if !headers.is_empty() {
        object.add("headers", list(headers.iter().map(|one| header(scope, one))));
    }
    object.to_string()
}

fn header(scope: Scope<'_>, header: &Header) -> String {
    let mut object = Object::default();
    object.add_text("name", &header.wire);
    object.add_some("required", header.required.then_some(true));
    match header.form {
        HeaderForm::Json => object.add("json", true),
        HeaderForm::Simple { explode } => object.add_some("explode", explode.then_some(true)),
    }
    object.add("schema", types::used(scope, &header.ty));
    object.to_string()
}

/// The schema of a body, or of each item if the body is a stream of items.
fn schema_of(case: &ResponseCase) -> Option<&crate::ir::model::TypeUse> {
    match &case.body {
        ResponseBody::Json(ty)
        | ResponseBody::Text(ty)
        | ResponseBody::Form(ty)
        | ResponseBody::Events(ty)
        | ResponseBody::Lines(ty) => Some(ty),
        ResponseBody::Empty | ResponseBody::Bytes | ResponseBody::Stream => None,
    }
}

fn headers_of<'a>(api: &'a Api, case: &ResponseCase) -> &'a [Header] {
    case.headers.and_then(|index| api.header_groups.get(index)).map_or(&[], |group| &group.headers)
}

fn mentions(api: &Api, case: &ResponseCase, open: &mut Vec<TypeId>) {
    if let Some(ty) = schema_of(case) {
        ty.mentions(open);
    }
    for header in headers_of(api, case) {
        header.ty.mentions(open);
    }
}
