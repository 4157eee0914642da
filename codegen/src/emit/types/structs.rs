//! Prints structs: fields, `new` for the required properties, `Default` where none is required, and
//! their JSON form.

use std::borrow::Cow;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::uses;
use crate::emit::docs;
use crate::emit::type_use::{Absence, Scope};
use crate::ir::model::{Doc, Extra, Field, Presence, Scalar, Shape, Struct, TypeDef, TypeKind};

/// With more arguments than this, a struct literal with field names is clearer.
const MAX_ARGUMENTS: usize = 7;

pub(super) fn item(definition: &TypeDef, body: &Struct, scope: Scope<'_>, portable: bool) -> TokenStream {
    let name = &definition.name;
    let has_constant = body.fields.iter().any(|field| field.constant.is_some());
    let default_derive = (definition.default && !has_constant).then(|| quote!(Default,));
    let fields = body.fields.iter().map(|field| struct_field(definition, field, scope));
    let extra = extra_field(&body.extra, scope);
    let constructor = constructor(definition, body, scope);
    let default = (definition.default && has_constant).then(|| default(definition, body, scope));
    let json = portable.then(|| json(definition, body, scope));
    quote! {
        #[derive(Clone, Debug, #default_derive PartialEq)]
        pub struct #name {
            #(#fields,)*
            #extra
        }
        #constructor
        #default
        #json
    }
}

fn struct_field(holder: &TypeDef, field: &Field, scope: Scope<'_>) -> TokenStream {
    let default = field.default.as_ref().filter(|_| field.constant.is_none());
    let default = default.map(|value| format!("Default: {}.", docs::code(&value.to_string())));
    let docs = docs::outer_or(&field_doc(field), &summary(holder, field, scope), default.as_slice());
    let name = &field.name;
    let ty = scope.field(field);
    quote!(#docs pub #name: #ty)
}

/// The documentation of a field; an example of a constant says nothing more.
fn field_doc(field: &Field) -> Cow<'_, Doc> {
    if field.constant.is_none() || field.doc.examples.is_empty() {
        return Cow::Borrowed(&field.doc);
    }
    Cow::Owned(Doc { examples: Vec::new(), ..field.doc.clone() })
}

/// The summary of a property that the document does not describe: its constant, its type, or its
/// name.
fn summary(holder: &TypeDef, field: &Field, scope: Scope<'_>) -> String {
    if let Some(value) = constant(field, scope) {
        return format!("Always {}.", docs::code(value));
    }
    let Shape::Named(id) = field.ty.shape else { return format!("{}.", uses::property(&field.wire, holder)) };
    match &scope.table().get(id).doc.summary {
        Some(summary) => docs::inline(summary),
        None => format!("{}.", uses::property(&field.wire, holder)),
    }
}

/// The JSON string that a constant always is.
fn constant<'a>(field: &Field, scope: Scope<'a>) -> Option<&'a str> {
    let constant = field.constant.as_ref()?;
    let TypeKind::Enum(values) = &scope.table().get(constant.ty).kind else { return None };
    let variant = values.variants.iter().find(|variant| variant.name == constant.variant)?;
    Some(&variant.wire)
}

fn extra_field(extra: &Extra, scope: Scope<'_>) -> TokenStream {
    let Extra::Kept { name, value, patterns } = extra else { return TokenStream::new() };
    let patterns: Vec<String> = patterns.iter().map(|pattern| docs::code(pattern)).collect();
    let sentence = if patterns.is_empty() {
        "All other properties.".to_owned()
    } else {
        format!("All other properties; their names match {}.", patterns.join(" or "))
    };
    let docs = docs::sentences(&[sentence]);
    let value = scope.ty(value);
    quote!(#docs pub #name: BTreeMap<String, #value>,)
}

/// `new`, which takes the required properties and leaves the others unset.
fn constructor(definition: &TypeDef, body: &Struct, scope: Scope<'_>) -> TokenStream {
    let Some(required) = arguments(body) else { return TokenStream::new() };
    let name = &definition.name;
    let arguments = required.iter().map(|field| argument(field, scope));
    let values = values(body, scope);
    let docs = docs::sentences(&[constructor_summary(body).to_owned()]);
    quote! {
        impl #name {
            #docs
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #values }
            }
        }
    }
}

