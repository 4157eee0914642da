//! JSON text that is read a second time: its outline, which consists of its objects and keys
//! without values, to check closed objects, and its values, to check assertions. **Invariant:**
//! each is read only if a type needs it, and then only once for all types.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::{Path, Step};

/// The outline of a JSON text, read when it is first needed.
#[derive(Debug)]
pub(super) struct Outline {
    json: Bytes,
    root: Option<Node>,
    values: Option<Value>,
}

/// A JSON value without its scalars.
#[derive(Debug, Default)]
enum Node {
    #[default]
    Leaf,
    Array(Vec<Node>),
    /// The map is sorted, because each closed object of a large map is looked up by its key.
    Object(BTreeMap<String, Node>),
}

impl Outline {
    /// The outline of `json`, which is not read yet. Empty text (forms, parameters) has no unknown
    /// keys.
    pub(super) fn unread(json: Bytes) -> Self {
        Self { json, root: None, values: None }
    }

    /// The value at `path`; `None` if there is no text.
    pub(super) fn value(&mut self, path: &Path<'_>) -> Option<Value> {
        if self.json.is_empty() {
            return None;
        }
        let json = &self.json;
        let root = self.values.get_or_insert_with(|| serde_json::from_slice(json).unwrap_or_default());
        let found = path.steps().1.iter().try_fold(&*root, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index),
        });
        found.cloned()
    }

    /// The keys of the object at `path` that are not `known`; none if there is no object.
    pub(super) fn unknown(&mut self, path: &Path<'_>, known: &[&str]) -> Vec<String> {
        if self.json.is_empty() {
            return Vec::new();
        }
        let json = &self.json;
        let root = self.root.get_or_insert_with(|| serde_json::from_slice(json).unwrap_or_default());
        match root.find(&path.steps().1) {
            Some(Node::Object(entries)) => {
                entries.keys().filter(|key| !known.contains(&key.as_str())).cloned().collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Node {
    fn find(&self, steps: &[Step<'_>]) -> Option<&Self> {
        steps.iter().try_fold(self, |node, step| match (node, step) {
            (Self::Object(entries), Step::Key(key)) => entries.get(*key),
            (Self::Array(items), Step::Index(index)) => items.get(*index),
            _ => None,
        })
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

/// Scalars of every kind are leaves.
macro_rules! leaves {
    ($($method:ident: $type:ty),*) => { $(
        fn $method<E>(self, _: $type) -> Result<Node, E> {
            Ok(Node::Leaf)
        }
    )* };
}

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    leaves!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = items.next_element()? {
            nodes.push(node);
        }
        Ok(Node::Array(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut nodes = BTreeMap::new();
        while let Some(key) = entries.next_key::<String>()? {
            nodes.insert(key, entries.next_value()?);
        }
        Ok(Node::Object(nodes))
    }
}
