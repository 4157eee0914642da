//! Turns documented responses into items: the two enums of an operation and the structs of headers.

use super::adding::Adding;
use super::{Shared, Surface, shared, spelling};
use crate::emit::operations::{body_of, has_errors, is_compared, single_body_of, success_alias};
use crate::emit::{Scope, type_text};
use crate::ir::model::{Api, ResponseCase, Status};

/// Adds the responses of an operation.
pub(super) fn add(adding: &mut Adding<'_>) {
    let operation = adding.operation;
    let (success, error, label) = (&operation.success, &operation.error, adding.label.clone());
    let scope = Scope::beside(&adding.api.types);
    add_enum(adding, success.as_str(), &operation.responses.success, false);
    if let Some(alias) = success_alias(adding.api, scope, operation) {
        let key = super::key(&["op", &label, "out", "\u{1e}success"]);
        let shared = Shared { key, definition: plain(&type_text(&alias)) };
        adding.surface.shared.insert(format!("operations::{success}"), shared);
    }
    if has_errors(operation) {
        add_enum(adding, error.as_str(), &operation.responses.error, true);
    } else {
        // An alias of an enum that cannot be matched exhaustively either.
        adding.surface.add(&["op", &label, "out", "\u{1e}error"], format!("operations::{error}: enum"), true);
    }
    if let Some(ty) = single_body_of(scope, operation) {
        let text = format!("operations::{success} impl SingleBody<Body = {}>", plain(&type_text(&ty)));
        adding.surface.add(&["op", &label, "out", "\u{1e}single body"], text, true);
    } else if let Some(ty) = body_of(scope, operation) {
        let text = format!("operations::{success}::into_body() -> Option<{}>", plain(&type_text(&ty)));
        adding.surface.add(&["op", &label, "out", "\u{1e}into_body"], text, true);
    }
}

/// Adds an enum. Success enums are exhaustive, error enums are not.
fn add_enum(adding: &mut Adding<'_>, name: &str, cases: &[ResponseCase], is_error: bool) {
    let label = adding.label.clone();
    let key = if is_error { "\u{1e}error" } else { "\u{1e}success" };
    adding.surface.add(&["op", &label, "out", key], format!("operations::{name}: enum"), true);
    if is_compared(cases) {
        let derived = format!("{key} Clone");
        let text = format!("operations::{name} impl Clone, PartialEq");
        adding.surface.add(&["op", &label, "out", &derived], text, true);
    }
    for case in cases {
        let variant = case.variant.as_str();
        let text = format!("operations::{name}::{}", content(adding.api, case));
        adding.surface.add(&["op", &label, "out", variant], text, is_error);
        add_headers(adding.surface, adding.api, case.headers, &["op", &label, "out", variant]);
    }
}

/// `Ok(types::User, operations::GetUserOkHeaders)`
fn content(api: &Api, case: &ResponseCase) -> String {
    let scope = Scope::beside(&api.types);
    let mut content = Vec::new();
    if !matches!(case.status, Status::Code(_)) {
        content.push("StatusCode".to_owned());
    }
    content.extend(crate::emit::operations::body_type(scope, &case.body).map(|ty| plain(&type_text(&ty))));
    let group = case.headers.and_then(|index| api.header_groups.get(index));
    content.extend(group.map(|group| format!("operations::{}", group.name)));
    if content.is_empty() { case.variant.to_string() } else { format!("{}({})", case.variant, content.join(", ")) }
}

/// Adds a struct of headers. It implements `Default` and its fields are optional, so another field
/// is an addition.
pub(super) fn add_headers(surface: &mut Surface, api: &Api, group: Option<usize>, key: &[&str]) {
    let Some(index) = group else { return };
    let Some(group) = api.header_groups.get(index) else { return };
    let scope = Scope::beside(&api.types);
    let name = &group.name;
    let own = [key, &["\u{1e}headers"]].concat();
    shared::add_headers(surface, api, index, super::key(&own));
    surface.add(&own, format!("operations::{name}: struct of headers"), true);
    for header in &group.headers {
        let ty = spelling::shape(scope, &header.ty.shape);
        let text = format!("operations::{name}.{}: Option<{ty}>", header.name);
        // Names of headers have no case.
        let wire = header.wire.to_ascii_lowercase();
        surface.add(&[key, &[wire.as_str()]].concat(), text, true);
    }
}

fn plain(text: &str) -> String {
    spelling::plain(text)
}
