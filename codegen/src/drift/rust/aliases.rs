//! Sees through the aliases of the new surface: a type that became an alias of one with the same items
//! is used as before.

use std::collections::BTreeMap;

use crate::limits::ALIAS_CHAIN;
use crate::surface::{Item, SEPARATOR, Surface};

/// The types that are aliases of others, by name.
#[derive(Debug)]
pub(super) struct Aliases<'s>(BTreeMap<&'s str, &'s str>);

impl<'s> Aliases<'s> {
    pub(super) fn new(surface: &'s Surface) -> Self {
        let alias = |item: &'s Item| {
            let (name, target) = item.text.strip_prefix("types::")?.split_once(" = types::")?;
            target.chars().all(is_of_name).then_some((name, target))
        };
        Self(surface.items.values().filter_map(alias).collect())
    }

    /// Whether what an item is named leads to an item of the new surface with the same text.
    pub(super) fn keep(&self, new: &Surface, key: &str, item: &Item) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let current = match key.strip_prefix("type").and_then(|rest| rest.strip_prefix(SEPARATOR)) {
            Some(rest) => {
                let (name, part) = rest.split_at(rest.find(SEPARATOR).unwrap_or(rest.len()));
                format!("type{SEPARATOR}{}{part}", self.target(name))
            }
            None => key.to_owned(),
        };
        new.items.get(&current).is_some_and(|other| self.resolved(&item.text) == self.resolved(&other.text))
    }

    /// What a type is an alias of, or the type itself.
    fn target<'n>(&'n self, name: &'n str) -> &'n str {
        let next = |name: &&'n str| self.0.get(*name).copied();
        std::iter::successors(Some(name), next).take(ALIAS_CHAIN).last().unwrap_or(name)
    }

    /// A text with the targets of aliases in place of these.
    fn resolved(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(is_of_name) {
            let (before, from) = rest.split_at(start);
            let (word, after) = from.split_at(from.find(|char| !is_of_name(char)).unwrap_or(from.len()));
            out.push_str(before);
            out.push_str(self.target(word));
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

fn is_of_name(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}
