//! Turns `servers` into named base URLs: `Production server` at `https://api.example.com/` →
//! `production`.
//!
//! **Invariant:** a name identifies its server by words or by host. No server has the name that
//! another one would have if the first did not exist.

use super::model::{Doc, Server, ServerVariable};
use super::naming::{Scope, snake};
use super::origin::origin;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Node, pointer};
use crate::openapi::repair;

/// Words in descriptions that show the purpose of a server, with the name for each.
const PURPOSES: &[(&str, &str)] = &[
    ("production", "production"),
    ("prod", "production"),
    ("live", "production"),
    ("sandbox", "sandbox"),
    ("staging", "staging"),
    ("development", "development"),
    ("dev", "development"),
    ("test", "test"),
    ("testing", "test"),
    ("mock", "mock"),
    ("local", "local"),
    ("localhost", "local"),
];

/// Descriptions with more words are sentences and not names.
const LONGEST_NAME: usize = 4;

/// A server whose URL is known.
struct Known<'d> {
    node: &'d Node,
    pointer: String,
    url: String,
    /// The text that describes it in the document, if that can be a name.
    words: Option<String>,
}

/// The base URLs in the `servers` of an object.
pub(super) fn build(document: &Document, parent: &Node, parent_pointer: &str, out: &mut Diagnostics) -> Vec<Server> {
    let known = known(parent, parent_pointer, out);
    let raws = raw_names(&known);
    let raws: Vec<&str> = raws.iter().map(String::as_str).collect();
    let names = Scope::new().functions(&raws).into_iter().zip(Scope::new().constants(&raws));
    let servers = known.into_iter().zip(names).map(|(Known { node, pointer, url, .. }, (name, constant))| Server {
        name,
        constant,
        variables: variables(node, &url),
        url,
        doc: Doc::of(node),
        origin: origin(document, node, &pointer),
    });
    servers.collect()
}

/// The servers of an object, without duplicate URLs.
fn known<'d>(parent: &'d Node, parent_pointer: &str, out: &mut Diagnostics) -> Vec<Known<'d>> {
    let list = parent.get("servers").and_then(Node::as_array).unwrap_or_default();
    let mut known: Vec<Known<'d>> = Vec::new();
    for (index, node) in list.iter().enumerate() {
        let at = pointer::join(&pointer::join(parent_pointer, "servers"), index.to_string());
        let Some(url) = node.get("url").and_then(Node::as_str) else {
            let diagnostic = Diagnostic::new(&codes::INVALID_SERVER, node, "a server has no `url`");
            let repair = repair::remove(&at);
            out.report(
                diagnostic
                    .at(at)
                    .overlay(repair)
                    .help("give it the base URL of the API, such as `https://api.example.com`"),
            );
            continue;
        };
        let url = url.trim().trim_end_matches('/').to_owned();
        let server = Known { node, pointer: at, url, words: words(node) };
        match known.iter_mut().find(|other| other.url == server.url) {
            Some(other) if is_better(server.words.as_ref(), other.words.as_ref()) => *other = server,
            Some(_) => {}
            None => known.push(server),
        }
    }
    known
}

/// Whether the first of two names for the same URL is used, regardless of their order in the
/// document.
fn is_better(words: Option<&String>, than: Option<&String>) -> bool {
    (words.is_none(), words) < (than.is_none(), than)
}

/// The names of servers: their words, or their hosts. Servers with the same words all have their
/// hosts in their names, and also their paths if the hosts are not sufficient.
fn raw_names(known: &[Known<'_>]) -> Vec<String> {
    let mut raws: Vec<String> =
        known.iter().map(|server| server.words.clone().unwrap_or_else(|| host(&server.url).to_owned())).collect();
    let longer: [fn(&Known<'_>, &str) -> String; 2] = [
        |server, raw| if server.words.is_some() { format!("{raw} {}", host(&server.url)) } else { raw.to_owned() },
        |server, raw| format!("{raw} {}", path(&server.url)),
    ];
    for longer in longer {
        let names: Vec<String> = raws.iter().map(|raw| snake(raw)).collect();
        for (index, server) in known.iter().enumerate() {
            let own = names.get(index);
            let is_shared = names.iter().filter(|name| Some(*name) == own).count() > 1;
            if let Some(raw) = raws.get_mut(index).filter(|_| is_shared) {
                *raw = longer(server, raw);
            }
        }
    }
    raws
}

/// The words for a server in the document: its name, or a description that is short or shows a
/// purpose.
fn words(node: &Node) -> Option<String> {
    if let Some(name) = node.get("name").or_else(|| node.get("x-name")).and_then(Node::as_str)
        && !name.trim().is_empty()
    {
        return Some(name.to_owned());
    }
    let description = node.get("description").and_then(Node::as_str).unwrap_or_default();
    let words: Vec<String> = description
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_short = (1..=LONGEST_NAME).contains(&words.len());
    let mut purposes =
        PURPOSES.iter().filter(|(word, _)| words.iter().any(|other| other == word)).map(|(_, name)| *name);
    match (purposes.next(), purposes.all(|_| false)) {
        (Some(purpose), true) => Some(purpose.to_owned()),
        _ => is_short.then(|| words.join(" ")),
    }
}

/// The host of a URL. For a URL without a host, its path, or `root`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest).trim_start_matches('/');
    let host = if url.contains("://") || url.starts_with("//") { rest.split('/').next().unwrap_or(rest) } else { rest };
    if host.chars().any(char::is_alphanumeric) { host } else { "root" }
}

/// The part of a URL after its host.
fn path(url: &str) -> &str {
    url.split_once(host(url)).map_or("", |(_, path)| path)
}

fn variables(node: &Node, url: &str) -> Vec<ServerVariable> {
    let described = node.get("variables");
    let mut scope = Scope::new();
    let mut variables: Vec<ServerVariable> = Vec::new();
    for wire in variable_names(url) {
        if variables.iter().any(|variable| variable.wire == wire) {
            continue;
        }
        let variable = described.and_then(|variables| variables.get(wire));
        let text = |node: &Node| node.as_str().map_or_else(|| node.to_json().to_string(), str::to_owned);
        let allowed: Vec<String> = variable
            .and_then(|variable| variable.get("enum"))
            .and_then(Node::as_array)
            .map(|values| values.iter().map(text).collect())
            .unwrap_or_default();
        let default = variable.and_then(|variable| variable.get("default")).map(text);
        variables.push(ServerVariable {
            name: scope.field(wire),
            wire: wire.to_owned(),
            default: default.or_else(|| allowed.first().cloned()).unwrap_or_default(),
            allowed,
            doc: variable.map(Doc::of).unwrap_or_default(),
        });
    }
    variables
}

fn variable_names(url: &str) -> impl Iterator<Item = &str> {
    url.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).filter(|name| !name.is_empty())
}
