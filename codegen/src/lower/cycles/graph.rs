//! Finds the cycles of a graph, without recursion.

use super::edges::{Edge, Edges};

/// The targets of each schema, with the positions of the edges in the list.
fn adjacency(edges: &Edges) -> Vec<Vec<(usize, usize)>> {
    let mut lists = vec![Vec::new(); edges.count];
    for (position, edge) in edges.list.iter().enumerate() {
        if let Some(list) = lists.get_mut(edge.from) {
            list.push((edge.to, position));
        }
    }
    lists
}

pub(super) fn is_acyclic(edges: &Edges) -> bool {
    closing(edges).is_empty()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// The edges that close a cycle when the schemas are visited in document order. Without them the
/// graph has no cycle.
pub(super) fn closing(edges: &Edges) -> Vec<usize> {
    let lists = adjacency(edges);
    let mut states = vec![State::New; edges.count];
    let mut closing = Vec::new();
    for start in 0..edges.count {
        let mut open: Vec<(usize, usize)> = Vec::new();
        if states.get(start) == Some(&State::New) {
            set(&mut states, start, State::Open);
            open.push((start, 0));
        }
        while let Some((node, next)) = open.last_mut() {
            let step = lists.get(*node).and_then(|list| list.get(*next)).copied();
            *next += 1;
            match step {
                None => {
                    set(&mut states, *node, State::Done);
                    open.pop();
                }
                Some((to, position)) => match states.get(to) {
                    Some(State::New) => {
                        set(&mut states, to, State::Open);
                        open.push((to, 0));
                    }
                    Some(State::Open) => closing.push(position),
                    _ => {}
                },
            }
        }
    }
    closing
}

fn set(states: &mut [State], node: usize, state: State) {
    if let Some(slot) = states.get_mut(node) {
        *slot = state;
    }
}

/// The number of each schema's cycle group (strongly connected component), found by Tarjan's
/// algorithm.
pub(super) fn groups(edges: &Edges) -> Vec<usize> {
    let lists = adjacency(edges);
    let mut tarjan = Tarjan {
        order: vec![None; edges.count],
        low: vec![0; edges.count],
        group: vec![None; edges.count],
        stack: Vec::new(),
        time: 0,
        groups: 0,
    };
    for start in 0..edges.count {
        if tarjan.order.get(start) == Some(&None) {
            tarjan.visit(start, &lists);
        }
    }
    tarjan.group.into_iter().map(|group| group.unwrap_or(usize::MAX)).collect()
}

struct Tarjan {
    order: Vec<Option<usize>>,
    low: Vec<usize>,
    group: Vec<Option<usize>>,
    stack: Vec<usize>,
    time: usize,
    groups: usize,
}

impl Tarjan {
    fn visit(&mut self, start: usize, lists: &[Vec<(usize, usize)>]) {
        let mut open = vec![(start, 0)];
        self.enter(start);
        while let Some((node, next)) = open.last_mut() {
            let node = *node;
            let step = lists.get(node).and_then(|list| list.get(*next)).copied();
            *next += 1;
            let Some((to, _)) = step else {
                open.pop();
                self.leave(node);
                if let Some((above, _)) = open.last() {
                    let low = self.low.get(node).copied().unwrap_or_default();
                    self.lower(*above, low);
                }
                continue;
            };
            match self.order.get(to).copied().flatten() {
                None => {
                    self.enter(to);
                    open.push((to, 0));
                }
                Some(order) if self.group.get(to) == Some(&None) => self.lower(node, order),
                Some(_) => {}
            }
        }
    }

    fn enter(&mut self, node: usize) {
        if let (Some(order), Some(low)) = (self.order.get_mut(node), self.low.get_mut(node)) {
            *order = Some(self.time);
            *low = self.time;
        }
        self.time += 1;
        self.stack.push(node);
    }

    fn lower(&mut self, node: usize, to: usize) {
        if let Some(low) = self.low.get_mut(node) {
            *low = to.min(*low);
        }
    }

    fn leave(&mut self, node: usize) {
        if self.low.get(node).copied() != self.order.get(node).copied().flatten() {
            return;
        }
        while let Some(member) = self.stack.pop() {
            if let Some(group) = self.group.get_mut(member) {
                *group = Some(self.groups);
            }
            if member == node {
                break;
            }
        }
        self.groups += 1;
    }
}

/// Whether an edge lies on a cycle.
pub(super) fn is_inside(edge: &Edge, groups: &[usize]) -> bool {
    groups.get(edge.from) == groups.get(edge.to)
}
