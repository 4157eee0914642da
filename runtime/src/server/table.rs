//! Operations → a tree of segments, and a request's path and method → the operation.
//!
//! The constraints kept here: any list of operations makes a table (nothing conflicts, nothing panics); literals come before
//! parameters; a path is only as long as its template, trailing slash included; a search visits each node of the tree at
//! most once, whatever the request is.

use std::collections::{BTreeMap, BTreeSet};

use super::segment::{decode, fits, split_first};
use crate::descriptor::{Operation, Piece};

/// All operations of a router, findable by path.
#[derive(Debug)]
pub(super) struct Table {
    operations: Vec<&'static Operation>,
    nodes: Vec<Node>,
}

/// A place in the tree: what may come next, and the operations whose path ends here.
#[derive(Debug, Default)]
struct Node {
    literals: BTreeMap<&'static str, usize>,
    /// Segments with parameters; those with more literal text first.
    patterns: Vec<(&'static [Piece], usize)>,
    operations: Vec<usize>,
}

/// What a path and method lead to.
#[derive(Debug, PartialEq)]
pub(super) enum Found {
    /// This operation, or one of the others behind it, if the document tells them apart by media type alone.
    Operations(usize, Vec<usize>),
    /// The path is known, but not with this method; these are the methods for the `Allow` header.
    OtherMethods(String),
    /// No path fits.
    Nothing,
}

impl Table {
    pub(super) fn new(operations: Vec<&'static Operation>) -> Self {
        let mut table = Self { operations, nodes: vec![Node::default()] };
        for index in 0..table.operations.len() {
            let operation = table.operations[index];
            let mut node = 0;
            for pieces in operation.segments {
                node = table.child(node, pieces);
            }
            table.nodes[node].operations.push(index);
        }
        for node in &mut table.nodes {
            // Stable: the document's order decides between equals.
            node.patterns.sort_by_key(|(pieces, _)| std::cmp::Reverse(literal_length(pieces)));
            node.operations.sort_by_key(|index| std::cmp::Reverse(table.operations[*index].fixed_query.len()));
        }
        table
    }

    pub(super) fn operation(&self, index: usize) -> &'static Operation {
        self.operations[index]
    }

    fn child(&mut self, node: usize, pieces: &'static [Piece]) -> usize {
        let new = self.nodes.len();
        let literal = match pieces {
            [] => Some(""),
            [Piece::Literal(literal)] => Some(*literal),
            _ => None,
        };
        let Node { literals, patterns, .. } = &mut self.nodes[node];
        let child = if let Some(literal) = literal {
            *literals.entry(literal).or_insert(new)
        } else if let Some((_, child)) = patterns.iter().find(|(known, _)| alike(known, pieces)) {
            *child
        } else {
            patterns.push((pieces, new));
            new
        };
        if child == new {
            self.nodes.push(Node::default());
        }
        child
    }

    /// Finds the operations for a request.
    pub(super) fn find(&self, method: &str, path: &str, query: Option<&str>) -> Found {
        if let Some((first, others)) = self.search(path, |node| self.with_method(node, method, query)) {
            return Found::Operations(first, others);
        }
        let mut allowed = BTreeSet::new();
        let _: Option<()> = self.search(path, |node| {
            let here = self.here(node, query);
            allowed.extend(here.map(|(_, operation)| operation.method));
            None
        });
        if allowed.is_empty() {
            return Found::Nothing;
        }
        Found::OtherMethods(allowed.into_iter().collect::<Vec<_>>().join(", "))
    }

    /// Walks through all nodes that the path leads to, the most specific first, until one of them will do.
    fn search<T>(&self, path: &str, mut take: impl FnMut(&Node) -> Option<T>) -> Option<T> {
        // Depth first; what is pushed last is tried first. Mostly a single child fits, and then nothing is pushed at all.
        let mut open = Vec::new();
        let mut next = Some((0, Some(path.strip_prefix('/').unwrap_or(path))));
        while let Some((node, rest)) = next.take().or_else(|| open.pop()) {
            let node = &self.nodes[node];
            let Some(rest) = rest else {
                if let Some(taken) = take(node) {
                    return Some(taken);
                }
                continue;
            };
            let (segment, rest) = split_first(rest);
            let Some(segment) = decode(segment) else { continue };
            let patterns = node.patterns.iter().rev().filter(|(pieces, _)| fits(pieces, &segment, |_, _| {}));
            let literal = (!node.literals.is_empty()).then(|| node.literals.get(segment.as_ref())).flatten();
            for child in patterns.map(|(_, child)| *child).chain(literal.copied()) {
                open.extend(next.replace((child, rest)));
            }
        }
        None
    }

    /// The operations at `node` of which the path key's own query pairs are there.
    fn here<'t>(&'t self, node: &'t Node, query: Option<&'t str>) -> impl Iterator<Item = (usize, &'static Operation)> {
        let operations = node.operations.iter().map(|index| (*index, self.operations[*index]));
        operations.filter(move |(_, operation)| has_fixed_query(operation, query))
    }

    /// The operations at `node` with this method that ask for the most query pairs.
    fn with_method(&self, node: &Node, method: &str, query: Option<&str>) -> Option<(usize, Vec<usize>)> {
        let mut here = self.here(node, query).filter(|(_, operation)| operation.method == method);
        let (first, operation) = here.next()?;
        let most = operation.fixed_query.len();
        let others = here.take_while(|(_, operation)| operation.fixed_query.len() == most).map(|(index, _)| index);
        Some((first, others.collect()))
    }
}

/// Whether two segments match the same texts, whatever their parameters are called.
fn alike(left: &[Piece], right: &[Piece]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).all(|pair| match pair {
            (Piece::Literal(left), Piece::Literal(right)) => left == right,
            (Piece::Parameter(_), Piece::Parameter(_)) => true,
            _ => false,
        })
}

fn literal_length(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| if let Piece::Literal(literal) = piece { literal.len() } else { 0 }).sum()
}

fn has_fixed_query(operation: &Operation, query: Option<&str>) -> bool {
    operation.fixed_query.iter().all(|(name, value)| {
        query.unwrap_or_default().split('&').any(|pair| {
            let (key, text) = match pair.split_once('=') {
                Some((key, text)) => (key, Some(text)),
                None => (pair, None),
            };
            decode(key).is_some_and(|key| key == *name)
                && match (value, text) {
                    (None, text) => text.is_none_or(str::is_empty),
                    (Some(value), text) => decode(text.unwrap_or_default()).is_some_and(|text| text == *value),
                }
        })
    })
}
