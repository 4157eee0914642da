//! Prints `types.rs`. The table of types becomes structs, enums, unions, newtypes and aliases, in
//! the order of the table.
//!
//! A definition is plain Rust that reads as if written by hand. A macro call below it describes its
//! JSON. The call compiles in a fraction of the time of serde's derive.

mod constructors;
mod decoration;
mod enums;
mod modules;
mod newtypes;
mod object_constructor;
mod portable;
mod shared;
mod structs;
#[cfg(test)]
mod tests;
mod unions;
mod uses;

use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use self::newtypes::{
    derives as newtype_derives, is_checked as newtype_is_checked, lists_values as newtype_lists_values,
};
pub(super) use self::portable::Portable;
pub(crate) use self::shared::required;
pub(super) use self::shared::{places_in_words, printers as shared_printers};
pub(crate) use self::unions::conversions;
use self::uses::Uses;
use super::gates::{Subject, gated};
use super::source::{Printer, SourceFile, printer};
use super::type_use::Scope;
use super::{former, rustdoc};
use crate::ir::model::{Api, Doc, Extra, Shape, TypeDef, TypeId, TypeKind, TypeUse};

/// `types.rs`.
#[must_use]
pub fn file(api: &Api) -> SourceFile<'_> {
    SourceFile::rust("types.rs", printers(api))
}

fn printers(api: &Api) -> Vec<Printer<'_>> {
    let types = &api.types;
    let uses = Arc::new(Uses::of(api));
    let portable = Portable::of(types);
    let printed = || types.iter().filter(|(_, definition)| definition.shared.is_none());
    let imports = Imports::of(printed().map(|(id, definition)| (definition, portable.contains(id))));
    let imports = Imports { shared: !types.shared().is_empty(), ..imports };
    let deprecated = types.iter().any(|(_, definition)| has_deprecated(definition));
    let mut printers = vec![printer(move || prelude(imports, deprecated))];
    for (id, definition) in types.iter() {
        let portable = portable.contains(id);
        let uses = Arc::clone(&uses);
        printers.push(gated(api, Subject::Type(id), move || {
            let Some(shared) = definition.shared.map(|shared| types.get(shared)) else {
                let docs = type_docs(id, definition, &uses, &[]);
                return item(definition, &docs, Scope::types(types), portable);
            };
            let docs = type_docs(id, definition, &uses, differences(definition, shared).as_slice());
            shared::alias(definition, shared, &docs)
        }));
    }
    printers.extend(api.type_modules.iter().map(|module| printer(move || modules::item(api, module))));
    if !api.former.types.is_empty() {
        printers.push(printer(|| former::types(api)));
    }
    printers
}

/// One type and its impls. A type that contains files is not `portable`: it is sent as a form, and
/// never as JSON.
fn item(definition: &TypeDef, docs: &TokenStream, scope: Scope<'_>, portable: bool) -> TokenStream {
    let definition_and_impls = match &definition.kind {
        TypeKind::Struct(fields) => structs::item(definition, fields, scope, portable),
        TypeKind::Enum(values) => enums::strings(definition, values),
        TypeKind::IntegerEnum(values) => enums::integers(definition, values),
        TypeKind::Union(members) => unions::item(definition, members, scope, portable),
        TypeKind::Newtype(newtype) => newtypes::item(definition, newtype, scope, portable),
        TypeKind::Alias(target) => alias(definition, target, scope),
    };
    let decorated = decoration::decorated(definition, definition_and_impls);
    quote!(#docs #decorated)
}

/// The alias of a type without `null`. Each use prints whether `null` is a value.
fn alias(definition: &TypeDef, target: &TypeUse, scope: Scope<'_>) -> TokenStream {
    let name = &definition.name;
    let target = scope.shape(&target.shape);
    quote!(pub type #name = #target;)
}

/// What a file of types imports.
#[derive(Clone, Copy, Default)]
struct Imports {
    map: bool,
    union: bool,
    /// Whether the other module of types is imported.
    shared: bool,
}

impl Imports {
    /// The imports that definitions need. Each definition comes with whether it can be JSON.
    fn of<'d>(definitions: impl Iterator<Item = (&'d TypeDef, bool)>) -> Self {
        let mut imports = Self::default();
        for (definition, portable) in definitions {
            imports.map |= has_map(definition);
            imports.union |= portable && matches!(definition.kind, TypeKind::Union(_));
        }
        imports
    }

    fn print(self) -> TokenStream {
        let map = self.map.then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        let union = self.union.then(|| {
            quote!(
                use specwright_runtime::union;
            )
        });
        quote!(#map #union)
    }
}

/// Module documentation, lints and imports.
fn prelude(imports: Imports, has_deprecated: bool) -> TokenStream {
    let heading =
        rustdoc::inner(&Doc::default(), &["Types of request and response bodies, parameters and headers.".to_owned()]);
    let deprecated =
        has_deprecated.then(|| quote!(#![allow(deprecated, reason = "deprecated items are still read and written")]));
    let shared = imports.shared.then(|| {
        quote!(
            use super::shared;
        )
    });
    let imports = imports.print();
    quote!(#heading #deprecated #imports #shared)
}

/// The document's description of a type, or else its use. The pointer of an inline schema is a
/// remark below.
fn type_docs(id: TypeId, definition: &TypeDef, uses: &Uses<'_>, differences: &[String]) -> TokenStream {
    if definition.doc.summary.is_some() || definition.doc.body.is_some() {
        let reading = uses.reading(definition).into_iter();
        let paragraphs: Vec<String> = reading.chain(differences.iter().cloned()).collect();
        return rustdoc::outer_with(&definition.doc, &paragraphs);
    }
    let pointer = (definition.schema_name.is_none() && !uses.is_part(id)).then(|| {
        let pointer = definition.origin.pointer.trim_start_matches('#');
        format!("Schema: {}.", rustdoc::code(&format!("#{pointer}")))
    });
    let paragraphs: Vec<String> = pointer.into_iter().chain(differences.iter().cloned()).collect();
    rustdoc::outer_or(&definition.doc, &uses.summary(id, definition), &paragraphs)
}

/// The remarks that a place makes about the parts of its type and that differ from those of other
/// places.
fn differences(place: &TypeDef, shared: &TypeDef) -> Option<String> {
    let heading = match place.kind {
        TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => "Values:",
        TypeKind::Union(_) => "Members:",
        TypeKind::Struct(_) | TypeKind::Newtype(_) | TypeKind::Alias(_) => "Properties:",
    };
    rustdoc::differences(heading, &place.kind.parts(), &shared.kind.parts())
}

fn has_deprecated(definition: &TypeDef) -> bool {
    let inside = definition.kind.parts().iter().any(|(_, doc)| doc.deprecated.is_some());
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
        Shape::Map(..) => true,
        Shape::List(item) => is_map(item),
        Shape::Tuple(items) => items.iter().any(is_map),
        Shape::Named(_) | Shape::Scalar(_) | Shape::Any => false,
    }
}
