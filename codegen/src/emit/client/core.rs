//! Takes `Client` and its trait from progenitor: the struct, the constructor from parts, `ClientInfo`.
//!
//! `Client::new` is dropped: it unwraps, and a client of ours is made by its builder.

use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator};
use quote::{ToTokens, quote};
use syn::{File, ImplItem, Item, ItemImpl, ItemStruct, Visibility};

use crate::emit::{docs, phrases, projection};
use crate::ir::model::{Api, Doc};

/// `Client` and its impls.
pub(super) fn client(api: &Api) -> TokenStream {
    let mut settings = GenerationSettings::new();
    settings.with_inner_type(quote!(specwright_runtime::client::Core));
    let document = projection::of(api);
    let printed = Generator::new(&settings).generate_tokens(&document).ok();
    let file = printed.and_then(|tokens| syn::parse2::<File>(tokens).ok());
    // Without paths and schemas there is nothing that progenitor could refuse.
    let items = file.map(|file| file.items).unwrap_or_default();
    items.into_iter().filter_map(|item| kept(api, item)).collect()
}

fn kept(api: &Api, item: Item) -> Option<TokenStream> {
    match item {
        Item::Struct(item) if item.ident == "Client" => Some(structure(api, item)),
        Item::Impl(item) if is_for_client(&item) => implementation(item),
        _ => None,
    }
}

/// The struct with our words, which rustdoc reads without a warning.
fn structure(api: &Api, mut item: ItemStruct) -> TokenStream {
    item.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
    let summary = format!("Client of {}, made by [`Client::builder`].", phrases::api(api));
    let version = format!("Version of the document: `{}`.", phrases::code(api.version.trim()));
    let words = [api.doc.summary.clone(), api.doc.body.clone()].into_iter().flatten().collect::<Vec<_>>();
    let doc = Doc { summary: None, body: Some(words.join("\n\n")), examples: Vec::new(), ..api.doc.clone() };
    let opening = docs::sentences(&[summary, version, String::new()]);
    let rest = docs::outer(&doc);
    let blank = (!words.is_empty()).then(|| quote!(#[doc = ""]));
    quote!(#opening #blank #rest #item)
}

/// `impl Client` without `new`, `impl ClientInfo`.
fn implementation(mut item: ItemImpl) -> Option<TokenStream> {
    if let Some((path, _)) = item.trait_.as_ref() {
        return is_client_info(path).then(|| item.to_token_stream());
    }
    item.items.retain(|member| !matches!(member, ImplItem::Fn(function) if function.sig.ident == "new"));
    for member in &mut item.items {
        if let ImplItem::Fn(function) = member {
            // The core holds what the arguments say; only the builder knows that they agree.
            function.vis = Visibility::Inherited;
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
