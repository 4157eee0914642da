//! Prints the constraints on a value beyond its type:
//! `&validation::Constraints { min_length: Some(1), ..validation::Constraints::NONE }`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Scope;
use crate::emit::rules::fields;
use crate::ir::model::{Rules, Shape, TypeKind, TypeUse};

/// Lists of lists, maps of maps and aliases are followed this far.
const DEPTH: usize = 16;

/// The constraints of a use on a value and its items; `None` if there are none.
pub(super) fn of(scope: Scope<'_>, ty: &TypeUse) -> Option<TokenStream> {
    within(scope, ty, DEPTH)
}

/// Constraints, or the empty constraints of the runtime.
pub(super) fn or_none(rules: Option<TokenStream>) -> TokenStream {
    rules.unwrap_or_else(|| quote!(&validation::Constraints::NONE))
}

/// Constraints on a value without items.
pub(super) fn plain(rules: &Rules) -> TokenStream {
    let fields = fields(rules, &quote!(validation));
    quote!(&validation::Constraints { #(#fields,)* ..validation::Constraints::NONE })
}

fn within(scope: Scope<'_>, ty: &TypeUse, depth: usize) -> Option<TokenStream> {
    let depth = depth.checked_sub(1)?;
    let mut fields = fields(&merged(scope, ty), &quote!(validation));
    match scope.resolved(&ty.shape) {
        Shape::List(item) => fields.extend(within(scope, item, depth).map(|rules| quote!(items: Some(#rules)))),
        Shape::Map(value) => fields.extend(within(scope, value, depth).map(|rules| quote!(values: Some(#rules)))),
        _ => {}
    }
    (!fields.is_empty()).then(|| quote!(&validation::Constraints { #(#fields,)* ..validation::Constraints::NONE }))
}

/// The constraints of a use and of the aliases that it names; those of the use take precedence.
fn merged(scope: Scope<'_>, ty: &TypeUse) -> Rules {
    let mut merged = ty.rules.clone();
    let mut shape = &ty.shape;
    for _ in 0..DEPTH {
        let Shape::Named(id) = shape else { break };
        let TypeKind::Alias(target) = &scope.table().get(*id).kind else { break };
        merge(&mut merged, &target.rules);
        shape = &target.shape;
    }
    merged
}

fn merge(rules: &mut Rules, other: &Rules) {
    macro_rules! fill {
        ($($field:ident),*) => { $( if rules.$field.is_none() { rules.$field.clone_from(&other.$field); } )* };
    }
    fill!(min_length, max_length, pattern, minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of);
    fill!(min_items, max_items, min_properties, max_properties);
    rules.unique_items |= other.unique_items;
    if rules.allowed.is_empty() {
        rules.allowed.clone_from(&other.allowed);
    }
}
