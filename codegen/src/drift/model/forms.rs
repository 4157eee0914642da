//! Rewrites the view of a schema to a form that can be compared with another schema.
//!
//! **Invariant:** a form accepts the values of its schema, or exactly those of one of its types.

use std::collections::BTreeSet;

use super::schema::{Layer, Schema, annotation};
use crate::document::Node;
use crate::limits::DRIFT_MEMBERS;

impl<'d> Schema<'d> {
    /// The members of `allOf`, `anyOf` or `oneOf`, without `null`. An inline choice of the same
    /// kind is replaced by its members, and each member of a choice counts once.
    pub(crate) fn composition(&self, key: &str) -> Vec<Schema<'d>> {
        let members = self.direct_members(key);
        if key == "allOf" { members } else { flattened(key, members) }
    }

    /// The members of a schema that is nothing but a choice, without `null`.
    fn choice(&self, key: &str) -> Option<Vec<Self>> {
        let members = self.direct_members(key);
        let plain = |(name, _): &(&str, &Node)| annotation(name) || *name == key || *name == "$ref";
        let only = !members.is_empty() && !self.nullable && self.keywords().iter().all(plain);
        only.then_some(members)
    }

    /// The schemas that a list of members comes to if each that is a choice is replaced by its own
    /// members, each once.
    pub(crate) fn spread(key: &str, members: Vec<Self>) -> Vec<Self> {
        let mut seen = BTreeSet::new();
        let mut all = Vec::with_capacity(members.len());
        let mut open: Vec<Self> = members.into_iter().rev().collect();
        while let Some(member) = open.pop() {
            if seen.insert(member.body().identity()) {
                match member.choice(key) {
                    Some(nested) => open.extend(nested.into_iter().rev()),
                    None => all.push(member),
                }
            }
        }
        all
    }

    /// The schema without `allOf`, if `allOf` holds one member and others that only annotate it.
    pub(crate) fn peeled(&self) -> Option<Self> {
        let body = self.layers.last().filter(|layer| !layer.wrapper)?;
        let allowed = |key: &str| annotation(key) || matches!(key, "type" | "allOf");
        let plain = body.at.node.as_object()?.keys().all(allowed);
        let members = body.at.child("allOf").filter(|_| plain)?.members();
        let (annotations, mut others): (Vec<_>, Vec<_>) =
            members.into_iter().partition(|member| only_annotates(member.node));
        let inner = Self::new(self.revision, others.pop().filter(|_| others.is_empty() && !annotations.is_empty())?);
        let mut view = self.clone();
        if let Some(body) = view.layers.last_mut() {
            body.wrapper = true;
        }
        view.layers.extend(annotations.into_iter().map(|at| Layer { at, wrapper: true }));
        view.reference = view.reference.or(inner.reference);
        view.nullable |= inner.nullable;
        view.layers.extend(inner.layers);
        Some(view)
    }

    /// The schema with inline members of `allOf` written into it, if `other` has their keywords
    /// itself.
    pub(crate) fn hoisted_like(&self, other: &Self) -> Self {
        let mut view = self.clone();
        for member in self.at("allOf").map(|list| list.members()).unwrap_or_default() {
            let Some(object) = member.node.as_object().filter(|_| member.node.reference().is_none()) else { continue };
            let mut constraints = object.keys().filter(|key| !annotation(key)).peekable();
            let own = |key: &str| view.value(key).is_some_and(|node| key != "type" || Some(node) != object.get(key));
            let moves = constraints.peek().is_some()
                && constraints.all(|key| !own(key) && (key == "type" || other.value(key).is_some()));
            if moves && object.keys().any(|key| !annotation(key) && key != "type") {
                view.variant = view.variant.wrapping_mul(31).wrapping_add(member.identity());
                view.hoisted.push(member.identity());
                view.layers.push(Layer { at: member, wrapper: false });
            }
        }
        view
    }

    /// The view of the values of one type, which has to be one of the schema's own.
    pub(crate) fn only(&self, name: &'d str) -> Self {
        let variant = self.types().iter().position(|other| *other == name).map_or(0, |position| position + 1);
        Self { variant: self.variant.wrapping_add(variant), only: Some(name), nullable: false, ..self.clone() }
    }

    /// The view of the values that two schemas accept.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let mut view = self.clone();
        let typed = |schema: &Self| schema.value("type").is_some() || schema.value("enum").is_some();
        view.nullable = match (typed(self), typed(other)) {
            (true, false) => self.nullable,
            (false, true) => other.nullable,
            _ => self.nullable && other.nullable,
        };
        let (node, variant) = other.identity();
        view.variant = view.variant.wrapping_mul(31).wrapping_add(node).wrapping_add(variant);
        view.hoisted.extend_from_slice(&other.hoisted);
        view.layers.extend(other.layers.iter().cloned());
        view
    }

    /// Schemas with all their nested `allOf` members.
    pub(crate) fn with_members(schemas: &[Self]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut open: Vec<Self> = schemas.iter().rev().cloned().collect();
        while let Some(schema) = open.pop().filter(|_| all.len() < DRIFT_MEMBERS) {
            open.extend(schema.composition("allOf").into_iter().rev());
            all.push(schema);
        }
        all
    }
}

/// The members of a choice, with those of inline choices of its kind, each once.
fn flattened<'d>(key: &str, members: Vec<Schema<'d>>) -> Vec<Schema<'d>> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::with_capacity(members.len());
    let mut open: Vec<Schema<'d>> = members.into_iter().rev().collect();
    while let Some(member) = open.pop() {
        if !seen.insert(member.identity()) {
            continue;
        }
        if let Some(nested) = member.choice(key).filter(|_| member.reference.is_none()) {
            open.extend(nested.into_iter().rev());
        } else {
            all.push(member);
        }
    }
    all
}

/// Whether an inline schema has annotations only.
fn only_annotates(node: &Node) -> bool {
    node.as_object().is_some_and(|object| object.keys().all(annotation))
}
