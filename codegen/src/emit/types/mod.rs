//! Prints `types.rs`: the table of types becomes structs, enums, unions, newtypes and aliases, in its order.
//!
//! A definition is plain Rust that reads as if written by hand; how it looks as JSON stands in one macro call below it, which
//! compilers get through in a fraction of the time that serde's derive takes.

mod enums;
mod newtypes;
mod portable;
pub(crate) mod structs;
#[cfg(test)]
mod tests;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

pub(super) use self::portable::Portable;
use super::docs;
use super::source::{Part, SourceFile, part};
use super::type_use::Scope;
use crate::ir::model::{Api, Doc, Extra, Reading, Shape, TypeDef, TypeKind, TypeTable, TypeUse};

/// `types.rs`.
#[must_use]
pub fn file(api: &Api) -> SourceFile<'_> {
    SourceFile::rust("types.rs", parts(&api.types))
}

fn parts(types: &TypeTable) -> Vec<Part<'_>> {
    let portable = Portable::of(types);
    let has_json_unions =
        types.iter().any(|(id, definition)| matches!(definition.kind, TypeKind::Union(_)) && portable.contains(id));
    let mut parts = vec![part(move || prelude(types, has_json_unions))];
    for (id, definition) in types.iter() {
        let portable = portable.contains(id);
        parts.push(part(move || item(definition, Scope::types(types), portable)));
    }
    parts
}

/// One type and its impls. What holds bytes of files is not `portable`: it travels as a form, never as JSON.
fn item(definition: &TypeDef, scope: Scope<'_>, portable: bool) -> TokenStream {
    match &definition.kind {
        TypeKind::Struct(fields) => structs::item(definition, fields, scope, portable),
        TypeKind::Enum(values) => enums::strings(definition, values),
        TypeKind::IntegerEnum(values) => enums::integers(definition, values),
        TypeKind::Union(members) => unions::item(definition, members, scope, portable),
        TypeKind::Newtype(newtype) => newtypes::item(definition, newtype, scope, portable),
        TypeKind::Alias(target) => alias(definition, target, scope),
    }
}

/// The alias of a type without `null`, which is printed at each use.
fn alias(definition: &TypeDef, target: &TypeUse, scope: Scope<'_>) -> TokenStream {
    let docs = type_docs(definition);
    let name = &definition.name;
    let target = scope.shape(&target.shape);
    quote!(#docs pub type #name = #target;)
}

/// Module docs, lints and imports.
fn prelude(types: &TypeTable, has_json_unions: bool) -> TokenStream {
    let heading = docs::inner(&Doc::default(), &["What requests and answers are made of.".to_owned()]);
    let deprecated = types
        .iter()
        .any(|(_, definition)| has_deprecated(definition))
        .then(|| quote!(#![allow(deprecated, reason = "deprecated items are still read and written")]));
    let map = types.iter().any(|(_, definition)| has_map(definition)).then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let union = has_json_unions.then(|| {
        quote!(
            use specwright_runtime::union;
        )
    });
    quote!(#heading #deprecated #map #union)
}

/// The document's words about a type, or else where it stands: no public item goes without docs.
fn type_docs(definition: &TypeDef) -> TokenStream {
    let fallback = match &definition.schema_name {
        Some(name) => format!("The schema {}.", docs::code(name)),
        None => format!("The schema at {}.", docs::code(&definition.origin.pointer)),
    };
    let reading = match definition.reading {
        Reading::Usual => None,
        Reading::Request => Some("As requests have it: without read-only properties.".to_owned()),
        Reading::Form => Some("As multipart bodies have it: files are bytes with a name.".to_owned()),
    };
    docs::outer_or(&definition.doc, &fallback, reading.as_slice())
}

fn has_deprecated(definition: &TypeDef) -> bool {
    let inside = match &definition.kind {
        TypeKind::Struct(fields) => fields.fields.iter().any(|field| field.doc.deprecated.is_some()),
        TypeKind::Enum(values) => values.variants.iter().any(|variant| variant.doc.deprecated.is_some()),
        TypeKind::IntegerEnum(values) => values.variants.iter().any(|(_, _, doc)| doc.deprecated.is_some()),
        TypeKind::Union(members) => members.variants.iter().any(|variant| variant.doc.deprecated.is_some()),
        TypeKind::Newtype(_) | TypeKind::Alias(_) => false,
    };
    inside || definition.doc.deprecated.is_some()
}

fn has_map(definition: &TypeDef) -> bool {
    match &definition.kind {
        TypeKind::Struct(fields) => {
            matches!(fields.extra, Extra::Kept { .. }) || fields.fields.iter().any(|field| is_map(&field.ty))
        }
        TypeKind::Union(members) => members.variants.iter().any(|variant| is_map(&variant.ty)),
        TypeKind::Newtype(newtype) => is_map(&newtype.inner),
        TypeKind::Alias(target) => is_map(target),
        TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => false,
    }
}

fn is_map(ty: &TypeUse) -> bool {
    match &ty.shape {
        Shape::Map(_) => true,
        Shape::List(item) => is_map(item),
        Shape::Tuple(items) => items.iter().any(is_map),
        Shape::Named(_) | Shape::Scalar(_) | Shape::Any => false,
    }
}
