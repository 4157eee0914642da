//! Prints structs: fields, `new` for what is required, `Default` where nothing is, and how they look as JSON.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::type_docs;
use crate::emit::docs;
use crate::emit::type_use::{Absence, Scope};
use crate::ir::model::{Extra, Field, Presence, Scalar, Shape, Struct, TypeDef};

/// With more arguments than this, a struct literal with its field names is the clearer way.
const MAX_ARGUMENTS: usize = 7;

pub(super) fn item(definition: &TypeDef, body: &Struct, scope: Scope<'_>, portable: bool) -> TokenStream {
    let docs = type_docs(definition);
    let name = &definition.name;
    let has_constant = body.fields.iter().any(|field| field.constant.is_some());
    let default_derive = (definition.default && !has_constant).then(|| quote!(Default,));
    let fields = body.fields.iter().map(|field| struct_field(field, scope));
    let extra = extra_field(&body.extra, scope);
    let constructor = constructor(definition, body, scope);
    let default = (definition.default && has_constant).then(|| default(definition, body, scope));
    let json = portable.then(|| json(definition, body, scope));
    quote! {
        #docs
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

fn struct_field(field: &Field, scope: Scope<'_>) -> TokenStream {
    let default = field.default.as_ref().map(|value| format!("Default: {}.", docs::code(&value.to_string())));
    let fallback = format!("The property {}.", docs::code(&field.wire));
    let docs = docs::outer_or(&field.doc, &fallback, default.as_slice());
    let name = &field.name;
    let ty = scope.field(field);
    quote!(#docs pub #name: #ty)
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

/// `new`, which takes what is required and leaves the rest out.
fn constructor(definition: &TypeDef, body: &Struct, scope: Scope<'_>) -> TokenStream {
    let Some(required) = arguments(body) else { return TokenStream::new() };
    let name = &definition.name;
    let arguments = required.iter().map(|field| argument(field, scope));
    let values = values(body, scope);
    let rest = body.fields.len() - required.len() + usize::from(matches!(body.extra, Extra::Kept { .. }));
    let sentence =
        if rest == 0 { "Makes one of its properties." } else { "Makes one of what is required; the rest is left out." };
    let docs = docs::sentences(&[sentence.to_owned()]);
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

/// The fields that `new` takes, if there is one.
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

/// Whether `new` takes the value and boxes it.
fn boxes(field: &Field, scope: Scope<'_>) -> bool {
    field.boxed && scope.absence(field) == Absence::Never
}

/// The fields of a literal that holds the arguments, the constants, and nothing else.
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

/// How the struct looks as JSON.
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
