//! Decides which component each reference will name.

use std::collections::{BTreeMap, BTreeSet};

use super::collect::{References, Request};
use crate::document::{Node, pointer};
use crate::limits::COMPONENT_CHAIN;
use crate::openapi::grammar::{Kind, Position};

/// The new target of a reference, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Resolution {
    /// This component.
    Component(String),
    /// None: the reference is dangling.
    Dangling,
    /// This component, which was the schema inside the old target.
    Inside(String, String),
    /// None: the target is of another kind, given here.
    WrongKind(String),
}

/// An object that becomes a component.
#[derive(Clone, Debug)]
pub(super) struct Hoist {
    pub kind: Kind,
    pub pointer: String,
    pub name: String,
    /// Whether it moves and leaves a reference behind. Data is copied instead.
    pub moves: bool,
}

/// All decisions.
#[derive(Debug, Default)]
pub(super) struct Rewrites {
    pub resolutions: BTreeMap<Request, Resolution>,
    pub hoists: Vec<Hoist>,
}

pub(super) fn plan(root: &Node, found: &References) -> Rewrites {
    let mut planner = Planner { root, found, planned: BTreeMap::new(), taken: BTreeSet::new(), hoists: Vec::new() };
    let mut resolutions = BTreeMap::new();
    for request in &found.requests {
        resolutions.insert(request.clone(), planner.decide(request, 0));
    }
    Rewrites { resolutions, hoists: planner.hoists }
}

struct Planner<'d> {
    root: &'d Node,
    found: &'d References,
    planned: BTreeMap<(Kind, String), String>,
    taken: BTreeSet<(Kind, String)>,
    hoists: Vec<Hoist>,
}

impl Planner<'_> {
    fn decide(&mut self, request: &Request, nested: usize) -> Resolution {
        if nested > COMPONENT_CHAIN {
            return Resolution::Dangling;
        }
        let mut request = request.clone();
        for _ in 0..COMPONENT_CHAIN {
            let Some(pointer) = self.locate(&request) else {
                return Resolution::Dangling;
            };
            let Some(node) = self.root.pointer(&pointer) else {
                return Resolution::Dangling;
            };
            if let Some(name) = component(request.kind, &pointer) {
                return Resolution::Component(name);
            }
            // A target that is itself a reference needs no component of its own.
            match node.as_object().filter(|object| object.len() == 1).and_then(|_| node.reference()) {
                Some(next) => {
                    next.clone_into(&mut request.target);
                    request.base = base_of(&pointer);
                }
                None => return self.hoist(request.kind, pointer, nested),
            }
        }
        Resolution::Dangling
    }

    /// The pointer that a reference means, if there is a node at it.
    fn locate(&self, request: &Request) -> Option<String> {
        let there = |pointer: String| self.root.pointer(&pointer).map(|_| pointer);
        let (document, fragment) = request.target.split_once('#').unwrap_or((request.target.as_str(), ""));
        let written = fragment;
        let fragment = pointer::percent_decode(fragment);
        let base = if document.is_empty() { String::new() } else { self.found.ids.get(document)?.clone() };
        if fragment.is_empty() || fragment.starts_with('/') {
            let relative = || {
                let base = pointer::join("/components/schemas", &request.base);
                there(format!("{base}{fragment}")).filter(|_| !request.base.is_empty() && !fragment.is_empty())
            };
            // `a%2Fb` decodes to two keys, but its author means one.
            let one_key = || there(format!("{base}{}", pointer::percent_decode_tokens(written)));
            return there(format!("{base}{fragment}")).or_else(relative).or_else(one_key);
        }
        let own = self.found.own_anchors.get(&(request.base.clone(), fragment.to_string()));
        if let Some(anchor) = own.or_else(|| self.found.anchors.get(&*fragment)) {
            return there(anchor.clone());
        }
        // `#components/schemas/A` lacks a slash and can mean nothing else.
        there(format!("{base}/{fragment}")).filter(|_| fragment.contains('/'))
    }

    fn hoist(&mut self, kind: Kind, pointer: String, nested: usize) -> Resolution {
        let moves = match position(&pointer) {
            Position::Object(found) | Position::ObjectOrList(found) if found == kind => true,
            Position::Object(found) | Position::ObjectOrList(found) => {
                return self.inside(kind, found, &pointer, nested);
            }
            Position::List(_) | Position::Named(_) => {
                return Resolution::WrongKind("a list or map of objects".to_owned());
            }
            Position::Data | Position::Scalar | Position::Unknown => false,
        };
        let key = (kind, pointer);
        if let Some(name) = self.planned.get(&key) {
            return Resolution::Component(name.clone());
        }
        let name = self.fresh(kind, &key.1);
        self.hoists.push(Hoist { kind, pointer: key.1.clone(), name: name.clone(), moves });
        self.planned.insert(key, name.clone());
        Resolution::Component(name)
    }

    /// The schema of a response, body, parameter or header that a schema refers to.
    fn inside(&mut self, kind: Kind, found: Kind, pointer: &str, nested: usize) -> Resolution {
        let noun = found.noun();
        let schema = self.root.pointer(pointer).filter(|_| kind == Kind::Schema).and_then(|node| {
            let media = || node.get("content")?.as_object()?.iter().next();
            if node.get("schema").is_some() {
                return Some(pointer::join(pointer, "schema"));
            }
            let media = media()?;
            media.value.get("schema")?;
            let content = pointer::join(&pointer::join(pointer, "content"), &*media.key);
            Some(pointer::join(&content, "schema"))
        });
        let Some(schema) = schema else {
            return Resolution::WrongKind(noun);
        };
        let target = pointer::to_reference(&schema);
        let request = Request { kind, target, base: String::new() };
        match self.decide(&request, nested + 1) {
            Resolution::Component(name) => Resolution::Inside(name, noun),
            _ => Resolution::WrongKind(noun),
        }
    }

    fn fresh(&mut self, kind: Kind, pointer: &str) -> String {
        let wish = wished_name(kind, pointer, self.root);
        let existing = kind.folder().and_then(|folder| self.root.get("components")?.get(folder)?.as_object());
        let mut name = wish.clone();
        let mut number = 2;
        while existing.is_some_and(|folder| folder.contains_key(&name)) || self.taken.contains(&(kind, name.clone())) {
            name = format!("{wish}{number}");
            number += 1;
        }
        self.taken.insert((kind, name.clone()));
        name
    }
}

