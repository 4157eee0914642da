//! In which direction values travel, and which schemas are printed once for each direction.
//!
//! The rule it keeps: a schema is split only where a `readOnly` or `writeOnly` property can be reached from it.

use super::graph::Graph;
use super::schema::{Flat, Part, address};
use crate::document::Node;
use crate::ir::model::{Reading, Usage};
use crate::openapi::walk::subschemas;

/// The reading of a schema that a type is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Mode {
    /// Without write-only properties.
    Response,
    /// Without read-only properties.
    Request,
    /// A multipart body: a request whose binary properties are parts with bytes.
    Form,
    /// All readings are the same.
    Any,
}

impl Mode {
    /// What the model calls it.
    pub(super) fn reading(self) -> Reading {
        match self {
            Self::Request => Reading::Request,
            Self::Form => Reading::Form,
            Self::Response | Self::Any => Reading::Usual,
        }
    }

    pub(super) fn of(usage: Usage) -> Self {
        if usage.request && !usage.response { Self::Request } else { Self::Response }
    }

    /// How the parts of a value are read.
    pub(super) fn inner(self) -> Self {
        if self == Self::Form { Self::Request } else { self }
    }

    /// Whether a property travels in this direction.
    pub(super) fn carries(self, property: &Flat<'_>) -> bool {
        let flag = |keyword| property.parts.iter().any(|part| part.flag(keyword));
        match self {
            Self::Response => !flag("writeOnly"),
            Self::Request | Self::Form => !flag("readOnly"),
            Self::Any => true,
        }
    }
}

impl<'d> Graph<'d> {
    /// The mode in which a conjunction has to be read: [`Mode::Any`] where directions do not differ.
    pub(super) fn mode(&self, conjunction: &[Part<'d>], mode: Mode) -> Mode {
        let differs = conjunction.iter().any(|part| self.is_sensitive(part.node));
        if differs { mode.inner() } else { Mode::Any }
    }

    /// Whether a property of one direction only can be reached from a schema.
    pub(super) fn is_sensitive(&self, node: &'d Node) -> bool {
        let key = address(node);
        if let Some(known) = self.sensitive.borrow().get(&key) {
            return *known;
        }
        let (flagged, reached) = self.look_around(node);
        let found = flagged || reached.into_iter().any(|index| self.component_is_sensitive(index));
        self.sensitive.borrow_mut().insert(key, found);
        found
    }

    fn component_is_sensitive(&self, component: usize) -> bool {
        let node = self.components.get(component).map(|component| component.node);
        node.is_some_and(|node| self.sensitive.borrow().get(&address(node)) == Some(&true))
    }

    /// Finds the sensitive components: those with a flag, and those that reach one.
    pub(super) fn find_sensitive(&self) {
        let mut reached_by: Vec<Vec<usize>> = vec![Vec::new(); self.components.len()];
        let mut open = Vec::new();
        for (index, component) in self.components.iter().enumerate() {
            let (flagged, reaches) = self.look_around(component.node);
            self.sensitive.borrow_mut().insert(address(component.node), false);
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
            if self.sensitive.borrow_mut().insert(address(component.node), true) != Some(true) {
                open.extend(reached_by.get_mut(index).map(std::mem::take).unwrap_or_default());
            }
        }
    }

    /// Whether a schema holds a flag, and the components it refers to.
    fn look_around(&self, node: &'d Node) -> (bool, Vec<usize>) {
        let mut open = vec![node];
        let mut odd = std::collections::HashSet::new();
        let mut reached = Vec::new();
        while let Some(at) = open.pop() {
            let flag = |keyword| at.get(keyword).and_then(Node::as_bool) == Some(true);
            if flag("readOnly") || flag("writeOnly") {
                return (true, reached);
            }
            if let Some(target) = at.reference().and_then(|reference| self.target(reference)) {
                match self.component(target.node) {
                    Some(component) => reached.push(component),
                    None if odd.insert(address(target.node)) => open.push(target.node),
                    None => {}
                }
            }
            open.extend(subschemas(at));
        }
        (false, reached)
    }

    /// Whether `null` is a value of a schema.
    pub(super) fn is_nullable(&self, part: &Part<'d>) -> bool {
        self.nullable_within(part, 16)
    }

    fn nullable_within(&self, part: &Part<'d>, depth: usize) -> bool {
        if part.flag("nullable") {
            return true;
        }
        let key = address(part.node);
        if let Some(known) = self.nullable.borrow().get(&key) {
            return *known;
        }
        self.nullable.borrow_mut().insert(key, false);
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        let within = |part: &Part<'d>| self.nullable_within(part, depth);
        let target = part.reference().and_then(|reference| self.target(reference));
        let bases = part.members("allOf");
        let alternatives = ["oneOf", "anyOf"].into_iter().flat_map(|keyword| part.members(keyword));
        let found = target.as_ref().is_some_and(within)
            || bases.iter().any(|base| base.is_annotation() && base.flag("nullable"))
            || bases.iter().any(|base| !base.is_annotation())
                && bases.iter().filter(|base| !base.is_annotation()).all(within)
            || alternatives.collect::<Vec<_>>().iter().any(within);
        self.nullable.borrow_mut().insert(key, found);
        found
    }

    /// Whether `null` is a value of a conjunction: a wrapper says so, or all that ask for something allow it.
    pub(super) fn allows_null(&self, conjunction: &[Part<'d>]) -> bool {
        let wrapped = conjunction.iter().any(|part| part.is_annotation() && part.flag("nullable"));
        let mut asking = conjunction.iter().filter(|part| !part.is_annotation()).peekable();
        wrapped || asking.peek().is_some() && asking.all(|part| self.is_nullable(part))
    }
}
