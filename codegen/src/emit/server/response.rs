//! Prints how responses are sent: one arm for each variant, with its status and media type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::operations::has_errors;
use crate::ir::model::{Api, Operation, ResponseBody, ResponseCase, Status};

/// `IntoOperationResponse` of the success enum and of the error enum.
pub(super) fn operation_responses(api: &Api, operation: &Operation) -> TokenStream {
    let (success, error) = (&operation.success, &operation.error);
    let of_success = into_operation_response(api, &quote!(operations::#success), &operation.responses.success);
    let of_error = has_errors(operation)
        .then(|| into_operation_response(api, &quote!(operations::#error), &operation.responses.error));
    quote!(#of_success #of_error)
}

fn into_operation_response(api: &Api, name: &TokenStream, outcomes: &[ResponseCase]) -> TokenStream {
    let arms = outcomes.iter().map(|outcome| arm(api, outcome));
    quote! {
        impl rt::IntoOperationResponse for #name {
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
