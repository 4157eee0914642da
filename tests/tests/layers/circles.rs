//! Circles in a graph of modules.

use std::collections::{BTreeMap, BTreeSet};

type ModulePath = Vec<String>;
type Graph<'g> = BTreeMap<&'g [String], Vec<&'g [String]>>;

/// The circles of a graph: each is a set of modules that reach one another. A module and its own
/// children may import each other: the parent combines the work of its children.
pub fn of(edges: &BTreeSet<(ModulePath, ModulePath)>) -> Vec<Vec<ModulePath>> {
    let mut graph = Graph::new();
    for (from, to) in edges.iter().filter(|(from, to)| !is_family(from, to)) {
        graph.entry(from).or_default().push(to);
    }
    let mut search = Search::new(&graph);
    for module in graph.keys() {
        if !search.index.contains_key(module) {
            search.visit(module);
        }
    }
    search.found
}

fn is_family(one: &[String], other: &[String]) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// Tarjan's search for strongly connected components.
struct Search<'g> {
    graph: &'g Graph<'g>,
    index: BTreeMap<&'g [String], usize>,
    low: BTreeMap<&'g [String], usize>,
    stack: Vec<&'g [String]>,
    found: Vec<Vec<ModulePath>>,
}

impl<'g> Search<'g> {
    fn new(graph: &'g Graph<'g>) -> Self {
        Self { graph, index: BTreeMap::new(), low: BTreeMap::new(), stack: Vec::new(), found: Vec::new() }
    }

    fn visit(&mut self, module: &'g [String]) -> usize {
        let order = self.index.len();
        self.index.insert(module, order);
        self.low.insert(module, order);
        self.stack.push(module);
        for target in self.graph.get(module).map(Vec::as_slice).unwrap_or_default() {
            let reached = match self.index.get(target) {
                None => self.visit(target),
                Some(index) if self.stack.contains(target) => *index,
                Some(_) => continue,
            };
            let low = self.low.entry(module).or_insert(order);
            *low = reached.min(*low);
        }
        let low = self.low[module];
        if low == order {
            let start = self.stack.iter().position(|one| *one == module).unwrap_or_default();
            let circle: Vec<ModulePath> = self.stack.drain(start..).map(<[String]>::to_vec).collect();
            if circle.len() > 1 {
                self.found.push(circle);
            }
        }
        low
    }
}
