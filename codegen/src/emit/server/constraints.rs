//! Prints the constraints on a value beyond its type:
//! `&validation::Constraints { min_length: Some(1), ..validation::Constraints::NONE }`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Scope;
use crate::emit::constraints::fields;
use crate::ir::model::{Constraints, Shape, TypeUse};
use crate::limits::CONTAINER_DEPTH;

/// The constraints that a use sets on a value and its items; `None` if there are none.
pub(super) fn of(scope: Scope<'_>, ty: &TypeUse) -> Option<TokenStream> {
    within(scope, ty, CONTAINER_DEPTH)
}

/// Constraints, or the empty constraints of the runtime.
pub(super) fn or_none(constraints: Option<TokenStream>) -> TokenStream {
    constraints.unwrap_or_else(|| quote!(&validation::Constraints::NONE))
}

/// Constraints on a value without items.
pub(super) fn plain(constraints: &Constraints) -> TokenStream {
    let fields = fields(constraints, &quote!(validation));
    quote!(&validation::Constraints { #(#fields,)* ..validation::Constraints::NONE })
}

fn within(scope: Scope<'_>, ty: &TypeUse, depth: usize) -> Option<TokenStream> {
    let depth = depth.checked_sub(1)?;
    let mut fields = fields(&scope.table().merged_rules(ty), &quote!(validation));
    match scope.resolved(&ty.shape) {
        Shape::List(item) => {
            fields.extend(within(scope, item, depth).map(|constraints| quote!(items: Some(#constraints))));
        }
        Shape::Map(value, _) => {
            fields.extend(within(scope, value, depth).map(|constraints| quote!(values: Some(#constraints))));
        }
        Shape::Tuple(items) => {
            let items: Vec<Option<TokenStream>> = items.iter().map(|item| within(scope, item, depth)).collect();
            if items.iter().any(Option::is_some) {
                let items = items.into_iter().map(or_none);
                fields.push(quote!(prefix: &[#(#items),*]));
            }
        }
        _ => {}
    }
    (!fields.is_empty()).then(|| quote!(&validation::Constraints { #(#fields,)* ..validation::Constraints::NONE }))
}
