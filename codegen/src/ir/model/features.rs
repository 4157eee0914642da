//! Cargo features by tag: which of them turn each item on.

use std::collections::{BTreeMap, BTreeSet};

use super::TypeId;

/// A Cargo feature for the operations of one tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagFeature {
    /// Its name, such as `user-profiles`.
    pub name: String,
    /// The tags, which differ in their spelling at most.
    pub tags: Vec<String>,
}

/// What turns an item on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Nothing needs to: the item is always there.
    Open,
    /// Any of these features, by index; if there are none, the feature `full`.
    AnyOf(BTreeSet<usize>),
}

impl Gate {
    /// What turns on an item that both need.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::AnyOf(one), Self::AnyOf(other)) => Self::AnyOf(one.union(other).copied().collect()),
            _ => Self::Open,
        }
    }
}

/// The features of an API, and what they turn on.
#[derive(Clone, Debug)]
pub struct TagFeatures {
    /// The features, in the order of their names.
    pub features: Vec<TagFeature>,
    /// By index of the operation.
    pub operations: Vec<Gate>,
    /// By type; those of webhooks and of operations without a tag are always there.
    pub types: BTreeMap<TypeId, Gate>,
    /// By index of the group of headers.
    pub headers: Vec<Gate>,
    /// By index of the shared group of headers.
    pub shared_headers: Vec<Gate>,
}

impl TagFeatures {
    /// The feature of a tag.
    #[must_use]
    pub fn of_tag(&self, tag: &str) -> Option<usize> {
        self.features.iter().position(|feature| feature.tags.iter().any(|one| one == tag))
    }
}
