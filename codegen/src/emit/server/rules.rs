//! Prints what a value must satisfy as statics: `static RULES_0: rules::Rules = rules::Rules::new().min_length(1);`

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Number, Value};

use crate::emit::Scope;
use crate::ir::model::{Rules, Shape, TypeKind, TypeUse};

/// Lists of lists, maps of maps and aliases are followed this far.
const DEPTH: usize = 16;

/// Statics of one function.
#[derive(Default)]
pub(super) struct Statics {
    printed: Vec<TokenStream>,
}

impl Statics {
    /// The static of what a use asks of a value; `None` where it asks nothing.
    pub(super) fn of(&mut self, scope: Scope<'_>, ty: &TypeUse) -> Option<Ident> {
        let values = self.values(scope, ty, DEPTH);
        let calls = calls(scope, ty);
        self.add(calls, &[], values)
    }

    /// The static of a map of other properties: its values' rules and its keys' patterns.
    pub(super) fn of_rest(&mut self, scope: Scope<'_>, value: &TypeUse, patterns: &[String]) -> Option<Ident> {
        let values = self.of(scope, value);
        self.add(Vec::new(), patterns, values)
    }

    /// The static of rules without parts: those of a newtype.
    pub(super) fn plain(&mut self, rules: &Rules) -> Option<Ident> {
        self.add(setters(rules), &[], None)
    }

    /// The statics.
    pub(super) fn printed(self) -> TokenStream {
        self.printed.into_iter().collect()
    }

    fn values(&mut self, scope: Scope<'_>, ty: &TypeUse, depth: usize) -> Option<Ident> {
        let depth = depth.checked_sub(1)?;
        let (Shape::List(part) | Shape::Map(part)) = scope.resolved(&ty.shape) else { return None };
        let values = self.values(scope, part, depth);
        let calls = calls(scope, part);
        self.add(calls, &[], values)
    }

    fn add(&mut self, mut calls: Vec<TokenStream>, patterns: &[String], values: Option<Ident>) -> Option<Ident> {
        if !patterns.is_empty() {
            let (name, count) = (format_ident!("KEYS_{}", self.printed.len()), Literal::usize_unsuffixed(patterns.len()));
            let patterns = quote!([#(rules::Pattern::new(#patterns)),*]);
            self.printed.push(quote!(static #name: [rules::Pattern; #count] = #patterns;));
            calls.push(quote!(keys(&#name)));
        }
        if let Some(values) = values {
            calls.push(quote!(values(&#values)));
        }
        if calls.is_empty() {
            return None;
        }
        let name = format_ident!("RULES_{}", self.printed.len());
        self.printed.push(quote!(static #name: rules::Rules = rules::Rules::new() #(.#calls)*;));
        Some(name)
    }
}

/// Rules of a use and of the aliases that it goes through; the use has the last word.
fn calls(scope: Scope<'_>, ty: &TypeUse) -> Vec<TokenStream> {
    let mut merged = ty.rules.clone();
    let mut shape = &ty.shape;
    for _ in 0..DEPTH {
        let Shape::Named(id) = shape else { break };
        let TypeKind::Alias(target) = &scope.table().get(*id).kind else { break };
        merge(&mut merged, &target.rules);
        shape = &target.shape;
    }
    setters(&merged)
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

/// The calls that set rules on `Rules::new()`.
pub(super) fn setters(rules: &Rules) -> Vec<TokenStream> {
    let mut calls = Vec::new();
    macro_rules! counts {
        ($($field:ident),*) => { $( if let Some(count) = rules.$field {
            let count = Literal::u64_unsuffixed(count);
            calls.push(quote!($field(#count)));
        } )* };
    }
    macro_rules! bounds {
        ($($field:ident or $float:ident),*) => { $( if let Some(bound) = &rules.$field {
            calls.push(self::bound(bound, &quote!($field), &quote!($float)));
        } )* };
    }
    counts!(min_length, max_length);
    if let Some(pattern) = &rules.pattern {
        calls.push(quote!(pattern(#pattern)));
    }
    bounds!(minimum or minimum_f64, maximum or maximum_f64, exclusive_minimum or exclusive_minimum_f64);
    bounds!(exclusive_maximum or exclusive_maximum_f64, multiple_of or multiple_of_f64);
    counts!(min_items, max_items);
    if rules.unique_items {
        calls.push(quote!(unique_items()));
    }
    counts!(min_properties, max_properties);
    if !rules.allowed.is_empty() {
        let values = rules.allowed.iter().map(Value::to_string);
        calls.push(quote!(allowed(&[#(#values),*])));
    }
    calls
}

/// `minimum(1)` or `minimum_f64(0.5)`
fn bound(bound: &Number, whole: &TokenStream, float: &TokenStream) -> TokenStream {
    if let Some(value) = bound.as_i128() {
        let value = Literal::i128_unsuffixed(value);
        return quote!(#whole(#value));
    }
    let value = bound.as_f64().filter(|value| value.is_finite()).unwrap_or_default();
    let value = Literal::f64_unsuffixed(value);
    quote!(#float(#value))
}
