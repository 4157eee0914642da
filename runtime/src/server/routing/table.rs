//! The routing table: a tree of path segments, in which a path and a method lead to an operation.
//! **Invariant:** any list of operations makes a table, without conflicts or panics. Literals
//! precede parameters. A path matches only templates of the same length, including a trailing
//! slash. A search visits each node at most once.

use std::collections::BTreeMap;

use super::other_methods::allowed;
use crate::descriptor::{Operation, Piece};
use crate::params::segment::{decode, fits, split_first};

/// The operations of a router, indexed by path.
#[derive(Debug)]
pub(super) struct Table {
    operations: Vec<&'static Operation>,
    nodes: Vec<Node>,
}

/// A node of the tree: the possible next segments, and the operations whose path ends at this node.
#[derive(Debug, Default)]
struct Node {
    literals: BTreeMap<&'static str, usize>,
    /// Segments with parameters. Those with the most literal text come first.
    patterns: Vec<(&'static [Piece], usize)>,
    operations: Vec<usize>,
    /// Whether operations end here whose path has no parameters.
    is_concrete: bool,
}

/// The result of a search.
#[derive(Debug, PartialEq)]
pub(super) enum Lookup {
    /// This operation, or one of these others if they differ only in their media types.
    Operations(usize, Vec<usize>),
    /// The path exists and belongs to this operation, but only with these methods, written as in
    /// the `Allow` header.
    OtherMethods(usize, String),
    /// No path matches.
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
            table.nodes[node].is_concrete |= operation.segments.iter().all(|one| whole_literal(one).is_some());
        }
        for node in &mut table.nodes {
            // The sort is stable, so the document's order decides among equals.
            node.patterns.sort_by_key(|(pieces, _)| std::cmp::Reverse(literal_length(pieces)));
            node.operations.sort_by_key(|index| std::cmp::Reverse(table.operations[*index].fixed_query.len()));
        }
        table
    }

    pub(super) fn operation(&self, index: usize) -> &'static Operation {
        self.operations[index]
    }

    fn child(&mut self, node: usize, pieces: &'static [Piece]) -> usize {
        if let Some(child) = self.nodes[node].child(pieces) {
            return child;
        }
        let new = self.nodes.len();
        let Node { literals, patterns, .. } = &mut self.nodes[node];
        match whole_literal(pieces) {
            Some(literal) => {
                literals.insert(literal, new);
            }
            None => patterns.push((pieces, new)),
        }
        self.nodes.push(Node::default());
        new
    }

    /// The node at which a path of the document ends.
    pub(super) fn node(&self, segments: &[&'static [Piece]]) -> Option<usize> {
        segments.iter().try_fold(0, |node, pieces| self.nodes[node].child(pieces))
    }

    /// Finds the operations for a request. `GET` also serves `HEAD`. `node` is that of the path that
    /// axum found, if it did; the search is not repeated if axum read the path as the table does.
    pub(super) fn find(&self, node: Option<usize>, method: &str, path: &str, query: Option<&str>) -> Lookup {
        if let Some(node) = node.filter(|_| is_literal(path))
            && let Some((first, others)) = self.with_method(&self.nodes[node], method, query)
        {
            return Lookup::Operations(first, others);
        }
        for method in [method].into_iter().chain((method == "HEAD").then_some("GET")) {
            let found = self.search(path, |node| match self.with_method(node, method, query) {
                Some(found) => Some(Some(found)),
                None => self.is_alone(node, query).then_some(None),
            });
            if let Some(Some((first, others))) = found {
                return Lookup::Operations(first, others);
            }
        }
        let mut here = Vec::new();
        let _: Option<()> = self.search(path, |node| {
            here.extend(self.here(node, query));
            self.is_alone(node, query).then_some(())
        });
        match here.first() {
            None => Lookup::Nothing,
            Some((first, _)) => Lookup::OtherMethods(*first, allowed(here.iter().map(|(_, one)| one.method))),
        }
    }

    /// Whether no other path is asked about a request: a path without parameters is matched before all
    /// others, as OpenAPI says, and alone says which methods it has.
    fn is_alone(&self, node: &Node, query: Option<&str>) -> bool {
        node.is_concrete && self.here(node, query).next().is_some()
    }

    /// Visits all nodes that match the path, the most specific first, until `take` accepts one.
    fn search<T>(&self, path: &str, mut take: impl FnMut(&Node) -> Option<T>) -> Option<T> {
        // The search is depth-first: the node that was pushed last is tried first. Usually only one
        // child matches, and nothing is pushed.
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

    /// The operations at `node` whose path key has no query pair that the request lacks.
    fn here<'t>(&'t self, node: &'t Node, query: Option<&'t str>) -> impl Iterator<Item = (usize, &'static Operation)> {
        let operations = node.operations.iter().map(|index| (*index, self.operations[*index]));
        operations.filter(move |(_, operation)| has_fixed_query(operation, query))
    }

    /// The operations at `node` with this method that require the most query pairs.
    fn with_method(&self, node: &Node, method: &str, query: Option<&str>) -> Option<(usize, Vec<usize>)> {
        let mut here = self.here(node, query).filter(|(_, operation)| operation.method == method);
        let (first, operation) = here.next()?;
        let most = operation.fixed_query.len();
        let others = here.take_while(|(_, operation)| operation.fixed_query.len() == most).map(|(index, _)| index);
        Some((first, others.collect()))
    }
}

