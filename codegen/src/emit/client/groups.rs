//! Prints `groups.rs`: the methods of the client, grouped by tag. Each calls the method of the same
//! operation on the client, which remains.

use proc_macro2::TokenStream;
use quote::quote;

use super::method::Forwarded;
use crate::emit::gates;
use crate::emit::imports::Imports;
use crate::emit::source::printer;
use crate::emit::{SourceFile, former, phrases, rustdoc};
use crate::ir::model::{Api, Doc, FormerOperation, FunctionName, Operation, TagGroup};

/// The file `groups.rs`; `None` if no operation has a tag, or if groups are not wanted.
#[must_use]
pub fn file(api: &Api) -> Option<SourceFile<'_>> {
    if api.tag_groups.is_empty() {
        return None;
    }
    let mut printers = vec![printer(|| head(api)), printer(|| accessors(api))];
    printers.extend(api.tag_groups.iter().enumerate().map(|(index, one)| printer(move || group(api, index, one))));
    Some(SourceFile::rust("groups.rs", printers))
}

fn head(api: &Api) -> TokenStream {
    let doc = phrases::heading(format!("Operations of {} by tag.", phrases::api(api)));
    let imports = Imports::of(["types"], api.tag_groups.iter().enumerate().map(|(index, one)| group(api, index, one)));
    let siblings = imports.with("client", true).siblings(&["client", "types"]);
    quote!(#doc #siblings)
}

/// The methods of the client that return the groups.
fn accessors(api: &Api) -> TokenStream {
    let accessors = api.tag_groups.iter().map(|group| {
        let (accessor, name) = (&group.accessor, &group.name);
        let (gate, doc) = (gates::of_tag(api, &group.tag), doc(group, &[]));
        quote! {
            #doc
            #gate
            #[must_use]
            pub fn #accessor(&self) -> #name<'_> {
                #name { client: self }
            }
        }
    });
    quote!(impl client::Client { #(#accessors)* })
}

/// The documentation of the tag, below a line that we write.
fn doc(group: &TagGroup, more: &[String]) -> TokenStream {
    let lead = format!("Operations with the tag `{}`.", phrases::code(&group.tag));
    rustdoc::outer_with(&phrases::below(lead, &group.doc), more)
}

fn group(api: &Api, index: usize, group: &TagGroup) -> TokenStream {
    let name = &group.name;
    let made = format!("Made by [`Client::{0}`](client::Client::{0}).", group.accessor.plain());
    let (gate, doc) = (gates::of_tag(api, &group.tag), doc(group, &[made]));
    let methods = group.methods.iter().filter_map(|(index, name)| Some(method(api, api.operations.get(*index)?, name)));
    let methods = methods.chain(former_methods(api, index));
    quote! {
        #doc
        #gate
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'c> {
            client: &'c client::Client,
        }
        #gate
        impl #name<'_> {
            #(#methods)*
        }
    }
}

/// The methods of a group that have former names.
fn former_methods(api: &Api, group: usize) -> impl Iterator<Item = TokenStream> {
    let of_group = move |former: &'_ FormerOperation| {
        let (_, name, current) = former.groups.iter().find(|(index, ..)| *index == group)?;
        let operation = api.operations.get(former.operation)?;
        let (attributes, builder) = (former::method(current), &operation.builder);
        let Forwarded { arguments, names, inline } = Forwarded::of(api, operation);
        Some(quote! {
            #attributes
            #inline
            pub fn #name(&self, #(#arguments),*) -> client::#builder {
                self.#current(#(#names),*)
            }
        })
    };
    api.former.operations.iter().filter_map(of_group)
}

/// `pub fn list(&self, …) -> client::ListUsersRequestBuilder { self.client.list_users(…) }`
fn method(api: &Api, operation: &Operation, name: &FunctionName) -> TokenStream {
    let (flat, builder) = (&operation.name, &operation.builder);
    let words = phrases::operation(operation);
    let short = format!("short for [`Client::{0}`](client::Client::{0})", flat.plain());
    let summary = words.summary.as_deref().map(rustdoc::inline).filter(|text| !text.is_empty());
    let line = summary.map_or_else(|| short.clone(), |summary| format!("{summary}; {short}"));
    let doc = rustdoc::outer_with(&Doc { deprecated: words.deprecated, ..Doc::default() }, &[line]);
    let Forwarded { arguments, names, inline } = Forwarded::of(api, operation);
    quote! {
        #doc
        #inline
        pub fn #name(&self, #(#arguments),*) -> client::#builder {
            self.client.#flat(#(#names),*)
        }
    }
}
