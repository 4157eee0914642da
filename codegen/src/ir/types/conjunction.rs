//! A schema as a conjunction of nodes, which results from `allOf`, `$ref` and repeated properties.
//!
//! **Invariant:** nothing is copied out of the document. A conjunction lists the nodes that a value
//! must satisfy.

use std::collections::HashSet;

use super::path::SchemaPath;
use crate::document::{Node, Object, Span};
use crate::limits::PROPERTIES_PER_VISIT;
use crate::openapi::grammar::{Form, Kind, ValueType, constrains};

/// Keywords of a node that have already been handled for a conjunction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Skip(u8);

impl Skip {
    pub(super) const NONE: Self = Self(0);
    pub(super) const REFERENCE: Self = Self(1);
    pub(super) const ALL_OF: Self = Self(2);
    /// `oneOf`, `anyOf`, and the union of subtypes of a parent with a discriminator.
    pub(super) const ALTERNATIVES: Self = Self(4);
    /// `required`, in the combination of several members of a union.
    pub(super) const REQUIRED: Self = Self(8);

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// One node of a conjunction.
#[derive(Clone, Debug)]
pub(super) struct Conjunct<'d> {
    pub(super) node: &'d Node,
    pub(super) path: SchemaPath,
    pub(super) skip: Skip,
}

/// The identity of a node, which is its address. It is only looked up, never ordered or printed.
pub(super) fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

impl<'d> Conjunct<'d> {
    pub(super) fn new(node: &'d Node, path: SchemaPath) -> Self {
        Self { node, path, skip: Skip::NONE }
    }

    pub(super) fn skipping(&self, skip: Skip) -> Self {
        Self { skip: self.skip.with(skip), ..self.clone() }
    }

    /// The value of a keyword, unless it is skipped.
    pub(super) fn get(&self, keyword: &str) -> Option<&'d Node> {
        let skip = match keyword {
            "$ref" => Skip::REFERENCE,
            "allOf" => Skip::ALL_OF,
            "oneOf" | "anyOf" | "discriminator" => Skip::ALTERNATIVES,
            "required" => Skip::REQUIRED,
            _ => Skip::NONE,
        };
        if self.skip.has(skip) { None } else { self.node.get(keyword) }
    }

    pub(super) fn str(&self, keyword: &str) -> Option<&'d str> {
        self.get(keyword)?.as_str()
    }

    pub(super) fn flag(&self, keyword: &str) -> bool {
        self.get(keyword).and_then(Node::as_bool) == Some(true)
    }

    pub(super) fn reference(&self) -> Option<&'d str> {
        self.str("$ref")
    }

    /// The schemas in a list under a keyword; empty if there is none.
    pub(super) fn members(&self, keyword: &str) -> Vec<Conjunct<'d>> {
        let nodes = self.get(keyword).and_then(Node::as_array).unwrap_or_default();
        let conjuncts = nodes.iter().enumerate();
        conjuncts.map(|(index, node)| Conjunct::new(node, self.path.member(keyword, index))).collect()
    }

    /// The schemas of an object under a keyword.
    pub(super) fn entries(&self, keyword: &str) -> impl Iterator<Item = (&'d str, Conjunct<'d>)> + use<'d> {
        let object = self.get(keyword).and_then(Node::as_object);
        let path = self.path.clone();
        let keyword = keyword.to_owned();
        object.into_iter().flatten().map(move |entry| {
            let key: &'d str = &entry.key;
            (key, Conjunct::new(&entry.value, path.property(&keyword, key)))
        })
    }

    /// The schema under a keyword.
    pub(super) fn schema(&self, keyword: &str) -> Option<Conjunct<'d>> {
        Some(Conjunct::new(self.get(keyword)?, self.path.keyword(keyword)))
    }

    /// Keywords that constrain a value, including those for composition.
    pub(super) fn constraints(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        let object = self.node.as_object();
        let skip = self.skip;
        let keys = object.into_iter().flatten().map(|entry| {
            let key: &'d str = &entry.key;
            key
        });
        keys.filter(move |key| match *key {
            "$ref" => !skip.has(Skip::REFERENCE),
            "allOf" => !skip.has(Skip::ALL_OF),
            "oneOf" | "anyOf" => !skip.has(Skip::ALTERNATIVES),
            key => constrains(key),
        })
    }

    /// Whether the node constrains nothing.
    pub(super) fn is_annotation(&self) -> bool {
        self.constraints().next().is_none()
    }

    /// Whether the node constrains only the bounds of a scalar or list, or the number of properties
    /// of an object.
    pub(super) fn is_bounds(&self) -> bool {
        let is_bound = |key: &str| {
            Kind::Schema.field(key).is_some_and(|field| match field.of {
                Some(ValueType::Object) => field.form == Form::Count,
                Some(_) => field.form.kind().is_none(),
                None => false,
            })
        };
        self.constraints().all(|key| key == "type" || is_bound(key))
    }

    pub(super) fn span(&self) -> Span {
        self.node.span
    }
}

