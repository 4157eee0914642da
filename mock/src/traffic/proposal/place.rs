//! Finds the parts of a document as it was written, before it is lowered, to which a violation
//! refers. Overlay actions have these parts as their targets.

use std::collections::HashSet;

use specwright_codegen::document::{Document, Node, VersionLine, pointer, resolve_chain};

use crate::traffic::kind::{Side, Violations};

/// A node with its pointer.
#[derive(Clone, Debug)]
pub(super) struct Place<'d> {
    pub(super) pointer: String,
    pub(super) node: &'d Node,
}

/// The parts of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<'d> {
    document: &'d Document,
}

/// The nodes that are searched for one place.
const SEARCHED: usize = 1_000;

impl<'d> Places<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self { document }
    }

    /// The version of the document.
    pub(super) fn line(self) -> VersionLine {
        self.document.version.line
    }

    /// The operation of some violations.
    fn operation(self, violations: &Violations) -> Option<Place<'d>> {
        let item = self.below(&self.root(), &["paths", violations.path()])?;
        let method = violations.method().to_ascii_lowercase();
        self.below(&item, &[&method]).or_else(|| self.below(&item, &["additionalOperations", violations.method()]))
    }

    /// The object that lists the responses of the operation.
    pub(super) fn responses(self, violations: &Violations) -> Option<Place<'d>> {
        self.below(&self.operation(violations)?, &["responses"])
    }

    /// The response with the status of the violations.
    pub(super) fn response(self, violations: &Violations) -> Option<Place<'d>> {
        let status = violations.status()?.to_string();
        let class = status.get(..1)?;
        let keys = [status.clone(), format!("{class}XX"), format!("{class}xx"), "default".to_owned()];
        let responses = self.responses(violations)?;
        keys.iter().find_map(|key| self.below(&responses, &[key]))
    }

    /// A parameter by the part of the request that it is in, and its name.
    pub(super) fn parameter(self, violations: &Violations, location: &str, name: &str) -> Option<Place<'d>> {
        let operation = self.operation(violations)?;
        let item = self.below(&self.root(), &["paths", violations.path()])?;
        [operation, item].iter().find_map(|owner| {
            let list = self.below(owner, &["parameters"])?;
            let count = list.node.as_array()?.len();
            let all = (0..count).filter_map(|index| self.below(&list, &[&index.to_string()]));
            let text = |place: &Place<'d>, key: &str| place.node.get(key).and_then(Node::as_str).map(str::to_owned);
            let mut all = all.filter(|place| text(place, "in").as_deref() == Some(location));
            all.find(|place| text(place, "name").is_some_and(|own| own.eq_ignore_ascii_case(name)))
        })
    }

    /// The schemas of the value at the pointer of the violations: the schema itself, what it refers
    /// to, and the members of compositions.
    pub(super) fn schemas(self, violations: &Violations) -> Vec<Place<'d>> {
        let mut tokens = violations.pointer().split('/').skip(1);
        if tokens.next() != Some("body") {
            return Vec::new();
        }
        let mut places = self.bodies(violations);
        for token in tokens.map(pointer::unescape) {
            places = self.all(places).iter().flat_map(|place| inside(place, &token)).collect();
        }
        self.all(places)
    }

    /// The schemas of the bodies.
    fn bodies(self, violations: &Violations) -> Vec<Place<'d>> {
        let holder = match violations.side() {
            Side::Response => self.response(violations),
            Side::Request => self.operation(violations).and_then(|place| self.below(&place, &["requestBody"])),
        };
        let Some(holder) = holder else { return self.body_parameter(violations) };
        // Version 2.0 has one schema for all media types.
        if let Some(schema) = self.below(&holder, &["schema"]) {
            return vec![schema];
        }
        let Some(content) = self.below(&holder, &["content"]) else { return Vec::new() };
        let media = content.node.as_object().into_iter().flatten();
        media.filter_map(|entry| self.below(&content, &[&entry.key, "schema"])).collect()
    }

    /// The body of a request in version 2.0.
    fn body_parameter(self, violations: &Violations) -> Vec<Place<'d>> {
        let list = self.operation(violations).and_then(|place| self.below(&place, &["parameters"]));
        let Some(list) = list else { return Vec::new() };
        let count = list.node.as_array().map_or(0, <[Node]>::len);
        let all = (0..count).filter_map(|index| self.below(&list, &[&index.to_string()]));
        let bodies = all.filter(|place| place.node.get("in").and_then(Node::as_str) == Some("body"));
        bodies.filter_map(|place| self.below(&place, &["schema"])).collect()
    }

    /// Some schemas, with those to which they refer and the members of their compositions.
    fn all(self, places: Vec<Place<'d>>) -> Vec<Place<'d>> {
        let (mut found, mut seen, mut open) = (Vec::new(), HashSet::new(), places);
        open.reverse();
        while let Some(place) = open.pop() {
            if found.len() >= SEARCHED || !seen.insert(place.pointer.clone()) {
                continue;
            }
            open.extend(self.followed(&place));
            for keyword in ["oneOf", "anyOf", "allOf"] {
                let count = place.node.get(keyword).and_then(Node::as_array).map_or(0, <[Node]>::len);
                let members = (0..count).rev().filter_map(|index| step(&place, &[keyword, &index.to_string()]));
                open.extend(members);
            }
            found.push(place);
        }
        found
    }

    fn root(self) -> Place<'d> {
        Place { pointer: String::new(), node: &self.document.root }
    }

    /// A node below another. References on the way are followed.
    pub(super) fn below(self, place: &Place<'d>, keys: &[&str]) -> Option<Place<'d>> {
        let mut here = place.clone();
        for key in keys {
            here = step(&here, &[key])?;
            if key != &"schema" {
                here = self.followed(&here).unwrap_or(here);
            }
        }
        Some(here)
    }

    /// The target of a reference.
    fn followed(self, place: &Place<'d>) -> Option<Place<'d>> {
        let (node, pointer) = resolve_chain(&self.document.root, place.node.reference()?)?;
        Some(Place { pointer, node })
    }
}

/// A node below another.
fn step<'d>(place: &Place<'d>, keys: &[&str]) -> Option<Place<'d>> {
    let below = keys.iter().fold(String::new(), |at, key| pointer::join(&at, key));
    Some(Place { node: place.node.pointer(&below)?, pointer: format!("{}{below}", place.pointer) })
}

/// The schemas of a property, or of an item.
fn inside<'d>(place: &Place<'d>, token: &str) -> Vec<Place<'d>> {
    if let Some(property) = step(place, &["properties", token]) {
        return vec![property];
    }
    let others = match token {
        "*" => step(place, &["items"]),
        _ => step(place, &["additionalProperties"]).filter(|other| other.node.as_object().is_some()),
    };
    others.into_iter().collect()
}