fn constructor_summary(body: &Struct) -> &'static str {
    let is_constant = |field: &Field| field.presence == Presence::Required && field.constant.is_some();
    let is_optional = |field: &Field| field.presence == Presence::Optional;
    let has_optional = body.fields.iter().any(is_optional) || matches!(body.extra, Extra::Kept { .. });
    match (has_optional, body.fields.iter().any(is_constant)) {
        (false, false) => "Creates a value from its properties.",
        (true, false) => "Creates a value from its required properties; optional ones are unset.",
        (false, true) => "Creates a value from its properties; constants are filled in.",
        (true, true) => {
            "Creates a value from its required properties; constants are filled in, optional ones are unset."
        }
    }
}

/// The fields that `new` takes, if it exists.
pub(crate) fn arguments(body: &Struct) -> Option<Vec<&Field>> {
    let required: Vec<&Field> = body.fields.iter().filter(|field| is_argument(field)).collect();
    (1..=MAX_ARGUMENTS).contains(&required.len()).then_some(required)
}

fn default(definition: &TypeDef, body: &Struct, scope: Scope<'_>) -> TokenStream {
    let name = &definition.name;
    let values = values(body, scope);
    quote! {
        impl Default for #name {
            fn default() -> Self {
                Self { #values }
            }
        }
    }
}

fn is_argument(field: &Field) -> bool {
    field.presence == Presence::Required && field.constant.is_none()
}

fn is_string(field: &Field, scope: Scope<'_>) -> bool {
    scope.absence(field) == Absence::Never && !field.boxed && field.ty.shape == Shape::Scalar(Scalar::String)
}

fn argument(field: &Field, scope: Scope<'_>) -> TokenStream {
    let name = &field.name;
    if is_string(field, scope) {
        return quote!(#name: impl Into<String>);
    }
    let ty = if boxes(field, scope) { scope.ty(&field.ty) } else { scope.field(field) };
    quote!(#name: #ty)
}

/// Whether `new` takes the bare value and boxes it.
fn boxes(field: &Field, scope: Scope<'_>) -> bool {
    field.boxed && scope.absence(field) == Absence::Never
}

/// The fields of a struct literal with the arguments, the constants, and nothing else.
fn values(body: &Struct, scope: Scope<'_>) -> TokenStream {
    let fields = body.fields.iter().map(|field| {
        let name = &field.name;
        match (&field.constant, scope.absence(field)) {
            (Some(constant), _) if field.presence == Presence::Required => {
                let ty = scope.named(constant.ty);
                let variant = &constant.variant;
                quote!(#name: #ty::#variant)
            }
            (_, Absence::Absent | Absence::AbsentAny) => quote!(#name: None),
            (_, Absence::AbsentOrNull) => quote!(#name: specwright_runtime::MaybeAbsent::Absent),
            (_, Absence::Never | Absence::Null) if is_string(field, scope) => quote!(#name: #name.into()),
            (_, Absence::Never | Absence::Null) if boxes(field, scope) => quote!(#name: Box::new(#name)),
            (_, Absence::Never | Absence::Null) => quote!(#name),
        }
    });
    let extra = match &body.extra {
        Extra::Kept { name, .. } => quote!(#name: BTreeMap::new(),),
        Extra::Ignored | Extra::Denied => TokenStream::new(),
    };
    quote!(#(#fields,)* #extra)
}

/// The macro call that reads and writes the struct as JSON.
fn json(definition: &TypeDef, body: &Struct, scope: Scope<'_>) -> TokenStream {
    let name = &definition.name;
    let fields = body.fields.iter().map(|field| {
        let kind = kind(scope.absence(field));
        let name = &field.name;
        let wire = &field.wire;
        quote!(#kind #name = #wire,)
    });
    let extra = match &body.extra {
        Extra::Kept { name, .. } => quote!(..#name),
        Extra::Ignored | Extra::Denied => TokenStream::new(),
    };
    quote!(specwright_runtime::object! { #name { #(#fields)* #extra } })
}

fn kind(absence: Absence) -> Ident {
    let kind = match absence {
        Absence::Never | Absence::Null => "required",
        Absence::Absent => "optional",
        Absence::AbsentAny => "any",
        Absence::AbsentOrNull => "maybe",
    };
    Ident::new(kind, Span::call_site())
}