fn component(kind: Kind, pointer: &str) -> Option<String> {
    let mut tokens = pointer::tokens(pointer)?;
    let folder = tokens.next()? == "components" && Some(tokens.next()?.as_ref()) == kind.folder();
    let name = tokens.next()?.into_owned();
    (folder && tokens.next().is_none()).then_some(name)
}

fn base_of(pointer: &str) -> String {
    let mut tokens = pointer.strip_prefix("/components/schemas/").into_iter().flat_map(|rest| rest.split('/'));
    tokens.next().map(|name| pointer::unescape(name).into_owned()).unwrap_or_default()
}

/// The position of the node at a pointer.
fn position(pointer: &str) -> Position {
    let tokens = pointer::tokens(pointer).into_iter().flatten();
    tokens.fold(Position::DOCUMENT, |position, token| position.below(&token))
}

/// A name made of the significant tokens of a pointer: `/components/schemas/S/properties/a` gives
/// `S_a`.
fn wished_name(kind: Kind, pointer: &str, root: &Node) -> String {
    if kind == Kind::Parameter
        && let Some(name) = root.pointer(pointer).and_then(|node| node.get("name")).and_then(Node::as_str)
    {
        return name.to_owned();
    }
    let tokens: Vec<String> =
        pointer::tokens(pointer).into_iter().flatten().map(std::borrow::Cow::into_owned).collect();
    let definition = tokens.iter().rposition(|token| token == "$defs" || token == "definitions");
    let from = definition.map_or(0, |position| position + 1);
    let words: Vec<String> = tokens.iter().skip(from).filter_map(|token| word(token)).collect();
    let name = words.join("_");
    if name.is_empty() { "Inline".to_owned() } else { name }
}

fn word(token: &str) -> Option<String> {
    const SILENT: [&str; 16] = [
        "components",
        "schemas",
        "paths",
        "responses",
        "requestBodies",
        "parameters",
        "headers",
        "content",
        "schema",
        "properties",
        "allOf",
        "anyOf",
        "oneOf",
        "prefixItems",
        "patternProperties",
        "webhooks",
    ];
    if SILENT.contains(&token) || (token.contains('/') && !token.starts_with('/')) {
        return None;
    }
    let spoken = match token {
        "items" | "additionalProperties" => "item",
        "requestBody" => "request",
        other => other,
    };
    let cleaned: Vec<&str> =
        spoken.split(|char: char| !char.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    (!cleaned.is_empty()).then(|| cleaned.join("_"))
}
