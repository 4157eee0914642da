//! Finds the operations whose success enum is an alias of an enum of the runtime.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::content::{body_type, headers_type};
use crate::emit::Scope;
use crate::ir::model::{Api, Operation, ResponseBody, ResponseCase, Status};

/// The statuses of the runtime's enums with a JSON body.
const WITH_BODY: [u16; 7] = [200, 201, 202, 203, 206, 207, 208];
/// The statuses of the runtime's enums without a body.
const WITHOUT_BODY: [u16; 13] = [200, 201, 202, 203, 204, 205, 206, 301, 302, 303, 304, 307, 308];

/// The enum of the runtime that an operation's only success is, if there is one, such as
/// `specwright_runtime::success::json::Ok<types::User>`. `Paged` is implemented for the success of
/// an operation that pages, so that one has an enum of its own.
pub(crate) fn success_alias(api: &Api, scope: Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let [outcome] = operation.responses.success.as_slice() else { return None };
    let Status::Code(status) = outcome.status else { return None };
    let is_empty = matches!(outcome.body, ResponseBody::Empty);
    let known = if is_empty { &WITHOUT_BODY[..] } else { &WITH_BODY[..] };
    if operation.paging.is_some() || !known.contains(&status) || !(is_empty || is_plain_json(outcome)) {
        return None;
    }
    let headers = headers_type(api, scope, outcome);
    let module = match (is_empty, &headers) {
        (false, None) => "json",
        (false, Some(_)) => "json_with_headers",
        (true, None) => "empty",
        (true, Some(_)) => "empty_with_headers",
    };
    let arguments: Vec<TokenStream> = body_type(scope, &outcome.body).into_iter().chain(headers).collect();
    let arguments = (!arguments.is_empty()).then(|| quote!(<#(#arguments),*>));
    let (path, variant) = (format_ident!("{module}"), &outcome.variant);
    Some(quote!(specwright_runtime::success::#path::#variant #arguments))
}

/// Whether a body is JSON of the usual media type, and never text that is read as JSON.
fn is_plain_json(outcome: &ResponseCase) -> bool {
    let is_usual = outcome.media.as_ref().is_some_and(|media| media.text == "application/json");
    matches!(outcome.body, ResponseBody::Json(_))
        && is_usual
        && !outcome.also.iter().any(|media| media.essence.starts_with("text/plain"))
}
