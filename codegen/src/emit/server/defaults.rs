//! Prints the documented default of a parameter as a value: `default: asc` becomes `types::Sort::Asc`.
//!
//! The rule kept here: what is printed has the type of the parameter. A default that can't be written so, such as an object, is
//! read from its JSON.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Number, Value};

use crate::emit::Scope;
use crate::emit::rules::signed;
use crate::ir::model::{IntegerKind, Newtype, Parameter, Scalar, Shape, TypeDef, TypeKind, TypeUse};

/// Lists of lists and aliases are followed this far.
const DEPTH: usize = 16;

/// A default as an expression.
pub(super) enum Filler {
    /// A value that costs nothing to make: `20`.
    Constant(TokenStream),
    /// A value that is made when it is needed: `"a".to_owned()`.
    Made(TokenStream),
    /// The empty text or list, and how it is written inside another one.
    Empty(TokenStream),
    /// A value of a type that checks what it is made from: `types::Limit::new(20)`.
    Checked(TokenStream),
    /// A value that is read from this JSON.
    Read(String),
}

/// What an absent parameter arrives as; `None` where that is for the method to say.
pub(super) fn of(scope: Scope<'_>, parameter: &Parameter) -> Option<Filler> {
    let default = parameter.default.as_ref().filter(|_| !parameter.required)?;
    value(scope, &parameter.ty, default, DEPTH).or_else(|| read(scope, &parameter.ty, default))
}

/// Scalars are written or left alone: secrets have no documented value, and bytes no JSON.
fn read(scope: Scope<'_>, ty: &TypeUse, default: &Value) -> Option<Filler> {
    let has_parts = match scope.resolved(&ty.shape) {
        Shape::Scalar(_) => false,
        Shape::Named(id) => match &scope.table().get(*id).kind {
            TypeKind::Newtype(newtype) => !matches!(scope.resolved(&newtype.inner.shape), Shape::Scalar(_)),
            TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => false,
            TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Alias(_) => true,
        },
        Shape::List(_) | Shape::Map(_) | Shape::Tuple(_) | Shape::Any => true,
    };
    (has_parts && !default.is_null()).then(|| Filler::Read(default.to_string()))
}

fn value(scope: Scope<'_>, ty: &TypeUse, default: &Value, depth: usize) -> Option<Filler> {
    let depth = depth.checked_sub(1)?;
    match scope.resolved(&ty.shape) {
        Shape::Scalar(one) => scalar(*one, default),
        Shape::Named(id) => named(scope, &scope.named(*id), scope.table().get(*id), default, depth),
        Shape::List(item) if !scope.is_nullable(item) => list(scope, item, default.as_array()?, depth),
        _ => None,
    }
}

fn scalar(scalar: Scalar, default: &Value) -> Option<Filler> {
    Some(match scalar {
        Scalar::Bool => {
            let value = default.as_bool()?;
            Filler::Constant(quote!(#value))
        }
        Scalar::Integer(kind) => Filler::Constant(signed(integer(kind, default.as_number()?)?)),
        Scalar::Float32 => Filler::Constant(float(default.as_f64()?, true)?),
        Scalar::Float64 => Filler::Constant(float(default.as_f64()?, false)?),
        Scalar::String => {
            let text = default.as_str()?;
            if text.is_empty() { Filler::Empty(quote!(String::new())) } else { Filler::Made(quote!(#text.to_owned())) }
        }
        Scalar::Text(_) => {
            let (ty, text) = (crate::emit::type_use::scalar_type(scalar), default.as_str()?);
            Filler::Made(quote!(#ty::unchecked(#text)))
        }
        Scalar::Secret | Scalar::Binary | Scalar::Null | Scalar::Never => return None,
    })
}

/// A number that the type can hold; `1.0` is a whole one.
fn integer(kind: IntegerKind, number: &Number) -> Option<i128> {
    let whole = number.as_i128().or_else(|| {
        let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 9.0e15)?;
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and within the exact range of a double")]
        Some(i128::from(float as i64))
    })?;
    let fits = match kind {
        IntegerKind::I8 => i8::try_from(whole).is_ok(),
        IntegerKind::I16 => i16::try_from(whole).is_ok(),
        IntegerKind::I32 => i32::try_from(whole).is_ok(),
        IntegerKind::I64 => i64::try_from(whole).is_ok(),
        IntegerKind::U8 => u8::try_from(whole).is_ok(),
        IntegerKind::U16 => u16::try_from(whole).is_ok(),
        IntegerKind::U32 => u32::try_from(whole).is_ok(),
        IntegerKind::U64 => u64::try_from(whole).is_ok(),
        IntegerKind::U128 => u128::try_from(whole).is_ok(),
        IntegerKind::I128 => true,
    };
    fits.then_some(whole)
}

fn float(value: f64, is_single: bool) -> Option<TokenStream> {
    #[expect(clippy::cast_possible_truncation, reason = "the nearest single is what a client would have sent")]
    let single = value as f32;
    if !value.is_finite() || (is_single && !single.is_finite()) {
        return None;
    }
    let sign = value.is_sign_negative().then(|| quote!(-));
    let digits = if is_single { Literal::f32_unsuffixed(single.abs()) } else { Literal::f64_unsuffixed(value.abs()) };
    Some(quote!(#sign #digits))
}

fn named(scope: Scope<'_>, name: &TokenStream, definition: &TypeDef, default: &Value, depth: usize) -> Option<Filler> {
    match &definition.kind {
        TypeKind::Enum(values) => {
            let text = default.as_str()?;
            let variant = &values.variants.iter().find(|variant| variant.wire == text)?.name;
            Some(Filler::Constant(quote!(#name::#variant)))
        }
        TypeKind::IntegerEnum(values) => {
            let number = default.as_i64()?;
            let (variant, ..) = values.variants.iter().find(|(_, value, _)| *value == number)?;
            Some(Filler::Constant(quote!(#name::#variant)))
        }
        TypeKind::Newtype(newtype) => wrapped(scope, name, newtype, default, depth),
        TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Alias(_) => None,
    }
}

fn wrapped(scope: Scope<'_>, name: &TokenStream, newtype: &Newtype, default: &Value, depth: usize) -> Option<Filler> {
    let Shape::Scalar(inner) = scope.resolved(&newtype.inner.shape) else { return None };
    let value = match self::value(scope, &newtype.inner, default, depth)? {
        Filler::Constant(value) | Filler::Made(value) | Filler::Empty(value) | Filler::Checked(value) => value,
        Filler::Read(_) => return None,
    };
    // The constructors of texts take anything that is one.
    let value = match (inner, default.as_str()) {
        (Scalar::String, Some(text)) => quote!(#text),
        _ => value,
    };
    Some(if newtype.inner.rules.is_empty() {
        Filler::Made(quote!(#name::from(#value)))
    } else {
        Filler::Checked(quote!(#name::new(#value)))
    })
}

/// A list of values that need no check.
fn list(scope: Scope<'_>, item: &TypeUse, items: &[Value], depth: usize) -> Option<Filler> {
    let items = items.iter().map(|one| match value(scope, item, one, depth)? {
        Filler::Constant(value) | Filler::Made(value) | Filler::Empty(value) => Some(value),
        Filler::Checked(_) | Filler::Read(_) => None,
    });
    let items = items.collect::<Option<Vec<_>>>()?;
    Some(if items.is_empty() {
        Filler::Empty(quote!(Vec::new()))
    } else {
        Filler::Made(quote!(Vec::from([#(#items),*])))
    })
}
