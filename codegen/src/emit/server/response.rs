//! Prints how responses are sent: one arm for each variant, with its status and media type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope;
use crate::emit::operations::{has_errors, success_alias};
use crate::emit::source::{Printer, printer};
use crate::ir::model::{Api, Operation, ResponseBody, ResponseCase, Side, Status};

/// `IntoOperationResponse` of the success enum and of the error enum. Nothing for enums of the
/// runtime, and for errors that several operations share.
pub(super) fn operation_responses(api: &Api, operation: &Operation) -> TokenStream {
    let (success, error) = (&operation.success, &operation.error);
    let responses = &operation.responses;
    let of_success = success_alias(api, scope(api), operation)
        .is_none()
        .then(|| into_operation_response(api, &quote!(operations::#success), None, &responses.success));
    let is_own = has_errors(operation) && responses.shared_error.is_none();
    let of_error = is_own.then(|| into_operation_response(api, &quote!(operations::#error), None, &responses.error));
    quote!(#of_success #of_error)
}

/// Printers of `IntoOperationResponse` for the shared errors of one side.
pub(super) fn shared(api: &Api, side: Side) -> impl Iterator<Item = Printer<'_>> {
    let shared = api.shared_errors.iter().filter(move |shared| shared.side == side);
    shared.map(move |shared| {
        printer(move || {
            let name = &shared.name;
            let generics = quote!(<const OPERATION: u32>);
            into_operation_response(api, &quote!(shared::#name<OPERATION>), Some(&generics), &shared.cases)
        })
    })
}

/// Whether [`shared`] prints anything.
pub(super) fn has_shared(api: &Api, side: Side) -> bool {
    api.shared_errors.iter().any(|shared| shared.side == side)
}

fn into_operation_response(
    api: &Api,
    name: &TokenStream,
    generics: Option<&TokenStream>,
    outcomes: &[ResponseCase],
) -> TokenStream {
    let arms = outcomes.iter().map(|outcome| arm(api, outcome));
    quote! {
        impl #generics rt::IntoOperationResponse for #name {
            fn into_operation_response(self) -> rt::OperationResponse {
                match self { #(#arms,)* }
            }
        }
    }
}

fn arm(api: &Api, outcome: &ResponseCase) -> TokenStream {
    let name = &outcome.variant;
    let (status_pattern, status) = status(outcome.status);
    let has_headers = outcome.headers.is_some_and(|index| index < api.header_groups.len());
    let headers_pattern = has_headers.then(|| quote!(headers,));
    let headers = has_headers.then(|| quote!(.headers(&headers)));
    let media = outcome.media.as_ref().map_or("application/octet-stream", |media| media.text.as_str());
    let (body_pattern, response) = match &outcome.body {
        ResponseBody::Empty => (None, quote!(rt::OperationResponse::empty(#status))),
        ResponseBody::Json(_) => (Some(quote!(body,)), quote!(rt::OperationResponse::json(#status, #media, &body))),
        ResponseBody::Text(_) => (Some(quote!(body,)), quote!(rt::OperationResponse::text(#status, #media, &body))),
        ResponseBody::Form(_) => (Some(quote!(body,)), quote!(rt::OperationResponse::form(#status, #media, &body))),
        ResponseBody::Bytes | ResponseBody::Stream => {
            (Some(quote!(body,)), quote!(rt::OperationResponse::body(#status, #media, body)))
        }
        ResponseBody::Events(_) => (Some(quote!(body,)), quote!(rt::OperationResponse::events(#status, #media, body))),
        ResponseBody::Lines(_) => (Some(quote!(body,)), quote!(rt::OperationResponse::lines(#status, #media, body))),
    };
    let pattern = quote!(#status_pattern #body_pattern #headers_pattern);
    let pattern = if pattern.is_empty() { quote!() } else { quote!((#pattern)) };
    quote!(Self::#name #pattern => #response #headers)
}

/// The binding in the pattern, and the status in the form that the runtime takes.
fn status(status: Status) -> (Option<TokenStream>, TokenStream) {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            (None, quote!(#code))
        }
        Status::Range(class) => {
            let class = Literal::u8_unsuffixed(class);
            (Some(quote!(status,)), quote!(rt::in_class(status, #class)))
        }
        Status::Default => (Some(quote!(status,)), quote!(status.as_u16())),
    }
}