/// The values of a keyword in the nodes that are nearest to a path, each once: the nodes below the
/// same root come first, and of these the ones with the fewest steps. The order of `allOf` does not
/// count.
pub(super) fn nearest<'d, T: PartialEq>(
    conjuncts: &[Conjunct<'d>],
    path: &SchemaPath,
    value: impl Fn(&Conjunct<'d>) -> Option<T>,
) -> Vec<T> {
    let distance = |conjunct: &Conjunct<'d>| (conjunct.path.root_id() != path.root_id(), conjunct.path.depth());
    let mut found: Vec<T> = Vec::new();
    let mut least = None;
    for conjunct in conjuncts {
        let Some(value) = value(conjunct) else { continue };
        let distance = distance(conjunct);
        if least.is_none_or(|least| distance < least) {
            found.clear();
            least = Some(distance);
        }
        if least == Some(distance) && !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// A conjunction in which `$ref` and `allOf` are resolved.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat<'d> {
    /// The nodes, bases first. References are kept because of the keywords next to `$ref`.
    pub(super) conjuncts: Vec<Conjunct<'d>>,
    /// Addresses of all visited nodes. They are only looked up.
    pub(super) seen: HashSet<usize>,
}

impl<'d> Flat<'d> {
    /// The cost of merging these nodes, in visits: whatever follows looks at all properties.
    pub(super) fn cost(&self) -> usize {
        let properties = self.all("properties").filter_map(Node::as_object).map(Object::len);
        self.seen.len() + properties.sum::<usize>() / PROPERTIES_PER_VISIT
    }

    /// Values of a keyword, bases first.
    pub(super) fn all(&self, keyword: &'static str) -> impl Iterator<Item = &'d Node> {
        self.conjuncts.iter().filter_map(move |conjunct| conjunct.get(keyword))
    }

    /// Properties in order of first appearance, each with all schemas that it must satisfy.
    pub(super) fn properties(&self) -> indexmap::IndexMap<&'d str, Vec<Conjunct<'d>>> {
        let mut properties: indexmap::IndexMap<&'d str, Vec<Conjunct<'d>>> = indexmap::IndexMap::new();
        for (key, schema) in self.conjuncts.iter().flat_map(|conjunct| conjunct.entries("properties")) {
            properties.entry(key).or_default().push(schema);
        }
        properties
    }

    /// One of the [`properties`](Self::properties).
    pub(super) fn property(&self, name: &str) -> Option<Vec<Conjunct<'d>>> {
        let of = |conjunct: &Conjunct<'d>| {
            let node = conjunct.get("properties")?.get(name)?;
            Some(Conjunct::new(node, conjunct.path.property("properties", name)))
        };
        let schemas: Vec<Conjunct<'d>> = self.conjuncts.iter().filter_map(of).collect();
        (!schemas.is_empty()).then_some(schemas)
    }

    /// Names of required properties, without duplicates.
    pub(super) fn required(&self) -> indexmap::IndexSet<&'d str> {
        let lists = self.all("required").filter_map(Node::as_array);
        lists.flatten().filter_map(Node::as_str).collect()
    }

    /// Whether any node has one of these keywords.
    pub(super) fn has(&self, keywords: &[&str]) -> bool {
        self.conjuncts.iter().any(|conjunct| keywords.iter().any(|keyword| conjunct.get(keyword).is_some()))
    }
}
