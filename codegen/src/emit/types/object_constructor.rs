//! Prints the constructor of a struct that is JSON, as a part of its `object!`.

use proc_macro2::TokenStream;
use quote::quote;

use super::constructors::{boxes, constant, only_argument, required_type};
use crate::emit::type_use::{Absence, Scope};
use crate::ir::model::{Field, Struct};

/// The constructor of a struct as `object!` takes it.
pub(super) struct Constructor {
    /// What follows the name of the struct: `new(name: impl Into<String>)`.
    pub(super) head: TokenStream,
    /// For each property its type, if the struct of required properties has it, and the value that it
    /// gets, unless it is unset.
    pub(super) given: Vec<(Option<TokenStream>, Option<TokenStream>)>,
}

/// The constructor of a struct that is JSON; `None` if it is printed below the struct, because it
/// has none or a value of it is a call of a macro.
pub(super) fn constructor(body: &Struct, scope: Scope<'_>) -> Option<Constructor> {
    let asked: Vec<&Field> = body.asked().collect();
    let (head, only) = match (asked.as_slice(), &body.required) {
        ([], _) => (quote!(new()), None),
        ([only], _) => {
            let (ty, value) = only_argument(only, scope);
            let field = &only.name;
            (quote!(new(#field: #ty)), Some(value))
        }
        (_, Some(required)) => (quote!(new required: #required), None),
        (_, None) => return None,
    };
    let is_one = only.is_some();
    let given = body.fields.iter().map(|field| {
        if let Some(value) = constant(field, scope) {
            return (None, Some(value));
        }
        if !matches!(scope.absence(field), Absence::Never | Absence::Null) {
            return (None, None);
        }
        let name = &field.name;
        let value = only.clone().unwrap_or_else(|| quote!(required.#name));
        let value = if boxes(field, scope) { quote!(Box::new(#value)) } else { value };
        ((!is_one).then(|| required_type(field, scope)), Some(value))
    });
    let given: Vec<_> = given.collect();
    let calls_macro = |value: &TokenStream| value.to_string().contains('!');
    let is_plain = !given.iter().filter_map(|(_, value)| value.as_ref()).any(calls_macro);
    is_plain.then_some(Constructor { head, given })
}
