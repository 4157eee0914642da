//! The graph of types: which types a type contains, and which types form cycles.

use crate::ir::model::{Shape, TypeId, TypeKind, TypeTable, TypeUse};

/// Adds the types whose values are stored inline, and not behind a list or map.
pub(super) fn inlined(ty: &TypeUse, ids: &mut Vec<TypeId>) {
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        match &ty.shape {
            Shape::Named(id) => ids.push(*id),
            Shape::Tuple(items) => open.extend(items.iter().rev()),
            Shape::List(_) | Shape::Map(..) | Shape::Scalar(_) | Shape::Any => {}
        }
    }
}

/// The types whose values are stored inline in a value of a definition, and not behind a box.
pub(super) fn contents(kind: &TypeKind) -> Vec<TypeId> {
    let mut ids = Vec::new();
    match kind {
        TypeKind::Struct(object) => {
            object.fields.iter().filter(|field| !field.boxed).for_each(|field| inlined(&field.ty, &mut ids));
        }
        TypeKind::Union(union) => {
            union.variants.iter().filter(|variant| !variant.boxed).for_each(|variant| inlined(&variant.ty, &mut ids));
        }
        TypeKind::Newtype(newtype) => inlined(&newtype.inner, &mut ids),
        TypeKind::Alias(ty) => inlined(ty, &mut ids),
        TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => {}
    }
    ids
}

/// Strongly connected components. Mentioned types come before those that mention them (Tarjan,
/// without recursion).
pub(in crate::ir) fn components(table: &TypeTable, edges: impl Fn(&TypeKind) -> Vec<TypeId>) -> Vec<Vec<TypeId>> {
    let edges = table.definitions.iter().map(|definition| edges(&definition.kind)).collect();
    let mut search = Search {
        edges,
        state: vec![State::default(); table.definitions.len()],
        next: 1,
        stack: Vec::new(),
        found: Vec::new(),
    };
    for start in 0..table.definitions.len() {
        search.visit(start);
    }
    search.found
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// 0 if it has not been visited.
    index: usize,
    low: usize,
    on_stack: bool,
}

struct Search {
    edges: Vec<Vec<TypeId>>,
    state: Vec<State>,
    next: usize,
    stack: Vec<usize>,
    found: Vec<Vec<TypeId>>,
}

impl Search {
    fn at(&self, node: usize) -> State {
        self.state.get(node).copied().unwrap_or_default()
    }

    fn open(&mut self, node: usize) {
        if let Some(state) = self.state.get_mut(node) {
            *state = State { index: self.next, low: self.next, on_stack: true };
        }
        self.next += 1;
        self.stack.push(node);
    }

    fn lower(&mut self, node: usize, low: usize) {
        if let Some(state) = self.state.get_mut(node) {
            state.low = state.low.min(low);
        }
    }

    fn visit(&mut self, start: usize) {
        if self.at(start).index != 0 {
            return;
        }
        let mut calls = vec![(start, 0)];
        self.open(start);
        while let Some((node, edge)) = calls.pop() {
            let target = self.edges.get(node).and_then(|edges| edges.get(edge)).map(|id| id.0 as usize);
            let Some(target) = target else {
                self.close(node);
                if let Some((caller, _)) = calls.last() {
                    self.lower(*caller, self.at(node).low);
                }
                continue;
            };
            calls.push((node, edge + 1));
            if self.at(target).index == 0 {
                self.open(target);
                calls.push((target, 0));
            } else if self.at(target).on_stack {
                self.lower(node, self.at(target).index);
            }
        }
    }

    fn close(&mut self, node: usize) {
        if self.at(node).low != self.at(node).index {
            return;
        }
        let mut component = Vec::new();
        while let Some(member) = self.stack.pop() {
            if let Some(state) = self.state.get_mut(member) {
                state.on_stack = false;
            }
            component.push(TypeId(u32::try_from(member).unwrap_or(u32::MAX)));
            if member == node {
                break;
            }
        }
        self.found.push(component);
    }
}
