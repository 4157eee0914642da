//! Prints the documented default of a parameter as a value: `default: asc` becomes
//! `types::Sort::Asc`.
//!
//! **Invariant:** the printed value has the type of the parameter. A default that cannot be written
//! as an expression, such as an object, is read from its JSON.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Number, Value};

use crate::emit::Scope;
use crate::emit::constraints::signed;
use crate::ir::model::{IntegerKind, Newtype, Parameter, Scalar, Shape, TypeDef, TypeKind, TypeUse};
use crate::limits::CONTAINER_DEPTH;

/// A default as an expression.
pub(super) enum DefaultValue {
    /// A value without allocation: `20`.
    Constant(TokenStream),
    /// A value that is built on demand: `"a".to_owned()`.
    Built(TokenStream),
    /// The empty string or list, when it is an item of a list.
    Empty(TokenStream),
    /// A value of a type with a fallible constructor: `types::Limit::new(20)`.
    Checked(TokenStream),
    /// A value that is parsed from this JSON.
    Parsed(String),
}

/// The value of an absent parameter; `None` if the service method decides.
pub(super) fn of(scope: Scope<'_>, parameter: &Parameter) -> Option<DefaultValue> {
    let default = parameter.default.as_ref().filter(|_| !parameter.required)?;
    value(scope, &parameter.ty, default, CONTAINER_DEPTH).or_else(|| read(scope, &parameter.ty, default))
}

/// Only values with items and types of other crates are parsed. Any other scalar without an
/// expression, such as a secret or bytes, has no default.
fn read(scope: Scope<'_>, ty: &TypeUse, default: &Value) -> Option<DefaultValue> {
    let has_items = match scope.resolved(&ty.shape) {
        Shape::Scalar(scalar) => matches!(scalar, Scalar::Foreign(_)),
        Shape::Named(id) => match &scope.table().get(*id).kind {
            TypeKind::Newtype(newtype) => !matches!(scope.resolved(&newtype.inner.shape), Shape::Scalar(_)),
            TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => false,
            TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Alias(_) => true,
        },
        Shape::List(_) | Shape::Map(..) | Shape::Tuple(_) | Shape::Any => true,
    };
    (has_items && !default.is_null()).then(|| DefaultValue::Parsed(default.to_string()))
}

fn value(scope: Scope<'_>, ty: &TypeUse, default: &Value, depth: usize) -> Option<DefaultValue> {
    let depth = depth.checked_sub(1)?;
    match scope.resolved(&ty.shape) {
        Shape::Scalar(one) => self::scalar(scope, *one, default),
        Shape::Named(id) => named(scope, &scope.named(*id), scope.table().get(*id), default, depth),
        Shape::List(item) if !scope.is_nullable(item) => list(scope, item, default.as_array()?, depth),
        _ => None,
    }
}

fn scalar(scope: Scope<'_>, scalar: Scalar, default: &Value) -> Option<DefaultValue> {
    Some(match scalar {
        Scalar::Bool => {
            let value = default.as_bool()?;
            DefaultValue::Constant(quote!(#value))
        }
        Scalar::Integer(kind) => DefaultValue::Constant(signed(integer(kind, default.as_number()?)?)),
        Scalar::Float64 => DefaultValue::Constant(float(default.as_f64()?)?),
        Scalar::String => {
            let text = default.as_str()?;
            if text.is_empty() {
                DefaultValue::Empty(quote!(String::new()))
            } else {
                DefaultValue::Built(quote!(#text.to_owned()))
            }
        }
        Scalar::Text(_) => {
            let (ty, text) = (scope.scalar(scalar), default.as_str()?);
            DefaultValue::Built(quote!(#ty::unchecked(#text)))
        }
        Scalar::Secret | Scalar::Binary | Scalar::Null | Scalar::Never | Scalar::Foreign(_) => return None,
    })
}

/// A number that the type can hold. `1.0` counts as an integer.
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

fn float(value: f64) -> Option<TokenStream> {
    let sign = value.is_sign_negative().then(|| quote!(-));
    let digits = value.is_finite().then(|| Literal::f64_unsuffixed(value.abs()))?;
    Some(quote!(#sign #digits))
}

fn named(
    scope: Scope<'_>,
    name: &TokenStream,
    definition: &TypeDef,
    default: &Value,
    depth: usize,
) -> Option<DefaultValue> {
    match &definition.kind {
        TypeKind::Enum(values) => {
            let text = default.as_str()?;
            let variant = &values.variants.iter().find(|variant| variant.wire == text)?.name;
            Some(DefaultValue::Constant(quote!(#name::#variant)))
        }
        TypeKind::IntegerEnum(values) => {
            let number = default.as_i64()?;
            let (variant, ..) = values.variants.iter().find(|(_, value, _)| *value == number)?;
            Some(DefaultValue::Constant(quote!(#name::#variant)))
        }
        TypeKind::Newtype(newtype) => wrapped(scope, name, newtype, default, depth),
        TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Alias(_) => None,
    }
}

fn wrapped(
    scope: Scope<'_>,
    name: &TokenStream,
    newtype: &Newtype,
    default: &Value,
    depth: usize,
) -> Option<DefaultValue> {
    let Shape::Scalar(inner) = scope.resolved(&newtype.inner.shape) else { return None };
    let value = match self::value(scope, &newtype.inner, default, depth)? {
        DefaultValue::Constant(value)
        | DefaultValue::Built(value)
        | DefaultValue::Empty(value)
        | DefaultValue::Checked(value) => value,
        DefaultValue::Parsed(_) => return None,
    };
    // The constructors of strings take `&str`.
    let value = match (inner, default.as_str()) {
        (Scalar::String, Some(text)) => quote!(#text),
        _ => value,
    };
    Some(if newtype.inner.constraints.is_empty() {
        DefaultValue::Built(quote!(#name::from(#value)))
    } else {
        DefaultValue::Checked(quote!(#name::new(#value)))
    })
}

/// A list of values whose constructors cannot fail.
fn list(scope: Scope<'_>, item: &TypeUse, items: &[Value], depth: usize) -> Option<DefaultValue> {
    let items = items.iter().map(|one| match value(scope, item, one, depth)? {
        DefaultValue::Constant(value) | DefaultValue::Built(value) | DefaultValue::Empty(value) => Some(value),
        DefaultValue::Checked(_) | DefaultValue::Parsed(_) => None,
    });
    let items = items.collect::<Option<Vec<_>>>()?;
    Some(if items.is_empty() {
        DefaultValue::Empty(quote!(Vec::new()))
    } else {
        DefaultValue::Built(quote!(Vec::from([#(#items),*])))
    })
}
