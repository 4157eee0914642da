//! Prints the documented base URLs: a constant each, a function where the URL has variables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs;
use crate::emit::phrases::{self, code};
use crate::ir::model::{Api, Doc, Server, ServerVariable};

/// `pub mod servers`; nothing where the document names no base URL.
pub(super) fn servers(api: &Api) -> TokenStream {
    if api.servers.is_empty() {
        return TokenStream::new();
    }
    let doc = phrases::title("Base URLs that the document names.");
    let servers = api.servers.iter().map(server);
    quote!(#doc pub mod servers { #(#servers)* })
}

fn server(server: &Server) -> TokenStream {
    let url = &server.url;
    if server.variables.is_empty() {
        let constant = &server.constant;
        let doc = docs::outer(&or(&server.doc, &format!("`{}`", code(url))));
        return quote!(#doc pub const #constant: &str = #url;);
    }
    let name = &server.name;
    let variables: Vec<String> = server.variables.iter().map(variable).collect();
    let doc = docs::outer_with(&or(&server.doc, &format!("`{}`", code(url))), &[variables.join("\n")]);
    let arguments = server.variables.iter().map(|variable| &variable.name);
    let pieces = pieces(server);
    quote! {
        #doc
        #[must_use]
        pub fn #name(#(#arguments: &str),*) -> String {
            [#(#pieces),*].concat()
        }
    }
}

fn or(doc: &Doc, summary: &str) -> Doc {
    Doc { summary: doc.summary.clone().or_else(|| Some(summary.to_owned())), examples: Vec::new(), ..doc.clone() }
}

/// ``* `instance`: usually `acme`; one of `acme`, `test`. Name of the instance``
fn variable(variable: &ServerVariable) -> String {
    let mut line = format!("* `{}`: usually `{}`", variable.name, code(&variable.default));
    if !variable.allowed.is_empty() {
        let allowed: Vec<String> = variable.allowed.iter().map(|value| format!("`{}`", code(value))).collect();
        line.push_str("; one of ");
        line.push_str(&allowed.join(", "));
    }
    if let Some(summary) = &variable.doc.summary {
        line.push_str(". ");
        line.push_str(&docs::plain(summary));
    }
    line
}

/// The URL as literals and arguments in turn.
fn pieces(server: &Server) -> Vec<TokenStream> {
    let mut pieces = Vec::new();
    let mut rest = server.url.as_str();
    while let Some((start, variable)) = first_variable(server, rest) {
        let (before, after) = rest.split_at(start);
        if !before.is_empty() {
            pieces.push(quote!(#before));
        }
        let name = &variable.name;
        pieces.push(quote!(#name));
        rest = after.get(variable.wire.len() + 2..).unwrap_or_default();
    }
    if !rest.is_empty() {
        pieces.push(quote!(#rest));
    }
    pieces
}

fn first_variable<'a>(server: &'a Server, url: &str) -> Option<(usize, &'a ServerVariable)> {
    let found = server.variables.iter().filter_map(|variable| {
        let start = url.find(&format!("{{{}}}", variable.wire))?;
        Some((start, variable))
    });
    found.min_by_key(|(start, _)| *start)
}
