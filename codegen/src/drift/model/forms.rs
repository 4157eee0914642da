//! Rewrites the view of a schema to a form that can be compared with another schema.
//!
//! **Invariant:** a form accepts the values of its schema, or exactly those of one of its types.

use std::collections::BTreeSet;

use super::Located;
use super::keywords::{allows_everything, annotation};
use super::schema::{Layer, Schema};
use crate::document::{Node, Value};
use crate::limits::{DRIFT_LAYERS, DRIFT_MEMBERS};

/// The keywords for bounds.
const BOUNDS: [&str; 10] = [
    "maximum",
    "exclusiveMaximum",
    "maxLength",
    "maxItems",
    "maxProperties",
    "minimum",
    "exclusiveMinimum",
    "minLength",
    "minItems",
    "minProperties",
];

impl<'d> Schema<'d> {
    /// Whether another schema is written in the same way, and nothing in it refers to other schemas.
    pub(crate) fn is_copied_to(&self, other: &Self) -> bool {
        let node = |schema: &Self| match schema.layers.as_slice() {
            [only] if schema.variant == 0 => Some(only.at.node),
            _ => None,
        };
        self.nullable == other.nullable
            && node(self).zip(node(other)).is_some_and(|(old, new)| !refers(old) && old == new)
    }

    /// The members of `allOf`, `anyOf` or `oneOf`, without `null`. An inline choice of the same
    /// kind is replaced by its members, and each member of a choice counts once.
    pub(crate) fn composition(&self, key: &str) -> Vec<Schema<'d>> {
        let members = self.direct_members(key);
        match &self.shared {
            _ if key == "allOf" => members,
            None => flattened(key, members),
            Some(shared) => flattened(key, members).iter().map(|member| member.and(shared)).collect(),
        }
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

    /// The members of `allOf`, if the schema is nothing else.
    fn only_all_of(&self) -> Option<Vec<Located<'d>>> {
        let body = self.layers.last().filter(|layer| !layer.wrapper)?;
        let allowed = |key: &str| annotation(key) || matches!(key, "type" | "allOf");
        let mut keywords = body.at.node.as_object()?.iter();
        let plain = keywords.all(|entry| allowed(&entry.key) || allows_everything(&entry.key, &entry.value));
        Some(body.at.child("allOf").filter(|_| plain)?.members())
    }

    /// The schema with one member of `allOf` and others in place of `allOf`.
    fn unfolded(&self, inner: Self, beside: impl Iterator<Item = Layer<'d>>) -> Self {
        let mut view = self.clone();
        if let Some(body) = view.layers.last_mut() {
            body.wrapper = true;
        }
        view.layers.extend(beside);
        view.reference = view.reference.or(inner.reference);
        view.nullable |= inner.nullable;
        view.layers.extend(inner.layers);
        view
    }

    /// The schema as the reference that `other` is, with the other members of `allOf` beside it.
    pub(crate) fn beside_reference(&self, other: &Self) -> Option<Self> {
        let reference = other.reference.filter(|_| self.reference.is_none())?;
        let views = self.only_all_of()?.into_iter().map(|at| Self::new(self.revision, at));
        let (mut inner, rest): (Vec<_>, Vec<_>) = views.partition(|view| view.reference == Some(reference));
        let limits_values = |view: &Self| {
            let of_parts = |key: &str| matches!(key, "properties" | "required" | "allOf" | "anyOf" | "oneOf");
            view.reference.is_none() && !view.keywords().iter().any(|(key, _)| of_parts(key))
        };
        let inner = inner.pop().filter(|_| inner.is_empty() && !rest.is_empty() && rest.iter().all(limits_values))?;
        Some(self.unfolded(inner, rest.into_iter().flat_map(|view| view.layers)))
    }

    /// The schema without `allOf`, at any depth, if `allOf` holds one member and others that only
    /// annotate it.
    pub(crate) fn peeled(&self) -> Option<Self> {
        let mut peeled = self.peeled_once();
        for _ in 0..DRIFT_LAYERS {
            let Some(deeper) = peeled.as_ref().and_then(Self::peeled_once) else { break };
            peeled = Some(deeper);
        }
        peeled
    }

    fn peeled_once(&self) -> Option<Self> {
        let members = self.only_all_of()?;
        let (annotations, mut others): (Vec<_>, Vec<_>) =
            members.into_iter().partition(|member| self.adds_nothing(member));
        let inner = Self::new(self.revision, others.pop().filter(|_| others.is_empty() && !annotations.is_empty())?);
        let beside = annotations.into_iter().flat_map(|at| Self::new(self.revision, at).layers);
        Some(self.unfolded(inner, beside.map(|layer| Layer { wrapper: true, ..layer })))
    }

    /// Whether an inline member of `allOf` has annotations only, or a type that the members have in
    /// any case.
    fn adds_nothing(&self, member: &Located<'d>) -> bool {
        let view = Self::new(self.revision, member.clone());
        let is_known = |others: Vec<Located<'d>>| {
            others.into_iter().filter(|other| other.identity() != member.identity()).any(|other| {
                let other = Self::new(self.revision, other);
                !other.types().is_empty() && other.types() == view.types()
            })
        };
        view.reference.is_none()
            && view.body().is_object()
            && view.keywords().iter().all(|(key, _)| annotation(key) || *key == "type")
            && (view.value("type").is_none() || self.at("allOf").is_some_and(|list| is_known(list.members())))
    }

    /// The schema with inline members of `allOf` written into it, if `other` has their keywords
    /// itself.
    pub(crate) fn hoisted_like(&self, other: &Self) -> Self {
        let mut view = self.clone();
        for member in self.at("allOf").map(|list| list.members()).unwrap_or_default() {
            let Some(object) = member.node.as_object().filter(|_| member.node.reference().is_none()) else { continue };
            let mut constraints = object.keys().filter(|key| !annotation(key)).peekable();
            let own = |key: &str| {
                let narrows = |node: &Node| if key == "type" { Some(node) == object.get(key) } else { intersects(key) };
                view.value(key).is_some_and(|node| !narrows(node))
            };
            let moves = constraints.peek().is_some()
                && constraints.all(|key| !own(key) && (key == "type" || other.value(key).is_some()));
            if moves && object.keys().any(|key| !annotation(key) && key != "type") {
                view.variant = view.variant.wrapping_mul(31).wrapping_add(member.identity());
                view.hoisted.push(member.identity());
                view.layers.push(Layer::of(member, false));
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

    /// The schema with all its nested `allOf` members.
    pub(crate) fn parts(&self) -> Vec<Self> {
        Self::with_members(std::slice::from_ref(self))
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

/// Whether a node has a key that leads to other schemas, at any depth.
fn refers(node: &Node) -> bool {
    let leads = |key: &str| key.ends_with("ef") || key == "discriminator";
    match &node.value {
        Value::Object(object) => object.iter().any(|entry| leads(&entry.key) || refers(&entry.value)),
        Value::Array(list) => list.iter().any(refers),
        _ => false,
    }
}

/// Whether several values of a keyword hold together, the tightest bound or the common values.
fn intersects(key: &str) -> bool {
    key == "enum" || BOUNDS.contains(&key)
}
