//! Prints the documented base URLs. Each is a constant, or a function if the URL has variables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::phrases::{self, code};
use crate::emit::rustdoc;
use crate::ir::model::{Api, Doc, Server, ServerVariable};

/// `pub mod servers`; nothing if the document has no base URL.
pub(super) fn servers(api: &Api) -> TokenStream {
    if api.servers.is_empty() {
        return TokenStream::new();
    }
    let doc = phrases::title("Documented base URLs.");
    let servers = api.servers.iter().map(server);
    quote!(#doc pub mod servers { #(#servers)* })
}

fn server(server: &Server) -> TokenStream {
    let url = &server.url;
    if server.variables.is_empty() {
        let constant = &server.constant;
        let doc = docs(server, &[]);
        return quote!(#doc pub const #constant: &str = #url;);
    }
    let name = &server.name;
    let variables: Vec<String> = server.variables.iter().map(variable).collect();
    let doc = docs(server, &[variables.join("\n")]);
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

/// Provenance is a paragraph that we write here: the module that explains it is one level further
/// up than elsewhere.
fn docs(server: &Server, paragraphs: &[String]) -> TokenStream {
    let summary = server.doc.summary.clone().unwrap_or_else(|| format!("`{}`", code(&server.url)));
    let provenance = server.doc.provenance.as_deref().map(|text| rustdoc::provenance(text, "super::super"));
    let paragraphs: Vec<String> = paragraphs.iter().cloned().chain(provenance).collect();
    let doc = Doc { summary: Some(summary), examples: Vec::new(), provenance: None, ..server.doc.clone() };
    rustdoc::outer_with(&doc, &paragraphs)
}

/// ``* `instance`: by default `acme`; one of `acme`, `test`. Name of the instance``
fn variable(variable: &ServerVariable) -> String {
    let mut line = format!("* `{}`: by default `{}`", variable.name, code(&variable.default));
    if !variable.allowed.is_empty() {
        let allowed: Vec<String> = variable.allowed.iter().map(|value| format!("`{}`", code(value))).collect();
        line.push_str("; one of ");
        line.push_str(&allowed.join(", "));
    }
    if let Some(summary) = &variable.doc.summary {
        line.push_str(". ");
        line.push_str(&rustdoc::inline(summary));
    }
    line
}

/// The URL as alternating literals and arguments.
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
