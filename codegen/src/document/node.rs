//! A value of the JSON data model, together with the span from which it was read.

use std::sync::Arc;

use super::map::{self, Map};
use super::{Number, pointer};
use crate::source::Span;

/// The keys and values of an object, in the order of the text.
pub type Object = Map<Node>;

/// One key of an object with its value.
pub type Entry = map::Entry<Node>;

/// A value and its span. Nodes are equal if their values are equal; spans do not count.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// The span from which it was read.
    pub span: Span,
}

/// A value that YAML and JSON can both write.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number
    Number(Number),
    /// Text
    String(String),
    /// A list
    Array(Vec<Node>),
    /// Keys with values
    Object(Object),
}

impl Value {
    /// The type of the value, in the terms of JSON Schema.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(number) if number.is_integer() => "integer",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Number(Number::Int(value))
    }
}

impl From<Number> for Value {
    fn from(value: Number) -> Self {
        Self::Number(value)
    }
}

impl From<Vec<Node>> for Value {
    fn from(value: Vec<Node>) -> Self {
        Self::Array(value)
    }
}

impl From<Object> for Value {
    fn from(value: Object) -> Self {
        Self::Object(value)
    }
}

impl Object {
    /// Sets a key, whose span is that of its value. An existing key keeps its position and span.
    /// Returns the old value.
    pub fn insert(&mut self, key: impl Into<Arc<str>>, value: Node) -> Option<Node> {
        let key = key.into();
        match self.get_mut(&key) {
            Some(old) => Some(std::mem::replace(old, value)),
            None => self.insert_entry(Entry { key, key_span: value.span, value }).map(|entry| entry.value),
        }
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl From<&Node> for Span {
    fn from(node: &Node) -> Self {
        node.span
    }
}

impl From<&Entry> for Span {
    fn from(entry: &Entry) -> Self {
        entry.key_span
    }
}

impl serde::Serialize for Node {
    /// The order of the text is kept. Numbers that fit no machine type become strings.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Array(items) => serializer.collect_seq(items),
            Value::Object(object) => serializer.collect_map(object.iter().map(|entry| (&*entry.key, &entry.value))),
            _ => self.to_json().serialize(serializer),
        }
    }
}

impl Node {
    /// A value with a span.
    #[must_use]
    pub fn new(value: impl Into<Value>, span: Span) -> Self {
        Self { value: value.into(), span }
    }

    /// An object with a span, from keys and values.
    #[must_use]
    pub fn object<const N: usize>(entries: [(&str, Node); N], span: Span) -> Self {
        let entries = entries.into_iter().map(|(key, value)| Entry { key: key.into(), key_span: value.span, value });
        Self::new(entries.collect::<Object>(), span)
    }

    /// The value of a key; `None` if this is not an object or lacks the key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// The value of a key, mutably.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.as_object_mut()?.get_mut(key)
    }

    /// Text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// A boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// A number.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match &self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A number without a fraction that fits `u64`.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// A number without a fraction that fits `i64`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// A number as the nearest float.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// The members of an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(nodes) => Some(nodes),
            _ => None,
        }
    }

    /// The members of an array, mutably.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Node>> {
        match &mut self.value {
            Value::Array(nodes) => Some(nodes),
            _ => None,
        }
    }

    /// An object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// An object, mutably.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match &mut self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The text of `$ref`; `None` if this is not an object or has no `$ref`.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.get("$ref")?.as_str()
    }

    /// The node at a JSON Pointer such as `/paths/~1users/get`. The empty pointer is this node.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        let mut node = self;
        for token in pointer::tokens(pointer)? {
            node = match &node.value {
                Value::Object(object) => object.get(&token)?,
                Value::Array(nodes) => nodes.get(pointer::index(&token)?)?,
                _ => return None,
            };
        }
        Some(node)
    }

    /// The node at a JSON Pointer, mutably.
    pub fn pointer_mut(&mut self, pointer: &str) -> Option<&mut Node> {
        let mut node = self;
        for token in pointer::tokens(pointer)? {
            node = match &mut node.value {
                Value::Object(object) => object.get_mut(&token)?,
                Value::Array(nodes) => nodes.get_mut(pointer::index(&token)?)?,
                _ => return None,
            };
        }
        Some(node)
    }

    /// The nodes directly below: values of an object, members of an array.
    pub fn children(&self) -> impl DoubleEndedIterator<Item = &Node> {
        let members = self.as_array().unwrap_or_default();
        let values = self.as_object().into_iter().flat_map(Object::values);
        members.iter().chain(values)
    }

    /// The nodes directly below, mutably.
    pub fn children_mut(&mut self) -> Box<dyn DoubleEndedIterator<Item = &mut Node> + '_> {
        match &mut self.value {
            Value::Array(nodes) => Box::new(nodes.iter_mut()),
            Value::Object(object) => Box::new(object.values_mut()),
            _ => Box::new(std::iter::empty()),
        }
    }

    /// Levels of arrays and objects: 0 for a scalar, 1 for an object of scalars.
    #[must_use]
    pub fn depth(&self) -> usize {
        let mut deepest = 0;
        let mut open = vec![(self, 0)];
        while let Some((node, depth)) = open.pop() {
            let below = if matches!(node.value, Value::Array(_) | Value::Object(_)) { depth + 1 } else { depth };
            deepest = deepest.max(below);
            open.extend(node.children().map(|child| (child, below)));
        }
        deepest
    }

    /// The number of nodes of this value, including itself, plus one for each 64 bytes of text.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size_within(usize::MAX)
    }

    /// [`size`](Self::size), or any number from `most` on if it is larger, because counting stops
    /// there.
    #[must_use]
    pub fn size_within(&self, most: usize) -> usize {
        let mut size = 0_usize;
        let mut open = vec![self];
        while let Some(node) = open.pop().filter(|_| size < most) {
            let text = match &node.value {
                Value::String(text) => text.len(),
                Value::Object(object) => object.iter().map(|entry| entry.key.len()).sum(),
                _ => 0,
            };
            size = size.saturating_add(1 + text / 64);
            open.extend(node.children());
        }
        size
    }

    /// The value without spans. Its objects are sorted by key. (Trees are at most
    /// [`super::Limits::depth`] deep.)
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => number.to_json(),
            Value::String(text) => text.as_str().into(),
            Value::Array(nodes) => nodes.iter().map(Node::to_json).collect(),
            Value::Object(object) => {
                object.iter().map(|entry| (entry.key.to_string(), entry.value.to_json())).collect()
            }
        }
    }

    /// The tree of a JSON value. All of it has the same span.
    #[must_use]
    pub fn from_json(json: &serde_json::Value, span: Span) -> Self {
        let value = match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(*value),
            serde_json::Value::Number(number) => match Number::parse(&number.to_string()) {
                Some(number) => Value::Number(number),
                None => Value::String(number.to_string()),
            },
            serde_json::Value::String(text) => Value::String(text.clone()),
            serde_json::Value::Array(values) => {
                Value::Array(values.iter().map(|value| Self::from_json(value, span)).collect())
            }
            serde_json::Value::Object(map) => {
                let entries = map.iter().map(|(key, value)| Entry {
                    key: Arc::from(key.as_str()),
                    key_span: span,
                    value: Self::from_json(value, span),
                });
                Value::Object(entries.collect())
            }
        };
        Self { value, span }
    }
}
