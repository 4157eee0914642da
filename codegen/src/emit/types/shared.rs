//! Prints the types that several places share, and the aliases at those places.

use proc_macro2::TokenStream;
use quote::quote;

use super::portable::Portable;
use super::{Imports, has_deprecated, item};
use crate::emit::gates::{Subject, gated};
use crate::emit::rustdoc;
use crate::emit::source::{Printer, printer};
use crate::emit::type_use::Scope;
use crate::ir::model::{Api, Doc, SharedType, TypeDef, TypeId, TypeKind, TypeName, TypeTable};

const HEADING: &str = "Definitions of types that the document describes in several places without naming them.";

const ADVICE: &str = "For each of these places, [`super::types`] or [`super::operations`] has a name of its own, \
     which does not change when the document changes elsewhere. The names in this module are derived from the content \
     of a type and change with it.";

/// The number of places that the documentation of a shared type names.
const NAMED: usize = 3;

/// The alias at a place, and the alias of the struct of its required properties.
pub(super) fn alias(place: &TypeDef, shared: &TypeDef, docs: &TokenStream) -> TokenStream {
    let (name, target) = (&place.name, &shared.name);
    let required = required(place).zip(required(shared)).map(|(own, target)| {
        let docs = rustdoc::sentences(&[format!("Properties that [`{name}::new`] requires.")]);
        quote!(#docs pub type #own = shared::#target;)
    });
    quote!(#docs pub type #name = shared::#target; #required)
}

/// The name of the struct of required properties.
pub(crate) fn required(definition: &TypeDef) -> Option<&TypeName> {
    match &definition.kind {
        TypeKind::Struct(body) => body.required.as_ref(),
        _ => None,
    }
}

/// Printers of the imports of `shared.rs` and of its types.
pub(in crate::emit) fn printers(api: &Api) -> Vec<Printer<'_>> {
    let types = &api.types;
    let portable = Portable::of(types);
    let definitions: Vec<(&SharedType, bool)> = types
        .shared()
        .iter()
        .map(|shared| (shared, shared.places.first().is_none_or(|place| portable.contains(*place))))
        .collect();
    let imports = Imports::of(definitions.iter().map(|(shared, portable)| (types.get(shared.id), *portable)));
    let mut printers = vec![printer(move || prelude(api, imports))];
    printers.extend(definitions.into_iter().map(|(shared, portable)| {
        gated(api, Subject::Type(shared.id), move || {
            let docs = rustdoc::sentences(&[places(types, shared)]);
            item(types.get(shared.id), &docs, Scope::shared(types), portable)
        })
    }));
    printers
}

/// Module documentation, lints and imports.
fn prelude(api: &Api, imports: Imports) -> TokenStream {
    let heading = rustdoc::inner(&Doc::default(), &[HEADING.to_owned(), ADVICE.to_owned()]);
    let types = &api.types;
    let deprecated = types
        .shared()
        .iter()
        .any(|shared| has_deprecated(types.get(shared.id)))
        .then(|| quote!(#![allow(deprecated, reason = "deprecated items are still read and written")]));
    let others = mentions_types(api).then(|| {
        quote!(
            use super::types;
        )
    });
    let imports = imports.print();
    quote!(#heading #deprecated #imports #others)
}

/// Whether `shared.rs` mentions types that are not shared.
fn mentions_types(api: &Api) -> bool {
    let types = &api.types;
    let of_types = types.shared().iter().flat_map(|shared| types.get(shared.id).kind.mentions());
    let mut of_others: Vec<TypeId> = Vec::new();
    let headers = api.shared_headers.iter().flat_map(|group| &group.headers);
    headers.for_each(|header| header.ty.mentions(&mut of_others));
    let errors = api.shared_errors.iter().flat_map(|shared| &shared.cases);
    errors.filter_map(|case| case.body.ty()).for_each(|ty| ty.mentions(&mut of_others));
    of_types.chain(of_others).any(|id| !types.is_shared(id))
}

/// ``The type of [`ListUsersOk`] and 3 more.``
fn places(types: &TypeTable, shared: &SharedType) -> String {
    let places = shared.places.iter().map(|id| ("types", &types.get(*id).name));
    format!("The type of {}.", places_in_words(places))
}

/// Links to the first places that share something.
pub(in crate::emit) fn places_in_words<'n>(
    places: impl ExactSizeIterator<Item = (&'static str, &'n TypeName)>,
) -> String {
    let count = places.len();
    let shown = if count == NAMED + 1 { count } else { NAMED };
    let mut words: Vec<String> =
        places.take(shown).map(|(module, name)| format!("[`{name}`](super::{module}::{name})")).collect();
    let more = count.saturating_sub(shown);
    if more > 0 {
        words.push(format!("{more} more"));
    }
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
