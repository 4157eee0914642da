//! Finds which component schemas are composed of which others.

use std::collections::HashMap;

use crate::document::{Node, Object, pointer};
use crate::limits::COMPOSITION_DEPTH;

/// How one schema is composed of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// It is nothing but `{$ref}`.
    Alias,
    /// By a member of `allOf`.
    All,
    /// By a member of `anyOf` or `oneOf`.
    Union,
}

/// One schema that is composed of another.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    /// Position of the whole in `components.schemas`.
    pub from: usize,
    /// Position of the member.
    pub to: usize,
    pub via: Via,
    /// The steps from the whole to the `{$ref}`.
    pub path: Vec<(&'static str, usize)>,
}

/// All edges, and the number of schemas.
#[derive(Debug)]
pub(super) struct Edges {
    pub count: usize,
    pub list: Vec<Edge>,
}

pub(super) fn schemas(root: &Node) -> Option<&Object> {
    root.get("components")?.get("schemas")?.as_object()
}

pub(super) fn edges(root: &Node) -> Edges {
    let Some(schemas) = schemas(root) else {
        return Edges { count: 0, list: Vec::new() };
    };
    let positions: HashMap<&str, usize> = schemas.keys().zip(0..).collect();
    let mut finder = Finder { positions, list: Vec::new(), path: Vec::new(), from: 0 };
    for (from, schema) in schemas.values().enumerate() {
        finder.from = from;
        finder.find(schema, Via::Alias);
    }
    Edges { count: schemas.len(), list: finder.list }
}

struct Finder<'d> {
    positions: HashMap<&'d str, usize>,
    list: Vec<Edge>,
    path: Vec<(&'static str, usize)>,
    from: usize,
}

impl Finder<'_> {
    fn find(&mut self, schema: &Node, via: Via) {
        if self.path.len() > COMPOSITION_DEPTH {
            return;
        }
        if let Some(to) = schema.reference().and_then(|target| self.position(target)) {
            self.list.push(Edge { from: self.from, to, via, path: self.path.clone() });
        }
        for (keyword, via) in [("allOf", Via::All), ("anyOf", Via::Union), ("oneOf", Via::Union)] {
            let members = schema.get(keyword).and_then(Node::as_array).unwrap_or_default();
            for (index, member) in members.iter().enumerate() {
                self.path.push((keyword, index));
                self.find(member, via);
                self.path.pop();
            }
        }
    }

    fn position(&self, target: &str) -> Option<usize> {
        let pointer = pointer::of_reference(target)?;
        let name = pointer::unescape(pointer.strip_prefix("/components/schemas/")?);
        self.positions.get(&*name).copied()
    }
}
