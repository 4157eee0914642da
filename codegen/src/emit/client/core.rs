//! Takes `Client` and its trait from progenitor: the struct, the constructor that takes parts, and
//! `ClientInfo`.
//!
//! `Client::new` is dropped, because it unwraps. Our builder makes clients instead.
//!
//! **Invariant:** a client without its core is never printed; a core that progenitor does not print
//! is a [`Defect`].

use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator};
use quote::{ToTokens, quote};
use syn::{File, ImplItem, Item, ItemImpl, ItemStruct, Visibility};

use crate::emit::{Defect, phrases, projection, rustdoc};
use crate::ir::model::{Api, Doc};

/// The struct, its constructor, and its `ClientInfo`.
const CORE_ITEMS: usize = 3;

/// `Client` and its impls: one struct, one inherent impl and one impl of `ClientInfo`.
pub(super) fn client(api: &Api) -> Result<TokenStream, Defect> {
    let mut settings = GenerationSettings::new();
    settings.with_inner_type(quote!(specwright_runtime::client::Core));
    let document = projection::of(api);
    let tokens = Generator::new(&settings)
        .generate_tokens(&document)
        .map_err(|error| Defect(format!("progenitor printed no client: {error}")))?;
    let file = syn::parse2::<File>(tokens)
        .map_err(|error| Defect(format!("progenitor printed a client that is not Rust: {error}")))?;
    let kept: Vec<TokenStream> = file.items.into_iter().filter_map(|item| kept(api, item)).collect();
    if kept.len() != CORE_ITEMS {
        return Err(Defect(format!("progenitor printed {} of the {CORE_ITEMS} items of a client", kept.len())));
    }
    Ok(kept.into_iter().collect())
}

fn kept(api: &Api, item: Item) -> Option<TokenStream> {
    match item {
        Item::Struct(item) if item.ident == "Client" => Some(structure(api, item)),
        Item::Impl(item) if is_for_client(&item) => implementation(item),
        _ => None,
    }
}

/// The struct with our documentation, which rustdoc accepts without a warning.
fn structure(api: &Api, mut item: ItemStruct) -> TokenStream {
    item.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
    let summary = format!("Client of {}, made by [`Client::builder`].", phrases::api(api));
    let version = format!("Version of the document: `{}`.", phrases::code(api.version.trim()));
    let words = [api.doc.summary.clone(), api.doc.body.clone()].into_iter().flatten().collect::<Vec<_>>();
    let doc = Doc { summary: None, body: Some(words.join("\n\n")), examples: Vec::new(), ..api.doc.clone() };
    let opening = rustdoc::sentences(&[summary, version, String::new()]);
    let rest = rustdoc::outer(&doc);
    let blank = (!words.is_empty()).then(|| quote!(#[doc = ""]));
    quote!(#opening #blank #rest #item)
}

/// `impl Client` without `new`, and `impl ClientInfo`.
fn implementation(mut item: ItemImpl) -> Option<TokenStream> {
    if let Some((path, _)) = item.trait_.as_ref() {
        return is_client_info(path).then(|| item.to_token_stream());
    }
    item.items.retain(|member| !matches!(member, ImplItem::Fn(function) if function.sig.ident == "new"));
    for member in &mut item.items {
        if let ImplItem::Fn(function) = member {
            // Base URL and HTTP client must agree with the core. Only the builder ensures that.
            function.vis = Visibility::Inherited;
            function.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
        }
    }
    (!item.items.is_empty()).then(|| item.to_token_stream())
}

fn is_for_client(item: &ItemImpl) -> bool {
    matches!(&*item.self_ty, syn::Type::Path(path) if path.path.is_ident("Client"))
}

fn is_client_info(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|segment| segment.ident == "ClientInfo")
}
