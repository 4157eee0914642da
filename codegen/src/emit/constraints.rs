//! Prints constraints as constant data: `maxLength: 5` becomes
//! `&specwright_runtime::validation::Constraints { max_length: Some(5), … }`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::model::{Assertion, Constraints, Shape, TypeUse};

/// The constraints on a value, including its items; `None` if there are none.
pub(crate) fn constraints(ty: &TypeUse) -> Option<TokenStream> {
    let module = quote!(specwright_runtime::validation);
    let mut fields = self::fields(&ty.constraints, &module);
    match &ty.shape {
        Shape::List(item) => fields.extend(constraints(item).map(|constraints| quote!(items: Some(#constraints)))),
        Shape::Map(value, _) => fields.extend(constraints(value).map(|constraints| quote!(values: Some(#constraints)))),
        Shape::Tuple(items) => {
            let items: Vec<Option<TokenStream>> = items.iter().map(constraints).collect();
            if items.iter().any(Option::is_some) {
                let items = items
                    .into_iter()
                    .map(|constraints| constraints.unwrap_or_else(|| quote!(&#module::Constraints::NONE)));
                fields.push(quote!(prefix: &[#(#items),*]));
            }
        }
        Shape::Named(_) | Shape::Scalar(_) | Shape::Any => {}
    }
    (!fields.is_empty()).then(|| quote!(&#module::Constraints { #(#fields,)* ..#module::Constraints::NONE }))
}

/// The fields that constrain something. `module` is the path of the runtime's module.
pub(crate) fn fields(constraints: &Constraints, module: &TokenStream) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    let mut count = |name: TokenStream, value: Option<u64>| {
        fields.extend(value.map(|value| {
            let value = Literal::u64_unsuffixed(value);
            quote!(#name: Some(#value))
        }));
    };
    count(quote!(min_length), constraints.min_length);
    count(quote!(max_length), constraints.max_length);
    count(quote!(min_items), constraints.min_items);
    count(quote!(max_items), constraints.max_items);
    count(quote!(min_properties), constraints.min_properties);
    count(quote!(max_properties), constraints.max_properties);

    let mut limit = |name: TokenStream, value: Option<&serde_json::Number>| {
        fields.extend(value.map(|value| bound(value, module)).map(|value| quote!(#name: Some(#value))));
    };
    limit(quote!(minimum), constraints.minimum.as_ref());
    limit(quote!(maximum), constraints.maximum.as_ref());
    limit(quote!(exclusive_minimum), constraints.exclusive_minimum.as_ref());
    limit(quote!(exclusive_maximum), constraints.exclusive_maximum.as_ref());
    limit(quote!(multiple_of), constraints.multiple_of.as_ref());

    fields.extend(constraints.pattern.as_ref().map(|pattern| quote!(pattern: Some(#pattern))));
    if constraints.unique_items {
        fields.push(quote!(unique_items: true));
    }
    if !constraints.allowed.is_empty() {
        let allowed = constraints.allowed.iter().map(ToString::to_string);
        fields.push(quote!(allowed: &[#(#allowed),*]));
    }
    if !constraints.assertions.is_empty() {
        let assertions = self::assertions(&constraints.assertions, module);
        fields.push(quote!(assertions: #assertions));
    }
    fields
}

fn bound(number: &serde_json::Number, module: &TokenStream) -> TokenStream {
    if let Some(whole) = number.as_i128() {
        let digits = signed(whole);
        return quote!(#module::Bound::Integer(#digits));
    }
    let float = number.as_f64().filter(|float| float.is_finite()).unwrap_or_default();
    let sign = float.is_sign_negative().then(|| quote!(-));
    let digits = Literal::f64_unsuffixed(float.abs());
    quote!(#module::Bound::Float(#sign #digits))
}

/// A literal whose sign is a separate token, as the compiler expects.
pub(crate) fn signed(number: i128) -> TokenStream {
    let sign = (number < 0).then(|| quote!(-));
    let digits = Literal::u128_unsuffixed(number.unsigned_abs());
    quote!(#sign #digits)
}

/// `&[Assertion::Never]`. `module` is the path of the runtime's constraints.
pub(crate) fn assertions(assertions: &[Assertion], module: &TokenStream) -> TokenStream {
    let assertions = assertions.iter().map(|assertion| self::assertion(assertion, module));
    quote!(&[#(#assertions),*])
}

fn assertion(assertion: &Assertion, module: &TokenStream) -> TokenStream {
    let list = |list: &[Assertion]| assertions(list, module);
    let lists = |members: &[Vec<Assertion>]| {
        let members = members.iter().map(|member| list(member));
        quote!(&[#(#members),*])
    };
    let by_key = |schemas: &[(String, Vec<Assertion>)]| {
        let schemas = schemas.iter().map(|(name, assertions)| {
            let assertions = list(assertions);
            quote!((#name, #assertions))
        });
        quote!(&[#(#schemas),*])
    };
    let kind = quote!(#module::Assertion);
    match assertion {
        Assertion::Types(names) => quote!(#kind::Types(&[#(#names),*])),
        Assertion::Limits(limits) => {
            let fields = fields(limits, module);
            quote!(#kind::Limits(&#module::Constraints { #(#fields,)* ..#module::Constraints::NONE }))
        }
        Assertion::Required(names) => quote!(#kind::Required(&[#(#names),*])),
        Assertion::Properties(schemas) => unary(&quote!(#kind::Properties), &by_key(schemas)),
        Assertion::Patterns { pairs, known, rest } => {
            let (pairs, rest) = (by_key(pairs), list(rest));
            quote!(#kind::Patterns { pairs: #pairs, known: &[#(#known),*], rest: #rest })
        }
        Assertion::Names(assertions) => unary(&quote!(#kind::Names), &list(assertions)),
        Assertion::Not(assertions) => unary(&quote!(#kind::Not), &list(assertions)),
        Assertion::Prefix(members) => unary(&quote!(#kind::Prefix), &lists(members)),
        Assertion::Any(members) => unary(&quote!(#kind::Any), &lists(members)),
        Assertion::One(members) => unary(&quote!(#kind::One), &lists(members)),
        Assertion::Dependent(schemas) => unary(&quote!(#kind::Dependent), &by_key(schemas)),
        Assertion::Items(after, assertions) => {
            let (after, assertions) = (Literal::usize_unsuffixed(*after), list(assertions));
            quote!(#kind::Items(#after, #assertions))
        }
        Assertion::Contains(assertions, least, most) => {
            let (assertions, least) = (list(assertions), Literal::u64_unsuffixed(*least));
            let most = most.map_or_else(
                || quote!(usize::MAX),
                |most| {
                    let most = Literal::u64_unsuffixed(most);
                    quote!(#most)
                },
            );
            quote!(#kind::Contains(#assertions, #least, #most))
        }
        Assertion::If(condition, then, otherwise) => {
            let (condition, then, otherwise) = (list(condition), list(then), list(otherwise));
            quote!(#kind::If(#condition, #then, #otherwise))
        }
        Assertion::Never => quote!(#kind::Never),
    }
}

fn unary(kind: &TokenStream, content: &TokenStream) -> TokenStream {
    quote!(#kind(#content))
}
