//! Prints how responses are decoded. There is one arm for each documented status; ranges follow
//! exact statuses, and `default` comes last.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::Scope;
use crate::emit::gates::{Subject, gated};
use crate::emit::operations::{has_errors, single_body, success_alias};
use crate::emit::source::Printer;
use crate::ir::model::{Api, Operation, ResponseBody, ResponseCase, Side, Status};

/// `FromResponse` for the success enum and for the error enum, and `SingleBody` for the success
/// enum. Nothing for enums of the runtime, and for errors that several operations share.
pub(super) fn responses(api: &Api, operation: &Operation) -> TokenStream {
    let (success, error) = (&operation.success, &operation.error);
    let (name, responses) = (quote!(operations::#success), &operation.responses);
    let scope = Scope::beside(&api.types);
    let of_success = success_alias(api, scope, operation).is_none().then(|| {
        let decoded = from_response(api, &name, &responses.success, &Status::of(&responses.error));
        let single = single_body(scope, operation, &name);
        quote!(#decoded #single)
    });
    let is_own = has_errors(operation) && responses.shared_error.is_none();
    let of_error = is_own
        .then(|| from_response(api, &quote!(operations::#error), &responses.error, &Status::of(&responses.success)));
    quote!(#of_success #of_error)
}

/// Printers of `FromResponse` for the shared errors of one side.
pub(super) fn shared(api: &Api, side: Side) -> impl Iterator<Item = Printer<'_>> {
    let shared = api.shared_errors.iter().enumerate().filter(move |(_, shared)| shared.side == side);
    shared.map(move |(index, shared)| {
        gated(api, Subject::SharedErrors(index), move || {
            let name = &shared.name;
            from_response(api, &quote!(shared::#name<OPERATION>), &shared.cases, &shared.successes)
        })
    })
}

fn from_response(api: &Api, name: &TokenStream, outcomes: &[ResponseCase], others: &[Status]) -> TokenStream {
    let status = carries_status(outcomes).then(|| quote!(, status));
    let arms = arms(api, outcomes);
    let foreign = foreign(outcomes, others);
    let last = default_arm(api, outcomes);
    quote!(specwright_runtime::from_response! { #name, response #status { #(#arms)* #foreign #last } })
}

fn carries_status(outcomes: &[ResponseCase]) -> bool {
    outcomes.iter().any(|outcome| !matches!(outcome.status, Status::Code(_)))
}

/// Arms for exact statuses and ranges. If a status has several media types, the first one also
/// decodes bodies that match none of them.
fn arms(api: &Api, outcomes: &[ResponseCase]) -> Vec<TokenStream> {
    let mut statuses = Status::of(outcomes);
    statuses.retain(|status| *status != Status::Default);
    statuses.iter().flat_map(|status| arms_of(api, outcomes, *status)).collect()
}

fn arms_of(api: &Api, outcomes: &[ResponseCase], status: Status) -> Vec<TokenStream> {
    let pattern = pattern(status);
    let same: Vec<&ResponseCase> = outcomes.iter().filter(|outcome| outcome.status == status).collect();
    let Some((first, others)) = same.split_first() else { return Vec::new() };
    let mut arms: Vec<TokenStream> = others.iter().map(|outcome| guarded(api, outcome, &pattern)).collect();
    let read = read(api, first);
    arms.push(quote!(#pattern => #read,));
    arms
}

fn guarded(api: &Api, outcome: &ResponseCase, pattern: &TokenStream) -> TokenStream {
    let read = read(api, outcome);
    if let Some(media) = &outcome.media {
        let essence = &media.essence;
        let also = outcome.also.iter().map(|media| &media.essence);
        quote!(#pattern if response.is(#essence) #(|| response.is(#also))* => #read,)
    } else {
        quote!(#pattern if response.has_no_body() => #read,)
    }
}

/// `200`, `400..=499`
fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(class) => {
            let first = u16::from(class) * 100;
            let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(first + 99));
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    }
}

/// Statuses of the other enum that a `default` here would match first.
fn foreign(outcomes: &[ResponseCase], others: &[Status]) -> TokenStream {
    if !outcomes.iter().any(|outcome| outcome.status == Status::Default) {
        return TokenStream::new();
    }
    let mut statuses = others.to_vec();
    let class = |status: &Status| if let Status::Range(class) = status { Some(u16::from(*class)) } else { None };
    let ranges: Vec<u16> = statuses.iter().filter_map(class).collect();
    statuses.retain(|status| match status {
        Status::Code(code) => !ranges.contains(&(code / 100)),
        Status::Range(_) => true,
        Status::Default => false,
    });
    if statuses.is_empty() {
        return TokenStream::new();
    }
    let patterns = statuses.iter().map(|status| pattern(*status));
    quote!(#(#patterns)|* => rt::Decoded::Undocumented,)
}

fn default_arm(api: &Api, outcomes: &[ResponseCase]) -> TokenStream {
    let arms = arms_of(api, outcomes, Status::Default);
    if arms.is_empty() { quote!(_ => rt::Decoded::Undocumented,) } else { arms.into_iter().collect() }
}

/// `response.json(Self::Ok)`
fn read(api: &Api, outcome: &ResponseCase) -> TokenStream {
    let name = &outcome.variant;
    let has_status = !matches!(outcome.status, Status::Code(_));
    let has_headers = outcome.headers.is_some_and(|index| index < api.header_groups.len());
    let headers = has_headers.then(|| quote!(let headers = response.typed_headers();));
    let method = method(outcome);
    let status = has_status.then(|| quote!(status));
    let body = method.is_some().then(|| quote!(body));
    let typed = has_headers.then(|| quote!(headers));
    let fields: Vec<TokenStream> = [status, body, typed].into_iter().flatten().collect();
    let Some(method) = method else {
        let value = if fields.is_empty() { quote!(Self::#name) } else { quote!(Self::#name(#(#fields),*)) };
        return braced(headers, quote!(response.empty(#value)));
    };
    if has_status || has_headers {
        return braced(headers, quote!(response.#method(|body| Self::#name(#(#fields),*))));
    }
    quote!(response.#method(Self::#name))
}

fn braced(before: Option<TokenStream>, expression: TokenStream) -> TokenStream {
    match before {
        Some(before) => quote!({ #before #expression }),
        None => expression,
    }
}

fn method(outcome: &ResponseCase) -> Option<TokenStream> {
    let comes_as_text = outcome.also.iter().any(|media| media.essence.starts_with("text/plain"));
    match &outcome.body {
        ResponseBody::Empty => None,
        ResponseBody::Json(_) if comes_as_text => Some(quote!(json_or_text)),
        ResponseBody::Json(_) => Some(quote!(json)),
        ResponseBody::Text(_) => Some(quote!(text)),
        ResponseBody::Form(_) => Some(quote!(form)),
        ResponseBody::Bytes => Some(quote!(bytes)),
        ResponseBody::Stream => Some(quote!(stream)),
        ResponseBody::Events(_) => Some(quote!(events)),
        ResponseBody::Lines(_) => Some(quote!(lines)),
    }
}
