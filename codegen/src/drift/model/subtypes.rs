//! Finds the schemas that extend a parent with a discriminator: as the type of a value, the parent
//! stands for all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Located, Revision, Schema};
use crate::document::{Node, pointer};

/// The components of a document that extend others through `allOf`.
#[derive(Debug, Default)]
pub(crate) struct Subtypes<'d> {
    /// By the pointer of the parent.
    by_parent: BTreeMap<String, Vec<(&'d str, Located<'d>)>>,
}

impl<'d> Subtypes<'d> {
    pub(crate) fn new(revision: Revision<'d>) -> Self {
        let schemas = revision.root().child("components").and_then(|at| at.child("schemas"));
        let mut by_parent: BTreeMap<String, Vec<(&'d str, Located<'d>)>> = BTreeMap::new();
        for (name, at) in schemas.map(|map| map.entries()).unwrap_or_default() {
            let members = at.value("allOf").and_then(Node::as_array).unwrap_or_default();
            for parent in members.iter().filter_map(Node::reference).filter_map(pointer::of_reference) {
                by_parent.entry(parent.into_owned()).or_default().push((name, at.clone()));
            }
        }
        Self { by_parent }
    }

    /// The schemas that extend a parent, directly or through others, by name. A schema without a
    /// discriminator of its own, or with a union, stands for itself.
    pub(crate) fn of(&self, parent: &Schema<'d>) -> BTreeMap<&'d str, Located<'d>> {
        let mut found = BTreeMap::new();
        let has_tag = parent.at("discriminator").is_some_and(|at| at.is_object()) && parent.union().is_none();
        let mut open: Vec<String> = has_tag.then(|| parent.body().pointer.to_string()).into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(pointer) = open.pop() {
            for (name, at) in self.by_parent.get(&pointer).into_iter().flatten() {
                found.insert(*name, at.clone());
                if seen.insert(at.pointer.clone()) {
                    open.push(at.pointer.to_string());
                }
            }
        }
        found
    }
}
