//! A map that keeps the order of its keys and the span of each.

use std::collections::HashMap;
use std::sync::Arc;

use crate::source::Span;

/// Maps with more entries than this get an index. In smaller maps, comparing keys is faster.
const INDEXED: usize = 16;

/// One key with its value.
#[derive(Clone, Debug)]
pub struct Entry<V> {
    /// The key. It is shared, so that cloning a tree does not copy it.
    pub key: Arc<str>,
    /// The span of the key.
    pub key_span: Span,
    /// The value.
    pub value: V,
}

/// The positions of keys.
#[derive(Clone, Debug)]
struct Index(HashMap<Arc<str>, usize>);

/// Entries in the order in which they were written. Each key occurs once.
#[derive(Clone, Debug)]
pub struct Map<V> {
    entries: Vec<Entry<V>>,
    /// It is only looked up, never iterated.
    index: Option<Box<Index>>,
}

impl<V> Map<V> {
    /// A map without entries.
    #[must_use]
    pub fn new() -> Self {
        Self { entries: Vec::new(), index: None }
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

    /// Whether a key exists.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of a key, mutably.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        let position = self.position(key)?;
        self.entries.get_mut(position).map(|entry| &mut entry.value)
    }

    /// A key with its span and value.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry<V>> {
        self.entries.get(self.position(key)?)
    }

    /// The entry at a position.
    #[must_use]
    pub fn at(&self, position: usize) -> Option<&Entry<V>> {
        self.entries.get(position)
    }

    /// The span of a key.
    #[must_use]
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.entry(key).map(|entry| entry.key_span)
    }

    /// Sets a key together with its span. An existing entry is replaced in place and returned.
    pub fn insert_entry(&mut self, entry: Entry<V>) -> Option<Entry<V>> {
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

    /// Removes a key. The other keys keep their order.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        self.remove_entry(key).map(|entry| entry.value)
    }

    /// Removes a key and returns its whole entry. The other keys keep their order.
    pub fn remove_entry(&mut self, key: &str) -> Option<Entry<V>> {
        let position = self.position(key)?;
        let entry = self.entries.remove(position);
        match &mut self.index {
            Some(index) if self.entries.len() > INDEXED => {
                index.0.remove(key);
                let behind = index.0.values_mut().filter(|at| **at > position);
                behind.for_each(|at| *at -= 1);
            }
            _ => self.reindex(),
        }
        Some(entry)
    }

    /// Keeps the keys for which `keep` returns `true`, in one pass.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut V) -> bool) {
        self.retain_entries(|entry| keep(&entry.key, &mut entry.value));
    }

    /// Keeps the entries for which `keep` returns `true`, in one pass. `keep` must not change their
    /// keys.
    pub fn retain_entries(&mut self, keep: impl FnMut(&mut Entry<V>) -> bool) {
        self.entries.retain_mut(keep);
        self.reindex();
    }

    /// The entries in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry<V>> {
        self.entries.iter()
    }

    /// The keys in order.
    #[must_use]
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.entries.iter().map(|entry| &*entry.key)
    }

    /// The values in order.
    #[must_use]
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.entries.iter().map(|entry| &entry.value)
    }

    /// The values in order, mutably.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.entries.iter_mut().map(|entry| &mut entry.value)
    }

    /// Keys and values in order. The values are mutable.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&str, &mut V)> {
        self.entries.iter_mut().map(|entry| (&*entry.key, &mut entry.value))
    }
}

impl<'m, V> IntoIterator for &'m Map<V> {
    type Item = &'m Entry<V>;
    type IntoIter = std::slice::Iter<'m, Entry<V>>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = Entry<V>;
    type IntoIter = std::vec::IntoIter<Entry<V>>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<V> FromIterator<Entry<V>> for Map<V> {
    /// If keys are equal, the last entry is kept, at the position of the first one.
    fn from_iter<I: IntoIterator<Item = Entry<V>>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<V> Extend<Entry<V>> for Map<V> {
    fn extend<I: IntoIterator<Item = Entry<V>>>(&mut self, entries: I) {
        for entry in entries {
            self.insert_entry(entry);
        }
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::new()
    }
}

/// Equal keys with equal values. Order and spans do not count.
impl<V: PartialEq> PartialEq for Map<V> {
    fn eq(&self, other: &Self) -> bool {
        let same = |entry: &Entry<V>| other.get(&entry.key).is_some_and(|value| *value == entry.value);
        self.len() == other.len() && self.entries.iter().all(same)
    }
}
