//! Prints the constructors of structs. `new` takes the required properties, and there is a setter
//! for each optional one.
//!
//! **Invariant:** no constructor takes two properties by position. Their order in the document
//! could change without a compiler error.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::emit::constraints::signed;
use crate::emit::rustdoc;
use crate::emit::type_use::{Absence, Scope};
use crate::ir::model::{
    Constant, Extra, Field, FieldName, Presence, Scalar, Shape, Struct, TypeDef, TypeKind, TypeName, TypeUse,
};

/// Whether the derived `Default` fills in every field.
pub(super) fn derives_default(definition: &TypeDef, body: &Struct) -> bool {
    definition.default && body.fields.iter().all(|field| field.constant.is_none())
}

/// `new` and `Default` of a struct.
pub(super) fn item(definition: &TypeDef, body: &Struct, scope: Scope<'_>) -> TokenStream {
    let asked: Vec<&Field> = body.asked().collect();
    match (asked.as_slice(), &body.required) {
        ([], _) => from_nothing(definition, body, scope),
        ([only], _) => from_one(definition, body, only, scope),
        (asked, Some(required)) => from_many(definition, body, asked, required, scope),
        (_, None) => TokenStream::new(),
    }
}

fn from_nothing(definition: &TypeDef, body: &Struct, scope: Scope<'_>) -> TokenStream {
    let name = &definition.name;
    let docs = rustdoc::sentences(&[summary(body, "Creates a value without properties.").to_owned()]);
    let derived = derives_default(definition, body);
    let value = if derived {
        quote!(Self::default())
    } else {
        let values = values(body, scope, |field| quote!(#field));
        quote!(Self { #values })
    };
    let default = (!derived).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        impl #name {
            #docs
            #[must_use]
            pub fn new() -> Self {
                #value
            }
        }
        #default
    }
}

fn from_one(definition: &TypeDef, body: &Struct, only: &Field, scope: Scope<'_>) -> TokenStream {
    let name = &definition.name;
    let docs = rustdoc::sentences(&[summary(body, "Creates a value from its property.").to_owned()]);
    let (field, (ty, value)) = (&only.name, only_argument(only, scope));
    let values = values(body, scope, |_| value.clone());
    quote! {
        impl #name {
            #docs
            #[must_use]
            pub fn new(#field: #ty) -> Self {
                Self { #values }
            }
        }
    }
}

/// The type of the argument for the only required property, and the value of the property.
pub(super) fn only_argument(only: &Field, scope: Scope<'_>) -> (TokenStream, TokenStream) {
    let field = &only.name;
    if scope.absence(only) != Absence::Never {
        let ty = scope.field(only);
        return (quote!(impl Into<#ty>), quote!(#field.into()));
    }
    let ty = argument(&only.ty, &scope.shape(&only.ty.shape), scope);
    let value = match conversion(&only.ty, scope) {
        Conversion::None => quote!(#field),
        Conversion::Into => quote!(#field.into()),
        Conversion::Items if converts_content(&only.ty, scope) => {
            quote!(#field.into_iter().map(Into::into).collect())
        }
        Conversion::Items => quote!(#field.into_iter().collect()),
        Conversion::Pairs => pairs(&only.ty, &quote!(#field), scope),
    };
    (ty, value)
}

/// A struct of the properties, so that each is named where it is set.
fn from_many(
    definition: &TypeDef,
    body: &Struct,
    asked: &[&Field],
    required: &TypeName,
    scope: Scope<'_>,
) -> TokenStream {
    let name = &definition.name;
    let docs = rustdoc::sentences(&[summary(body, "Creates a value from its properties.").to_owned()]);
    let of_required = rustdoc::sentences(&[format!("Properties that [`{name}::new`] requires.")]);
    let fields = asked.iter().map(|field| {
        let docs = rustdoc::sentences(&[format!("See [`{name}::{}`].", field.name.plain())]);
        let (name, ty) = (&field.name, required_type(field, scope));
        quote!(#docs pub #name: #ty,)
    });
    let values = values(body, scope, |field| quote!(required.#field));
    quote! {
        impl #name {
            #docs
            #[must_use]
            pub fn new(required: #required) -> Self {
                Self { #values }
            }
        }
        #of_required
        pub struct #required {
            #(#fields)*
        }
    }
}

fn summary(body: &Struct, plain: &'static str) -> &'static str {
    let has_optional = !matches!(body.extra, Extra::Ignored | Extra::Denied)
        || body.fields.iter().any(|field| field.presence == Presence::Optional && field.constant.is_none());
    let has_constant = body.fields.iter().any(|field| field.constant.is_some());
    let asks = body.asked().next().is_some();
    match (asks, has_optional, has_constant) {
        (_, false, false) => plain,
        (true, true, false) => "Creates a value from the required properties; optional ones are unset.",
        (true, false, true) => "Creates a value from the required properties; constants are filled in.",
        (true, true, true) => {
            "Creates a value from the required properties; constants are filled in, and optional properties are unset."
        }
        (false, _, true) => "Creates a value from its constants.",
        (false, true, false) => "Creates a value in which every property is unset.",
    }
}

/// The type of a required property, without the box, which `new` adds.
pub(super) fn required_type(field: &Field, scope: Scope<'_>) -> TokenStream {
    if boxes(field, scope) { scope.ty(&field.ty) } else { scope.field(field) }
}

/// Whether `new` takes the plain value and boxes it.
pub(super) fn boxes(field: &Field, scope: Scope<'_>) -> bool {
    field.boxed && scope.absence(field) == Absence::Never
}

/// The fields of a struct literal: the given values, the constants, and nothing else.
fn values(body: &Struct, scope: Scope<'_>, given: impl Fn(&FieldName) -> TokenStream) -> TokenStream {
    let fields = body.fields.iter().map(|field| {
        let name = &field.name;
        if let Some(value) = constant(field, scope) {
            return quote!(#name: #value);
        }
        match scope.absence(field) {
            Absence::Absent | Absence::AbsentAny => quote!(#name: None),
            Absence::AbsentOrNull => quote!(#name: specwright_runtime::MaybeAbsent::Absent),
            Absence::Never | Absence::Null => {
                let given = given(name);
                let value = if boxes(field, scope) { quote!(Box::new(#given)) } else { given };
                if value.to_string() == name.as_str() { quote!(#name) } else { quote!(#name: #value) }
            }
        }
    });
    let extra = match &body.extra {
        Extra::Kept { name, .. } => quote!(#name: BTreeMap::new(),),
        Extra::Ignored | Extra::Denied => TokenStream::new(),
    };
    quote!(#(#fields,)* #extra)
}

/// The value that constructors fill in.
pub(super) fn constant(field: &Field, scope: Scope<'_>) -> Option<TokenStream> {
    let value = match field.constant.as_ref()? {
        Constant::Variant { ty, variant } => {
            let ty = scope.named(*ty);
            quote!(#ty::#variant)
        }
        Constant::Text(text) => quote!(#text.into()),
        Constant::Integer(number) => {
            let number = signed(i128::from(*number));
            quote!(#number)
        }
        Constant::Number(number) => {
            let sign = number.is_sign_negative().then(|| quote!(-));
            let digits = Literal::f64_unsuffixed(number.abs());
            quote!(#sign #digits)
        }
        Constant::Bool(value) => quote!(#value),
        Constant::Json(value) => json(value),
    };
    let value = if field.boxed { quote!(Box::new(#value)) } else { value };
    Some(match scope.absence(field) {
        Absence::Never => value,
        Absence::Null | Absence::Absent | Absence::AbsentAny => quote!(Some(#value)),
        Absence::AbsentOrNull => quote!(specwright_runtime::MaybeAbsent::Value(#value)),
    })
}

/// An object as a map, a list as a `Vec`.
fn json(value: &Value) -> TokenStream {
    let any = |value: &Value| {
        let value = json_literal(value);
        quote!(serde_json::json!(#value))
    };
    match value {
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key, any(value)));
            let entries = entries.map(|(key, value)| quote!((#key.to_owned(), #value)));
            quote!(BTreeMap::from([#(#entries),*]))
        }
        Value::Array(items) => {
            let items = items.iter().map(any);
            quote!(vec![#(#items),*])
        }
        other => any(other),
    }
}

/// A value as `serde_json::json!` reads it.
fn json_literal(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Bool(value) => quote!(#value),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) if i32::try_from(number).is_ok() => signed(number.into()),
            (Some(number), _) => quote!(#number),
            (None, Some(number)) => quote!(#number),
            (None, None) => number.as_f64().map(|number| quote!(#number)).unwrap_or_default(),
        },
        Value::String(text) => quote!(#text),
        Value::Array(items) => {
            let items = items.iter().map(json_literal);
            quote!([#(#items),*])
        }
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key, json_literal(value)));
            let entries = entries.map(|(key, value)| quote!(#key: #value));
            quote!({#(#entries),*})
        }
    }
}

/// The JSON text of a constant, without the quotes of a string.
pub(super) fn constant_text(field: &Field, scope: Scope<'_>) -> Option<String> {
    match field.constant.as_ref()? {
        Constant::Variant { ty, variant } => match &scope.table().get(*ty).kind {
            TypeKind::Enum(values) => {
                let value = values.variants.iter().find(|value| value.name == *variant)?;
                Some(value.wire.clone())
            }
            TypeKind::IntegerEnum(values) => {
                let (_, value, _) = values.variants.iter().find(|(name, ..)| name == variant)?;
                Some(value.to_string())
            }
            _ => None,
        },
        Constant::Text(text) => Some(text.clone()),
        Constant::Integer(number) => Some(number.to_string()),
        Constant::Number(number) => Some(number.to_string()),
        Constant::Bool(value) => Some(value.to_string()),
        Constant::Json(value) => Some(value.to_string()),
    }
}

/// The macro call that adds the setters of a struct that is not JSON. `object!` adds those of the
/// other structs.
pub(super) fn setters(definition: &TypeDef, body: &Struct, scope: Scope<'_>) -> TokenStream {
    let name = &definition.name;
    let of_fields = body.fields.iter().filter_map(|field| {
        let (name, setter) = (&field.name, setter(field, scope)?);
        Some(quote!(#name => #setter))
    });
    let of_rest = body.extra.field().zip(rest_setter(body, scope)).map(|(name, setter)| quote!(#name => #setter));
    let setters: Vec<TokenStream> = of_fields.chain(of_rest).collect();
    if setters.is_empty() {
        return TokenStream::new();
    }
    quote!(specwright_runtime::setters! { #name { #(#setters,)* } })
}

/// `into nick(String)`: how an optional property is set, the name of its setter, and the type that
/// the setter takes.
pub(super) fn setter(field: &Field, scope: Scope<'_>) -> Option<TokenStream> {
    if field.presence == Presence::Required || field.constant.is_some() {
        return None;
    }
    let setter = &field.setter;
    let shape = scope.shape(&field.ty.shape);
    let shape = if field.boxed { quote!(Box<#shape>) } else { shape };
    if scope.absence(field) == Absence::AbsentOrNull {
        return Some(quote!(or_null #setter(#shape)));
    }
    if field.boxed {
        return Some(quote!(into #setter(#shape)));
    }
    Some(match (conversion(&field.ty, scope), scope.resolved(&field.ty.shape)) {
        (Conversion::Items, Shape::List(item)) => {
            let how = if converts_content(&field.ty, scope) { quote!(list_into) } else { quote!(list) };
            let item = scope.ty(item);
            quote!(#how #setter(#item))
        }
        (Conversion::Pairs, Shape::Map(value, _)) => {
            let how = if converts_content(&field.ty, scope) { quote!(map_into) } else { quote!(map) };
            let value = scope.ty(value);
            quote!(#how #setter(#value))
        }
        (Conversion::None, _) => quote!(set #setter(#shape)),
        (Conversion::Into | Conversion::Items | Conversion::Pairs, _) => quote!(into #setter(#shape)),
    })
}

/// How all other properties are set, if the struct keeps them.
pub(super) fn rest_setter(body: &Struct, scope: Scope<'_>) -> Option<TokenStream> {
    let Extra::Kept { value, .. } = &body.extra else { return None };
    let setter = body.extra_setter.as_ref()?;
    let converts = !scope.is_nullable(value) && conversion(value, scope) == Conversion::Into;
    let how = if converts { quote!(rest_into) } else { quote!(rest) };
    let value = scope.ty(value);
    Some(quote!(#how #setter(#value)))
}

/// The type from which an argument is converted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Conversion {
    /// The argument is taken as it is. Nothing converts into a struct, and `impl Into<…>` would
    /// prevent the compiler from inferring the type of a number, of `"…".parse()?` and of
    /// `"…".try_into()?`.
    None,
    /// `impl Into<…>`
    Into,
    /// A list, from any iterator.
    Items,
    /// A map, from any iterator of pairs: another map, an array, or a `serde_json::Map`.
    Pairs,
}

fn conversion(ty: &TypeUse, scope: Scope<'_>) -> Conversion {
    match scope.resolved(&ty.shape) {
        Shape::List(_) => Conversion::Items,
        Shape::Map(_, None) => Conversion::Pairs,
        // Arrays of pairs become a map, too.
        Shape::Map(_, Some(_)) | Shape::Scalar(Scalar::String | Scalar::Secret) | Shape::Any => Conversion::Into,
        Shape::Scalar(_) | Shape::Tuple(_) => Conversion::None,
        Shape::Named(id) => match &scope.table().get(*id).kind {
            TypeKind::Enum(values) if values.open => Conversion::Into,
            TypeKind::IntegerEnum(values) if values.open => Conversion::Into,
            TypeKind::Newtype(newtype) if newtype.inner.constraints.is_empty() => Conversion::Into,
            TypeKind::Union(_) => Conversion::Into,
            _ => Conversion::None,
        },
    }
}

/// The type of an argument that becomes `shape`.
fn argument(ty: &TypeUse, shape: &TokenStream, scope: Scope<'_>) -> TokenStream {
    match (conversion(ty, scope), scope.resolved(&ty.shape)) {
        (Conversion::None, _) => shape.clone(),
        (Conversion::Items, Shape::List(item)) => {
            let item = scope.ty(item);
            let item = if converts_content(ty, scope) { quote!(impl Into<#item>) } else { item };
            quote!(impl IntoIterator<Item = #item>)
        }
        (Conversion::Pairs, Shape::Map(value, _)) => {
            let value = scope.ty(value);
            let value = if converts_content(ty, scope) { quote!(impl Into<#value>) } else { value };
            quote!(impl IntoIterator<Item = (impl Into<String>, #value)>)
        }
        (Conversion::Into | Conversion::Items | Conversion::Pairs, _) => quote!(impl Into<#shape>),
    }
}

/// The map that an iterator of pairs becomes.
fn pairs(map: &TypeUse, given: &TokenStream, scope: Scope<'_>) -> TokenStream {
    let value = if converts_content(map, scope) { quote!(value.into()) } else { quote!(value) };
    quote!(#given.into_iter().map(|(name, value)| (name.into(), #value)).collect())
}

/// Whether the items of a list, or the values of a map, are passed as `impl Into<…>`.
fn converts_content(ty: &TypeUse, scope: Scope<'_>) -> bool {
    match scope.resolved(&ty.shape) {
        Shape::List(item) | Shape::Map(item, _) => {
            !scope.is_nullable(item) && conversion(item, scope) == Conversion::Into
        }
        _ => false,
    }
}
