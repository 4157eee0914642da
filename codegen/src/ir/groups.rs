//! Groups operations by tag. The methods of the server are grouped by the first tag, if
//! `provider.toml` asks for one trait per tag; those of the client are grouped by each tag.

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexMap;

use super::model::{Doc, FunctionName, Group, Operation, Split, TagGroup};
use super::naming::reserved;
use super::naming::{self, Naming, Scope};
use crate::config::Split as Choice;
use crate::document::{Document, Node};

/// The name of the group of operations without a tag.
const UNTAGGED: &str = "Other";

/// Distributes the methods of the server over traits. Groups are in the order of their first
/// operations.
pub(super) fn build(document: &Document, choice: Choice, operations: &[Operation], naming: &mut Naming) -> Split {
    if choice == Choice::One || operations.is_empty() {
        return Split::One;
    }
    let mut groups: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, operation) in operations.iter().enumerate() {
        groups.entry(operation.tags.first().map_or(UNTAGGED, String::as_str)).or_default().push(index);
    }
    let tags: Vec<&str> = groups.keys().copied().collect();
    let names = naming.server.type_names(&tags);
    let described = Described::of(document);
    let groups = names.into_iter().zip(groups);
    let groups = groups.map(|(name, (tag, operations))| Group { name, doc: described.doc(tag), operations });
    Split::Groups(groups.collect())
}

/// The operations of each tag, in the order of their first operations.
///
/// **Invariant:** an operation keeps its flat name, and groups avoid it.
pub(super) fn by_tag(document: &Document, operations: &[Operation], naming: &mut Naming) -> Vec<TagGroup> {
    let mut groups: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, operation) in operations.iter().enumerate() {
        for tag in operation.nameable_tags() {
            let members = groups.entry(tag.as_str()).or_default();
            if members.last() != Some(&index) {
                members.push(index);
            }
        }
    }
    let tags: Vec<&str> = groups.keys().copied().collect();
    let described = Described::of(document);
    let methods_of_client = accessors(&tags, operations).into_iter();
    let names = naming.groups.type_names(&tags).into_iter();
    let all = groups.into_iter().zip(methods_of_client).zip(names);
    all.map(|(((tag, members), accessor), name)| TagGroup {
        tag: tag.to_owned(),
        accessor,
        name,
        doc: described.doc(tag),
        methods: methods(tag, &members, operations),
    })
    .collect()
}

/// The methods of the client that return the groups.
fn accessors(tags: &[&str], operations: &[Operation]) -> Vec<FunctionName> {
    let taken: HashSet<&FunctionName> = operations.iter().map(|operation| &operation.name).collect();
    let is_taken = |tag: &str| {
        let name = Scope::new().function(tag);
        reserved::FUNCTIONS.contains(&name.plain()) || taken.contains(&name)
    };
    let raws = tags.iter().map(|tag| if is_taken(tag) { format!("{tag}-group") } else { (*tag).to_owned() });
    let raws: Vec<String> = raws.collect();
    Scope::reserving(reserved::FUNCTIONS).functions(&raws.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The methods of a group. The words of the tag are left out, unless two methods would then have
/// the same name.
fn methods(tag: &str, members: &[usize], operations: &[Operation]) -> Vec<(usize, FunctionName)> {
    let full: Vec<&str> =
        members.iter().filter_map(|index| operations.get(*index)).map(|operation| operation.name.plain()).collect();
    let short: Vec<String> = full
        .iter()
        .map(|name| naming::beside(name, tag).filter(|short| !reserved::FUNCTIONS.contains(&short.as_str())))
        .zip(&full)
        .map(|(short, full)| short.unwrap_or_else(|| (*full).to_owned()))
        .collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &short {
        *count.entry(name).or_default() += 1;
    }
    let raws =
        short.iter().zip(&full).map(|(short, full)| if count.get(short.as_str()) == Some(&1) { short } else { *full });
    let names = Scope::reserving(reserved::FUNCTIONS).functions(&raws.collect::<Vec<&str>>());
    members.iter().copied().zip(names).collect()
}

/// The tags that the document describes.
pub(super) struct Described<'d>(HashMap<&'d str, &'d Node>);

impl<'d> Described<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let tags = document.root.get("tags").and_then(Node::as_array).unwrap_or_default();
        let mut described = HashMap::new();
        for node in tags {
            if let Some(name) = node.get("name").and_then(Node::as_str) {
                described.entry(name).or_insert(node);
            }
        }
        Self(described)
    }

    /// The documentation of a tag.
    pub(super) fn doc(&self, tag: &str) -> Doc {
        self.0.get(tag).map(|node| Doc::of(node)).unwrap_or_default()
    }
}
