//! Groups operations by their first tag, if `provider.toml` asks for one trait per tag.

use super::model::{Doc, Group, Operation, Split};
use super::naming::Naming;
use crate::document::{Document, Node};
use crate::provider::Split as Choice;

/// The name of the group of operations without a tag.
const UNTAGGED: &str = "Other";

/// Distributes the methods of the server over traits. Groups come in the order of their first
/// operation.
pub(super) fn build(document: &Document, choice: Choice, operations: &[Operation], naming: &mut Naming) -> Split {
    if choice == Choice::One || operations.is_empty() {
        return Split::One;
    }
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    for (index, operation) in operations.iter().enumerate() {
        let tag = operation.tags.first().map_or(UNTAGGED, String::as_str);
        match groups.iter_mut().find(|(name, _)| *name == tag) {
            Some((_, operations)) => operations.push(index),
            None => groups.push((tag, vec![index])),
        }
    }
    let tags: Vec<&str> = groups.iter().map(|(tag, _)| *tag).collect();
    let names = naming.server.type_names(&tags);
    let groups = names.into_iter().zip(groups);
    let groups = groups.map(|(name, (tag, operations))| Group { name, doc: words(document, tag), operations });
    Split::Groups(groups.collect())
}

/// The documentation of a tag.
fn words(document: &Document, tag: &str) -> Doc {
    let tags = document.root.get("tags").and_then(Node::as_array).unwrap_or_default();
    tags.iter().find(|node| node.get("name").and_then(Node::as_str) == Some(tag)).map(Doc::of).unwrap_or_default()
}
