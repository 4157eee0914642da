//! Finds the schemas that differ by direction. They get one type for each direction.
//!
//! **Invariant:** a schema is split only if it reaches a `readOnly` or `writeOnly` property.

use super::conjunction::{Conjunct, Flat, address};
use super::graph::Graph;
use super::mode::Mode;
use crate::document::Node;
use crate::openapi::walk::subschemas;

impl<'d> Graph<'d> {
    /// The mode in which a conjunction is read. It is [`Mode::Any`] if the conjunction does not
    /// differ by direction.
    pub(super) fn mode(&self, conjunction: &[Conjunct<'d>], mode: Mode) -> Mode {
        let differs = conjunction.iter().any(|conjunct| self.differs_by_direction(conjunct.node));
        if differs { mode.inner() } else { Mode::Any }
    }

    /// Whether a schema reaches a property that is sent in only one direction.
    pub(super) fn differs_by_direction(&self, node: &'d Node) -> bool {
        let key = address(node);
        if let Some(known) = self.differing.borrow().get(&key) {
            return *known;
        }
        let (flagged, reached) = self.scan(node);
        let found = flagged || reached.into_iter().any(|index| self.component_differs(index));
        self.differing.borrow_mut().insert(key, found);
        found
    }

    fn component_differs(&self, component: usize) -> bool {
        let node = self.components.get(component).map(|component| component.node);
        node.is_some_and(|node| self.differing.borrow().get(&address(node)) == Some(&true))
    }

    /// Marks the components that differ by direction: those that contain a flag, and those that
    /// reach one that does.
    pub(super) fn mark_components_by_direction(&self) {
        let mut reached_by: Vec<Vec<usize>> = vec![Vec::new(); self.components.len()];
        let mut open = Vec::new();
        for (index, component) in self.components.iter().enumerate() {
            let (flagged, reaches) = self.scan(component.node);
            self.differing.borrow_mut().insert(address(component.node), false);
            for target in reaches {
                if let Some(list) = reached_by.get_mut(target) {
                    list.push(index);
                }
            }
            open.extend(flagged.then_some(index));
        }
        while let Some(index) = open.pop() {
            let Some(component) = self.components.get(index) else {
                continue;
            };
            if self.differing.borrow_mut().insert(address(component.node), true) != Some(true) {
                open.extend(reached_by.get_mut(index).map(std::mem::take).unwrap_or_default());
            }
        }
    }

    /// Whether a schema contains a flag, and the components to which it refers.
    fn scan(&self, node: &'d Node) -> (bool, Vec<usize>) {
        let mut open = vec![node];
        let mut nested = std::collections::HashSet::new();
        let mut reached = Vec::new();
        while let Some(at) = open.pop() {
            let flag = |keyword| at.get(keyword).and_then(Node::as_bool) == Some(true);
            if flag("readOnly") || flag("writeOnly") {
                return (true, reached);
            }
            if let Some(target) = at.reference().and_then(|reference| self.target(reference)) {
                match self.component(target.node) {
                    Some(component) => reached.push(component),
                    None if nested.insert(address(target.node)) => open.push(target.node),
                    None => {}
                }
            }
            open.extend(subschemas(at));
        }
        (false, reached)
    }

    /// The properties of a struct that are sent in a direction.
    pub(super) fn carried(&self, flat: &Flat<'d>, mode: Mode) -> Vec<(&'d str, Vec<Conjunct<'d>>)> {
        let travels = |conjuncts: &Vec<Conjunct<'d>>| mode == Mode::Any || mode.carries(&self.flatten(conjuncts));
        flat.properties().into_iter().filter(|(_, conjuncts)| travels(conjuncts)).collect()
    }

    /// Whether `null` is a value of a schema.
    pub(super) fn is_nullable(&self, conjunct: &Conjunct<'d>) -> bool {
        self.nullable_within(conjunct, 16)
    }

    fn nullable_within(&self, conjunct: &Conjunct<'d>, depth: usize) -> bool {
        if conjunct.flag("nullable") || conjunct.str("type") == Some("null") {
            return true;
        }
        let key = address(conjunct.node);
        if let Some(known) = self.nullable.borrow().get(&key) {
            return *known;
        }
        self.nullable.borrow_mut().insert(key, false);
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        let within = |conjunct: &Conjunct<'d>| self.nullable_within(conjunct, depth);
        let target = conjunct.reference().and_then(|reference| self.target(reference));
        let bases = conjunct.members("allOf");
        let alternatives = ["oneOf", "anyOf"].into_iter().flat_map(|keyword| conjunct.members(keyword));
        let found = target.as_ref().is_some_and(within)
            || bases.iter().any(|base| base.is_annotation() && base.flag("nullable"))
            || bases.iter().any(|base| !base.is_annotation())
                && bases.iter().filter(|base| !base.is_annotation()).all(within)
            || alternatives.collect::<Vec<_>>().iter().any(within);
        self.nullable.borrow_mut().insert(key, found);
        found
    }

    /// Whether `null` is a value of a conjunction. It is if an annotation says so, or if all nodes
    /// with constraints allow it.
    pub(super) fn allows_null(&self, conjunction: &[Conjunct<'d>]) -> bool {
        let wrapped = conjunction.iter().any(|conjunct| conjunct.is_annotation() && conjunct.flag("nullable"));
        let mut constraining = conjunction.iter().filter(|conjunct| !conjunct.is_annotation()).peekable();
        wrapped || constraining.peek().is_some() && constraining.all(|conjunct| self.is_nullable(conjunct))
    }
}
