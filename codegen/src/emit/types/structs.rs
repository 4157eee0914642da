//! Prints structs: their fields and their JSON form.

use std::borrow::Cow;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::object_constructor::{Constructor, constructor};
use super::{constructors, uses};
use crate::emit::rustdoc;
use crate::emit::type_use::{Absence, Scope};
use crate::ir::model::{Doc, Extra, Field, Shape, Struct, TypeDef, TypeKind, TypeUse};
use crate::limits::CONTAINER_DEPTH;

pub(super) fn item(definition: &TypeDef, body: &Struct, scope: Scope<'_>, portable: bool) -> TokenStream {
    let name = &definition.name;
    let constructor = constructor(body, scope).filter(|_| portable);
    let derives_default = constructor.is_none() && constructors::derives_default(definition, body);
    let default_derive = derives_default.then(|| quote!(Default,));
    let fields = body.fields.iter().map(|field| struct_field(definition, field, scope));
    let extra = extra_field(&body.extra, scope);
    let printed = constructor.is_none().then(|| constructors::item(definition, body, scope));
    let properties = if portable {
        json(definition, body, constructor.as_ref(), scope)
    } else {
        constructors::setters(definition, body, scope)
    };
    quote! {
        #[derive(Clone, Debug, #default_derive PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #extra
        }
        #printed
        #properties
    }
}

fn struct_field(holder: &TypeDef, field: &Field, scope: Scope<'_>) -> TokenStream {
    let default = field.default.as_ref().filter(|_| field.constant.is_none());
    let default = default.map(|value| format!("Default: {}.", rustdoc::code(&value.to_string())));
    let docs = rustdoc::outer_or(&field_doc(field), &summary(holder, field, scope), default.as_slice());
    let name = &field.name;
    let ty = scope.field(field);
    quote!(#docs pub #name: #ty)
}

/// The documentation of a field. An example is left out if the field is a constant, since it adds
/// nothing.
fn field_doc(field: &Field) -> Cow<'_, Doc> {
    if field.constant.is_none() || field.doc.examples.is_empty() {
        return Cow::Borrowed(&field.doc);
    }
    Cow::Owned(Doc { examples: Vec::new(), ..field.doc.clone() })
}

/// The summary of a property that the document does not describe: its constant, the summary of its
/// type, or its name.
fn summary(holder: &TypeDef, field: &Field, scope: Scope<'_>) -> String {
    if let Some(value) = constructors::constant_text(field, scope) {
        let lead = if is_fixed(field, scope) { "Always" } else { "Constructors set this to" };
        return format!("{lead} {}.", rustdoc::code(&value));
    }
    let Shape::Named(id) = field.ty.shape else { return format!("{}.", uses::property(&field.wire, holder)) };
    match &scope.table().get(id).doc.summary {
        Some(summary) => rustdoc::inline(summary),
        None => format!("{}.", uses::property(&field.wire, holder)),
    }
}

/// Whether the type of a constant allows no other value.
fn is_fixed(field: &Field, scope: Scope<'_>) -> bool {
    match scope.resolved(&field.ty.shape) {
        Shape::Named(id) => match &scope.table().get(*id).kind {
            TypeKind::Enum(values) => values.only().is_some(),
            TypeKind::IntegerEnum(values) => values.variants.len() == 1,
            _ => false,
        },
        _ => field.ty.constraints.allowed.len() == 1,
    }
}

fn extra_field(extra: &Extra, scope: Scope<'_>) -> TokenStream {
    let Extra::Kept { name, value, patterns } = extra else { return TokenStream::new() };
    let patterns: Vec<String> = patterns.iter().map(|pattern| rustdoc::code(pattern)).collect();
    let sentence = if patterns.is_empty() {
        "All other properties.".to_owned()
    } else {
        format!("All other properties; their names match {}.", patterns.join(" or "))
    };
    let docs = rustdoc::sentences(&[sentence]);
    let value = scope.ty(value);
    quote!(#docs pub #name: BTreeMap<String, #value>,)
}

/// Whether numbers of a type may arrive as text: the type itself, or items of its lists and values
/// of its maps.
fn reads_text(ty: &TypeUse, scope: Scope<'_>) -> bool {
    let mut ty = ty;
    for _ in 0..CONTAINER_DEPTH {
        if ty.constraints.or_text {
            return true;
        }
        ty = match &ty.shape {
            Shape::List(inner) | Shape::Map(inner, _) => inner,
            Shape::Named(id) => match &scope.table().get(*id).kind {
                TypeKind::Alias(target) => target,
                _ => return false,
            },
            Shape::Scalar(_) | Shape::Tuple(_) | Shape::Any => return false,
        };
    }
    false
}

/// The macro call that reads and writes the struct as JSON and defines its setters, and its
/// constructor if there is one.
fn json(definition: &TypeDef, body: &Struct, constructor: Option<&Constructor>, scope: Scope<'_>) -> TokenStream {
    let name = &definition.name;
    let fields = body.fields.iter().enumerate().map(|(index, field)| {
        let kind = kind(scope.absence(field), reads_text(&field.ty, scope));
        let (name, wire) = (&field.name, &field.wire);
        let setter = constructors::setter(field, scope).map(|setter| quote!(=> #setter));
        let given = constructor.and_then(|constructor| constructor.given.get(index));
        let (ty, value) = given.map_or((None, None), |(ty, value)| (ty.as_ref(), value.as_ref()));
        let (ty, value) = (ty.map(|ty| quote!(: #ty)), value.map(|value| quote!(from(#value))));
        quote!(#kind #name #ty = #wire #value #setter,)
    });
    let extra = body.extra.field().map(|name| {
        let setter = constructors::rest_setter(body, scope).map(|setter| quote!(=> #setter));
        let unsent = &body.unsent;
        let unsent = (!unsent.is_empty()).then(|| quote!(except [#(#unsent),*]));
        quote!(..#name #unsent #setter)
    });
    let head = constructor.map(|constructor| &constructor.head);
    quote!(specwright_runtime::object! { #name #head { #(#fields)* #extra } })
}

fn kind(absence: Absence, reads_text: bool) -> Ident {
    let kind = match (absence, reads_text) {
        (Absence::Never | Absence::Null, false) => "required",
        (Absence::Never | Absence::Null, true) => "required_number",
        (Absence::Absent, false) => "optional",
        (Absence::Absent, true) => "optional_number",
        (Absence::AbsentAny, _) => "any",
        (Absence::AbsentOrNull, false) => "maybe",
        (Absence::AbsentOrNull, true) => "maybe_number",
    };
    Ident::new(kind, Span::call_site())
}
