//! Prints the documented headers of responses and of files in forms: a struct with one optional
//! field for each header. The sender writes them and the receiver reads them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::phrases::{self, code};
use crate::emit::types::places_in_words;
use crate::emit::{Scope, rustdoc};
use crate::ir::model::{Api, Doc, Header, HeaderForm, HeaderGroup, HeaderHolder};

const UNREAD: &str = "A missing or unreadable header is `None`.";

/// A struct and its `TypedHeaders`, or the alias of a shared one.
pub(super) fn group(api: &Api, group: &HeaderGroup) -> TokenStream {
    let Some(shared) = group.shared.and_then(|index| api.shared_headers.get(index)) else {
        return definition(Scope::beside(&api.types), group, &rustdoc::sentences(&sentences(group)));
    };
    let mut sentences = sentences(group);
    sentences.extend(rustdoc::differences("Headers:", &group.parts(), &shared.parts()));
    let doc = rustdoc::sentences(&sentences);
    let (name, target) = (&group.name, &shared.name);
    quote!(#doc pub type #name = shared::#target;)
}

/// A struct that the headers of several places are aliases of.
pub(super) fn shared(api: &Api, index: usize, shared: &HeaderGroup) -> TokenStream {
    let places: Vec<&HeaderGroup> = api.header_groups.iter().filter(|group| group.shared == Some(index)).collect();
    let places = places_in_words(places.iter().map(|group| ("operations", &group.name)));
    let mut sentences = sentences(shared);
    sentences.push(format!("The type of {places}."));
    definition(Scope::shared(&api.types), shared, &rustdoc::sentences(&sentences))
}

/// Describes a group.
fn sentences(group: &HeaderGroup) -> Vec<String> {
    match group.holder {
        HeaderHolder::Response => vec![format!("Documented headers of a response. {UNREAD}")],
        HeaderHolder::MultipartPart => vec![
            format!("Documented headers of a file in a multipart body. {UNREAD}"),
            "Set with [`File::with_headers`](specwright_runtime::File::with_headers) and read with \
             [`File::typed_headers`](specwright_runtime::File::typed_headers)."
                .to_owned(),
        ],
    }
}

fn definition(scope: Scope<'_>, group: &HeaderGroup, doc: &TokenStream) -> TokenStream {
    let name = &group.name;
    let fields = group.headers.iter().map(|header| field(scope, header));
    let reads = group.headers.iter().map(read);
    let writes = group.headers.iter().map(write);
    quote! {
        #doc
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #name { #(#fields,)* }
        impl specwright_runtime::headers::TypedHeaders for #name {
            fn read(headers: &specwright_runtime::HeaderMap) -> Self {
                Self { #(#reads,)* }
            }
            fn write(&self, headers: &mut specwright_runtime::HeaderMap) {
                #(#writes)*
            }
        }
    }
}

fn field(scope: Scope<'_>, header: &Header) -> TokenStream {
    let labelled = phrases::labelled(&format!("`{}`", code(&header.wire)), &header.doc);
    let doc = rustdoc::outer(&Doc { deprecated: header.doc.deprecated.clone(), ..labelled });
    let (name, ty) = (&header.name, scope.shape(&header.ty.shape));
    quote!(#doc pub #name: Option<#ty>)
}

fn read(header: &Header) -> TokenStream {
    let (name, wire) = (&header.name, &header.wire);
    match header.form {
        HeaderForm::Simple { explode } => quote!(#name: specwright_runtime::headers::read(headers, #wire, #explode)),
        HeaderForm::Json => quote!(#name: specwright_runtime::headers::read_json(headers, #wire)),
    }
}

fn write(header: &Header) -> TokenStream {
    let (name, wire) = (&header.name, &header.wire);
    match header.form {
        HeaderForm::Simple { explode } => {
            quote!(specwright_runtime::headers::write(headers, #wire, #explode, &self.#name);)
        }
        HeaderForm::Json => quote!(specwright_runtime::headers::write_json(headers, #wire, self.#name.as_ref());),
    }
}
