//! Turns `servers` into named base URLs: `Production server` at `https://api.example.com/` →
//! `production`.

use super::model::{Doc, Server, ServerVariable};
use super::naming::Scope;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Node, pointer};
use crate::openapi::repair;

/// Words in descriptions that tell the purpose of a server, and the name for each.
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

/// Descriptions with more words are sentences, not names.
const LONGEST_NAME: usize = 4;

/// The base URLs in the `servers` of an object.
pub(super) fn build(parent: &Node, parent_pointer: &str, out: &mut Diagnostics) -> Vec<Server> {
    let list = parent.get("servers").and_then(Node::as_array).unwrap_or_default();
    let (mut functions, mut constants) = (Scope::new(), Scope::new());
    let mut servers: Vec<Server> = Vec::new();
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
        if servers.iter().any(|server| server.url == url) {
            continue;
        }
        let raw = raw_name(node, index, list.len());
        servers.push(Server {
            name: functions.function(&raw),
            constant: constants.constant(&raw),
            variables: variables(node, &url),
            url,
            doc: Doc::of(node),
        });
    }
    servers
}

fn raw_name(node: &Node, index: usize, count: usize) -> String {
    if let Some(name) = node.get("name").or_else(|| node.get("x-name")).and_then(Node::as_str)
        && !name.trim().is_empty()
    {
        return name.to_owned();
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
        (Some(purpose), true) => purpose.to_owned(),
        _ if is_short => words.join(" "),
        _ if count == 1 => "production".to_owned(),
        _ => format!("server {}", index + 1),
    }
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