impl Node {
    /// The node behind a segment of the document.
    fn child(&self, pieces: &[Piece]) -> Option<usize> {
        match whole_literal(pieces) {
            Some(literal) => self.literals.get(literal).copied(),
            None => self.patterns.iter().find(|(known, _)| alike(known, pieces)).map(|(_, child)| *child),
        }
    }
}

/// The text of a segment without parameters.
fn whole_literal(pieces: &[Piece]) -> Option<&'static str> {
    match pieces {
        [] => Some(""),
        [Piece::Literal(literal)] => Some(*literal),
        _ => None,
    }
}

/// Whether axum reads a path as the table does. It does not decode escapes before it compares, and
/// takes an empty segment, `.` and `..` for a parameter.
fn is_literal(path: &str) -> bool {
    let mut begins = false;
    path.bytes().all(|byte| {
        let is_odd = byte == b'%' || begins && matches!(byte, b'/' | b'.');
        begins = byte == b'/';
        !is_odd
    })
}

/// Whether two segments match the same text, regardless of parameter names.
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

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Extension;
    use axum::routing::any;
    use http::Request;
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::{Lookup, Table};
    use crate::descriptor::{Operation, Parameter, Piece};
    use crate::server::routing::paths;

    const METHODS: [&str; 3] = ["GET", "HEAD", "PUT"];
    const PARAMETERS: &[Parameter] = &[
        Parameter { name: "p", ..Parameter::PATH },
        Parameter { name: "q", ..Parameter::PATH },
        Parameter { name: "r", ..Parameter::PATH },
        Parameter { name: "s", ..Parameter::PATH },
    ];

    /// The possible segments at a position, whose parameter has the name of the position.
    fn segment(at: usize, choice: usize) -> &'static [Piece] {
        let pieces = match choice {
            0 => vec![Piece::Literal("a")],
            1 => vec![Piece::Literal("b")],
            2 => vec![],
            3..6 => vec![Piece::Parameter(at)],
            _ => vec![Piece::Literal("a"), Piece::Parameter(at)],
        };
        Vec::leak(pieces)
    }

    /// All paths of at most three segments.
    fn requested() -> Vec<String> {
        let segments = ["a", "b", "ab", "", ".", "..", ".a", "%61", "%2E"];
        let mut paths = vec![String::new()];
        let mut from = 0;
        for _ in 0..3 {
            let to = paths.len();
            for at in from..to {
                for segment in segments {
                    paths.push(format!("{}/{segment}", paths[at]));
                }
            }
            from = to;
        }
        paths.split_off(1)
    }

    /// The node of the path that axum finds.
    async fn matched(router: &axum::Router, path: &str) -> Option<usize> {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let body = router.clone().oneshot(request).await.unwrap().into_body().collect().await.unwrap().to_bytes();
        std::str::from_utf8(&body).unwrap().parse().ok()
    }

    #[tokio::test]
    async fn the_path_that_axum_finds_leads_to_the_operation_of_a_search() {
        let mut random = 0x9E37_79B9_u32;
        let mut below = |limit: usize| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            usize::try_from(random >> 16).unwrap() % limit
        };
        let (requested, mut shortened) = (requested(), 0);
        for _ in 0..20 {
            let operations: Vec<&'static Operation> = (0..8)
                .map(|_| {
                    let segments: Vec<_> = (0..=below(3)).map(|at| segment(at, below(7))).collect();
                    let fixed_query: &[_] = if below(4) == 0 { &[("x", Some("1"))] } else { &[] };
                    let (method, segments) = (METHODS[below(3)], Vec::leak(segments));
                    let operation =
                        Operation { method, segments, parameters: PARAMETERS, fixed_query, ..Operation::BASE };
                    &*Box::leak(Box::new(operation))
                })
                .collect();
            let table = Table::new(operations.clone());
            let node = |Extension(node): Extension<usize>| async move { node.to_string() };
            let router =
                paths::expressible(&operations).into_iter().fold(axum::Router::new(), |router, (path, own)| {
                    router.route(&path, any(node).layer(Extension(table.node(own).unwrap())))
                });
            for path in &requested {
                let found = matched(&router, path).await;
                for (method, query) in METHODS.into_iter().flat_map(|method| [(method, None), (method, Some("x=1"))]) {
                    let by_search = table.find(None, method, path, query);
                    assert_eq!(table.find(found, method, path, query), by_search, "{method} {path} {operations:?}");
                    shortened += u32::from(found.is_some() && matches!(by_search, Lookup::Operations(..)));
                }
            }
        }
        assert!(shortened > 1_000, "{shortened}");
    }
}
