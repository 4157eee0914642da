//! Prints the front page of the documentation: a first program, credentials, servers, and the
//! operations by tag.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use super::Layout;
use crate::emit::phrases::{self, code};
use crate::emit::{client, docs, security};
use crate::ir::model::{Api, Doc, Operation, TagGroup};

/// An API with more operations than this has its tags listed, not its operations.
const MOST_LISTED: usize = 200;

/// The page below the description of the API; nothing without a client.
///
/// Links of it lead into the client, so they are not checked where that is left out. In a module
/// whose client is behind no feature, the program is shown and not tested.
pub(super) fn page(api: &Api, layout: &Layout, is_gated: bool) -> TokenStream {
    if !layout.client.is_printed() || api.operations.is_empty() {
        return TokenStream::new();
    }
    let program = client::first_program(api, &layout.path).map(|program| {
        let heading = section(&["# First steps".to_owned()]);
        let program = section(&[format!("{program}\n```")]);
        let fence = if is_gated {
            quote! {
                #![cfg_attr(feature = "client", doc = "```no_run")]
                #![cfg_attr(not(feature = "client"), doc = "```ignore")]
            }
        } else {
            quote!(#![doc = "```ignore"])
        };
        quote! {
            #![doc = ""]
            #heading
            #![doc = ""]
            #fence
            #program
        }
    });
    let rest = section(&[credentials(api), servers(api), operations(api)].concat());
    let unlinked = is_gated.then(|| {
        quote! {
            #![cfg_attr(
                not(feature = "client"),
                allow(rustdoc::broken_intra_doc_links, reason = "links lead into the client")
            )]
        }
    });
    quote! {
        #program
        #![doc = ""]
        #rest
        #unlinked
    }
}

fn section(paragraphs: &[String]) -> TokenStream {
    docs::inner(&Doc::default(), paragraphs)
}

fn credentials(api: &Api) -> Vec<String> {
    if !security::has_credentials(api) {
        return Vec::new();
    }
    let lines = api.credentials.iter().map(|credential| {
        let schemes = credential.schemes.iter().filter_map(|index| api.schemes.get(*index));
        let travels: Vec<String> = schemes.map(|scheme| security::travels(&scheme.kind)).collect();
        format!("* [`{0}`](security::Credentials::{0}): {1}", credential.variant, travels.join(" and "))
    });
    let lead = "Each variant of [`Credentials`] is a way to authenticate; a client takes several.";
    vec!["# Credentials".to_owned(), lead.to_owned(), lines.collect::<Vec<_>>().join("\n")]
}

fn servers(api: &Api) -> Vec<String> {
    if api.servers.is_empty() {
        return Vec::new();
    }
    let lines = api.servers.iter().map(|server| {
        let name = if server.variables.is_empty() { server.constant.plain() } else { server.name.plain() };
        format!("* [`{name}`](client::servers::{name}): `{}`", code(&server.url))
    });
    vec!["# Servers".to_owned(), lines.collect::<Vec<_>>().join("\n")]
}

fn operations(api: &Api) -> Vec<String> {
    let mut page = vec!["# Operations".to_owned()];
    let is_tagged = |operation: &&Operation| !operation.tags.is_empty();
    if api.operations.len() > MOST_LISTED {
        page.extend(lines(api.tag_groups.iter().map(group)));
        let untagged = api.operations.iter().filter(|one| !is_tagged(one)).count();
        page.push(format!("[`Client`] has all {}, {untagged} of them without a tag.", api.operations.len()));
        return page;
    }
    for (tag, of_tag) in by_tag(api) {
        page.push(format!("## {}", docs::plain(tag)));
        page.extend(lines(of_tag.into_iter().map(operation)));
    }
    let untagged = api.operations.iter().filter(|one| !is_tagged(one)).map(operation);
    let untagged: Vec<String> = untagged.collect();
    if !untagged.is_empty() && page.len() > 1 {
        page.push("## Others".to_owned());
    }
    page.extend(lines(untagged.into_iter()));
    page
}

/// The operations of each tag, tags in the order of their first operation.
fn by_tag(api: &Api) -> IndexMap<&str, Vec<&Operation>> {
    let mut tags: IndexMap<&str, Vec<&Operation>> = IndexMap::new();
    for operation in &api.operations {
        for tag in &operation.tags {
            let of_tag = tags.entry(tag).or_default();
            if !of_tag.last().is_some_and(|last| std::ptr::eq(*last, operation)) {
                of_tag.push(operation);
            }
        }
    }
    tags
}

fn lines(lines: impl Iterator<Item = String>) -> Option<String> {
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// ``* [`get_user`](Client::get_user): gives a user``
fn operation(operation: &Operation) -> String {
    let name = operation.name.plain();
    let words = phrases::operation(operation).summary.unwrap_or_default();
    format!("* [`{name}`](Client::{name}): {}", docs::inline(&words))
}

fn group(group: &TagGroup) -> String {
    let count = group.methods.len();
    let noun = if count == 1 { "operation" } else { "operations" };
    format!("* [`{}`](groups::{}): {count} {noun}", group.accessor.plain(), group.name)
}
