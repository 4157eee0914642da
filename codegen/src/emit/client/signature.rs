//! Writes the arguments of client methods as text, for the surface of an API.

use proc_macro2::TokenStream;

use super::parameter::Argument;
use super::{payload, required};
use crate::emit::Scope;
use crate::emit::type_use::source;
use crate::ir::model::{Api, BodyContent, Operation, Parameter};

/// The arguments of the method that makes a request builder, such as `id: impl AsRef<str>`.
pub(crate) fn arguments(api: &Api, operation: &Operation) -> Vec<String> {
    let scope = Scope::beside(&api.types);
    let of_path = required::arguments(operation).map(|(_, one)| format!("{}: {}", one.name, parameter(scope, one)));
    let body = payload::argument(api, operation).map(|body| text(&body.arguments));
    of_path.chain(body).collect()
}

/// Whether the method takes a parameter. Setters take the others.
pub(crate) fn is_argument(operation: &Operation, parameter: &Parameter) -> bool {
    required::arguments(operation).any(|(_, one)| std::ptr::eq(one, parameter))
}

/// The argument of the setter of a parameter: `impl Into<types::Limit>`.
pub(crate) fn parameter(scope: Scope<'_>, parameter: &Parameter) -> String {
    text(&Argument::of(scope, &parameter.ty).ty())
}

/// The arguments of the setter of a body: `body: &types::User`.
pub(crate) fn body(api: &Api, operation: &Operation, content: &BodyContent) -> String {
    text(&payload::of_content(api, operation, content).arguments)
}

/// Arguments as a person would write them.
fn text(arguments: &TokenStream) -> String {
    source(arguments).replace(" : ", ": ").replace("& ", "&")
}
