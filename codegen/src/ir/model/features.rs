//! Cargo features by tag, and the items that they enable.

use std::collections::{BTreeMap, BTreeSet};

use super::TypeId;

/// A Cargo feature for the operations of one tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagFeature {
    /// Its name, such as `user-profiles`.
    pub name: String,
    /// The tags, which differ at most in their spelling.
    pub tags: Vec<String>,
}

/// The condition that enables an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Always true, so the item is always present.
    Open,
    /// Any of these features, by index. If there are none, it is the feature `full`.
    AnyOf(BTreeSet<usize>),
}

impl Gate {
    /// The condition for an item that either of the two needs.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::AnyOf(one), Self::AnyOf(other)) => Self::AnyOf(one.union(other).copied().collect()),
            _ => Self::Open,
        }
    }
}

/// The features of an API, and the items that they enable.
#[derive(Clone, Debug)]
pub struct TagFeatures {
    /// The features, in the order of their names.
    pub features: Vec<TagFeature>,
    /// By index of the operation.
    pub operations: Vec<Gate>,
    /// By type. Types of webhooks and of operations without a tag are always present.
    pub types: BTreeMap<TypeId, Gate>,
    /// By index of the group of headers.
    pub headers: Vec<Gate>,
    /// By index of the shared group of headers.
    pub shared_headers: Vec<Gate>,
    /// By index of the shared errors.
    pub shared_errors: Vec<Gate>,
}

impl TagFeatures {
    /// The feature of a tag.
    #[must_use]
    pub fn of_tag(&self, tag: &str) -> Option<usize> {
        self.features.iter().position(|feature| feature.tags.iter().any(|one| one == tag))
    }
}
