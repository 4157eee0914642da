//! An object that keeps the order and the spans of its keys.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Node, Span};

/// Objects with more entries than this get an index; in smaller ones, comparing keys is faster.
const INDEXED: usize = 16;

/// One key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key; shared, so that cloning a tree does not copy it.
    pub key: Arc<str>,
    /// The span of the key.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

/// The positions of keys.
#[derive(Clone, Debug)]
struct Index(HashMap<Arc<str>, usize>);

/// Entries in the order they were written, each key once.
#[derive(Clone, Debug, Default)]
pub struct Object {
    entries: Vec<Entry>,
    /// Only looked up, never iterated.
    index: Option<Box<Index>>,
}

impl Object {
    /// An object without entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn position(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.0.get(key).copied(),
            None => self.entries.iter().position(|entry| &*entry.key == key),
        }
    }

    fn reindex(&mut self) {
        let keys = self.entries.iter().enumerate();
        let positions = keys.map(|(position, entry)| (entry.key.clone(), position));
        self.index = (self.entries.len() > INDEXED).then(|| Box::new(Index(positions.collect())));
    }

    /// Whether there is a key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of a key, for changes.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let position = self.position(key)?;
        self.entries.get_mut(position).map(|entry| &mut entry.value)
    }

    /// The key, its span and its value.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.get(self.position(key)?)
    }

    /// The entry at a position.
    #[must_use]
    pub fn at(&self, position: usize) -> Option<&Entry> {
        self.entries.get(position)
    }

    /// The span of a key.
    #[must_use]
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.entry(key).map(|entry| entry.key_span)
    }

    /// Sets the value of a key and returns the old one. A new key has the span of its value; an
    /// existing key keeps its position and span.
    pub fn insert(&mut self, key: impl Into<Arc<str>>, value: Node) -> Option<Node> {
        let key = key.into();
        match self.get_mut(&key) {
            Some(old) => Some(std::mem::replace(old, value)),
            None => self.insert_entry(Entry { key, key_span: value.span, value }).map(|entry| entry.value),
        }
    }

    /// Sets an entry. One with the same key is replaced at its position and returned.
    pub fn insert_entry(&mut self, entry: Entry) -> Option<Entry> {
        if let Some(position) = self.position(&entry.key)
            && let Some(old) = self.entries.get_mut(position)
        {
            return Some(std::mem::replace(old, entry));
        }
        let position = self.entries.len();
        if let Some(index) = &mut self.index {
            index.0.insert(entry.key.clone(), position);
        }
        self.entries.push(entry);
        if self.index.is_none() && self.entries.len() > INDEXED {
            self.reindex();
        }
        None
    }

    /// Removes a key; the others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        self.remove_entry(key).map(|entry| entry.value)
    }

    /// Removes a key and returns its whole entry; the others keep their order.
    pub fn remove_entry(&mut self, key: &str) -> Option<Entry> {
        let position = self.position(key)?;
        let entry = self.entries.remove(position);
        self.reindex();
        Some(entry)
    }

    /// Keeps the entries for which `keep` returns `true`, in one pass.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut Node) -> bool) {
        self.retain_entries(|entry| keep(&entry.key, &mut entry.value));
    }

    /// Keeps the entries for which `keep` returns `true`, in one pass; it must not change their
    /// keys.
    pub fn retain_entries(&mut self, keep: impl FnMut(&mut Entry) -> bool) {
        self.entries.retain_mut(keep);
        self.reindex();
    }

    /// The entries in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.entries.iter()
    }

    /// The keys in order.
    #[must_use]
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.entries.iter().map(|entry| &*entry.key)
    }

    /// The values in order.
    #[must_use]
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Node> {
        self.entries.iter().map(|entry| &entry.value)
    }

    /// The values in order, for changes.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Node> {
        self.entries.iter_mut().map(|entry| &mut entry.value)
    }

    /// Keys and values in order, the values for changes.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&str, &mut Node)> {
        self.entries.iter_mut().map(|entry| (&*entry.key, &mut entry.value))
    }
}

impl<'o> IntoIterator for &'o Object {
    type Item = &'o Entry;
    type IntoIter = std::slice::Iter<'o, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl IntoIterator for Object {
    type Item = Entry;
    type IntoIter = std::vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl FromIterator<Entry> for Object {
    /// Of entries with equal keys, the last one is kept, at the position of the first.
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let mut object = Self::new();
        object.extend(entries);
        object
    }
}

impl Extend<Entry> for Object {
    fn extend<I: IntoIterator<Item = Entry>>(&mut self, entries: I) {
        for entry in entries {
            self.insert_entry(entry);
        }
    }
}

/// Objects are equal if they have equal values under equal keys; neither order nor spans count.
impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        let same = |entry: &Entry| other.get(&entry.key).is_some_and(|value| *value == entry.value);
        self.len() == other.len() && self.entries.iter().all(same)
    }
}
