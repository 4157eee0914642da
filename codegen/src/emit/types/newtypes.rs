//! Prints newtypes: named scalars, and lists and maps that contain themselves.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::constraints::constraints;
use crate::emit::type_use::Scope;
use crate::ir::model::{Newtype, Scalar, Shape, TypeDef, TypeUse};

pub(super) fn item(definition: &TypeDef, newtype: &Newtype, scope: Scope<'_>, portable: bool) -> TokenStream {
    let name = &definition.name;
    let inner = scope.ty(&newtype.inner);
    let derives = derives(definition, &newtype.inner);
    let impls = portable.then(|| impls(definition, newtype, scope));
    quote! {
        #[derive(#derives)]
        pub struct #name(#inner);
        #impls
    }
}

/// Scalars can be keys of maps and, except for strings, are `Copy`.
pub(crate) fn derives(definition: &TypeDef, inner: &TypeUse) -> TokenStream {
    match &inner.shape {
        Shape::Scalar(Scalar::Bool | Scalar::Integer(_)) => {
            quote!(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)
        }
        Shape::Scalar(Scalar::Float64) => quote!(Clone, Copy, Debug, PartialEq, PartialOrd),
        Shape::Scalar(Scalar::String | Scalar::Text(_)) if definition.eq => {
            quote!(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)
        }
        _ => quote!(Clone, Debug, PartialEq),
    }
}

fn impls(definition: &TypeDef, newtype: &Newtype, scope: Scope<'_>) -> TokenStream {
    let name = &definition.name;
    let inner = scope.ty(&newtype.inner);
    let is_nullable = scope.is_nullable(&newtype.inner);
    let constraints = constraints(&newtype.inner).filter(|_| is_checked(newtype, scope));
    let checked = constraints.is_some().then(|| quote!(checked));
    let all = all(&newtype.inner);
    let constraints = constraints.map(|constraints| {
        quote! {
            impl #name {
                #all
                #[doc = " The constraints on a value."]
                pub const CONSTRAINTS: &'static specwright_runtime::validation::Constraints = #constraints;
            }
        }
    });
    if newtype.inner.shape == Shape::Scalar(Scalar::String) && !is_nullable {
        let numbers = newtype.reads_numbers.then(|| quote!(or number));
        quote!(#constraints specwright_runtime::string_newtype!(#checked #name #numbers);)
    } else {
        let text = newtype.inner.constraints.or_text.then(|| quote!(, or text));
        quote!(#constraints specwright_runtime::newtype!(#checked #name, #inner #text);)
    }
}

/// The numbers that the document lists, as constants.
fn all(inner: &TypeUse) -> Option<TokenStream> {
    let Shape::Scalar(scalar) = inner.shape else { return None };
    let literal = |value: &serde_json::Value| match scalar {
        Scalar::Float64 => value.as_f64().map(Literal::f64_unsuffixed),
        Scalar::Integer(_) => value.as_i64().map(Literal::i64_unsuffixed),
        _ => None,
    };
    let values: Vec<Literal> = inner.constraints.allowed.iter().map(literal).collect::<Option<_>>()?;
    (!values.is_empty()).then(|| {
        quote! {
            #[doc = " Every documented value."]
            pub const ALL: &'static [Self] = &[#(Self(#values)),*];
        }
    })
}

/// Whether the newtype has a constant with every documented value.
pub(crate) fn lists_values(newtype: &Newtype, scope: Scope<'_>) -> bool {
    is_checked(newtype, scope) && all(&newtype.inner).is_some()
}

/// Whether the constructor checks constraints. Only servers validate lists, maps and secrets.
pub(crate) fn is_checked(newtype: &Newtype, scope: Scope<'_>) -> bool {
    let of_shape = match &newtype.inner.shape {
        Shape::Scalar(scalar) => !matches!(scalar, Scalar::Secret | Scalar::Binary | Scalar::Null | Scalar::Never),
        Shape::Named(_) | Shape::List(_) | Shape::Map(..) | Shape::Tuple(_) | Shape::Any => false,
    };
    of_shape && !newtype.inner.constraints.is_empty() && !scope.is_nullable(&newtype.inner)
}
