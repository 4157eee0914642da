//! Prints the handler of an operation. It authenticates the caller, reads and validates the input,
//! and calls the service method.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::defaults::{self, DefaultValue};
use super::{Auth, body, constraints, scope};
use crate::ir::model::{Api, Operation, Parameter, TypeName};

/// `fn get_user<S: PreludeSo>(service: Arc<S>, mut request: rt::Request) -> rt::HandlerFuture { … }`
pub(super) fn handler(api: &Api, service: &TypeName, operation: &Operation) -> TokenStream {
    let scope = scope(api);
    let (name, input) = (&operation.name, &operation.input);
    let (authentication, principal) = authentication(Auth::of(operation));
    let parameters: Vec<TokenStream> =
        operation.parameters.iter().enumerate().map(|(index, one)| parameter(scope, index, one)).collect();
    let body = operation.body.as_ref().map(|body| body::field(scope, operation, body));
    quote! {
        fn #name<S: #service>(service: Arc<S>, mut request: rt::Request) -> rt::HandlerFuture {
            Box::pin(async move {
                #authentication
                let input = #input { #(#parameters,)* #body };
                rt::respond(service.#name(#principal input, request.into_context()).await)
            })
        }
    }
}

/// Statements that authenticate the caller, and the argument that the method then receives.
fn authentication(auth: Auth) -> (TokenStream, TokenStream) {
    match auth {
        Auth::Required => (
            quote! {
                let credentials = request.credentials()?;
                let principal = service.authenticate(credentials, request.context()).await;
                let principal = request.admit(principal)?;
            },
            quote!(principal,),
        ),
        Auth::Optional => (
            quote! {
                let principal = match request.optional_credentials()? {
                    Some(credentials) => Some(service.authenticate(credentials, request.context()).await),
                    None => None,
                };
                let principal = request.admit(principal.transpose())?;
            },
            quote!(principal,),
        ),
        Auth::None => (quote!(request.admit_anyone()?;), quote!()),
    }
}

/// `limit: request.optional(0)?`
fn parameter(scope: crate::emit::Scope<'_>, index: usize, parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let index = Literal::usize_unsuffixed(index);
    let constraints = constraints::of(scope, &parameter.ty);
    let value = match (parameter.required, constraints) {
        (true, None) => quote!(request.required(#index)?),
        (false, None) => quote!(request.optional(#index)?),
        (true, Some(constraints)) => quote!(request.required_with(#index, #constraints)?),
        (false, Some(constraints)) => quote!(request.optional_with(#index, #constraints)?),
    };
    let value = match defaults::of(scope, parameter) {
        None => value,
        Some(DefaultValue::Constant(default)) => quote!(#value.unwrap_or(#default)),
        Some(DefaultValue::Built(default)) => quote!(#value.unwrap_or_else(|| #default)),
        Some(DefaultValue::Empty(_)) => quote!(#value.unwrap_or_default()),
        Some(DefaultValue::Parsed(json)) => {
            quote!(match #value { Some(given) => given, None => rt::json_default(#json)? })
        }
        Some(DefaultValue::Checked(default)) => {
            quote!(match #value { Some(given) => given, None => rt::checked_default(#default)? })
        }
    };
    quote!(#name: #value)
}
