//! Prints what a value must satisfy beyond its type: `&rules::Rules { min_length: Some(1), ..rules::Rules::NONE }`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Number, Value};

use crate::emit::Scope;
use crate::ir::model::{Rules, Shape, TypeKind, TypeUse};

/// Lists of lists, maps of maps and aliases are followed this far.
const DEPTH: usize = 16;

/// What a use asks of a value and of its parts; `None` where it asks nothing.
pub(super) fn of(scope: Scope<'_>, ty: &TypeUse) -> Option<TokenStream> {
    within(scope, ty, DEPTH)
}

/// The same, or the runtime's empty rules.
pub(super) fn or_none(rules: Option<TokenStream>) -> TokenStream {
    rules.unwrap_or_else(|| quote!(&rules::Rules::NONE))
}

/// Rules of a value without parts.
pub(super) fn plain(rules: &Rules) -> TokenStream {
    let fields = fields(rules);
    quote!(&rules::Rules { #(#fields,)* ..rules::Rules::NONE })
}

fn within(scope: Scope<'_>, ty: &TypeUse, depth: usize) -> Option<TokenStream> {
    let depth = depth.checked_sub(1)?;
    let mut fields = fields(&merged(scope, ty));
    match scope.resolved(&ty.shape) {
        Shape::List(part) => fields.extend(within(scope, part, depth).map(|rules| quote!(items: Some(#rules)))),
        Shape::Map(part) => fields.extend(within(scope, part, depth).map(|rules| quote!(values: Some(#rules)))),
        _ => {}
    }
    (!fields.is_empty()).then(|| quote!(&rules::Rules { #(#fields,)* ..rules::Rules::NONE }))
}

/// Rules of a use and of the aliases that it goes through; the use has the last word.
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

/// The fields that ask something.
fn fields(rules: &Rules) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    macro_rules! counts {
        ($($field:ident),*) => { $( if let Some(count) = rules.$field {
            let count = Literal::u64_unsuffixed(count);
            fields.push(quote!($field: Some(#count)));
        } )* };
    }
    macro_rules! bounds {
        ($($field:ident),*) => { $( if let Some(bound) = &rules.$field {
            let bound = self::bound(bound);
            fields.push(quote!($field: Some(#bound)));
        } )* };
    }
    counts!(min_length, max_length);
    if let Some(pattern) = &rules.pattern {
        fields.push(quote!(pattern: Some(#pattern)));
    }
    bounds!(minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of);
    counts!(min_items, max_items);
    if rules.unique_items {
        fields.push(quote!(unique_items: true));
    }
    counts!(min_properties, max_properties);
    if !rules.allowed.is_empty() {
        let values = rules.allowed.iter().map(Value::to_string);
        fields.push(quote!(allowed: &[#(#values),*]));
    }
    fields
}

/// `rules::Bound::Integer(1)` or `rules::Bound::Float(0.5)`
fn bound(bound: &Number) -> TokenStream {
    if let Some(value) = bound.as_i128() {
        let value = Literal::i128_unsuffixed(value);
        return quote!(rules::Bound::Integer(#value));
    }
    let value = bound.as_f64().filter(|value| value.is_finite()).unwrap_or_default();
    let value = Literal::f64_unsuffixed(value);
    quote!(rules::Bound::Float(#value))
}
