//! Names alternatives by their reference, title, constant or type. What only one of them has
//! distinguishes those of one name.
//!
//! **Invariant:** a label depends on what the alternatives say, never on their order.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Node;
use crate::ir::naming::pascal;
use crate::ir::types::conjunction::Conjunct;
use crate::ir::types::graph::Graph;

/// Longer titles are sentences.
const LONGEST_TITLE: usize = 40;

/// The properties of an alternative, each with whether it is required and its only value.
type Properties<'d> = BTreeMap<&'d str, (bool, Option<&'d str>)>;

impl<'d> Graph<'d> {
    /// The alternatives. The label of each is the last word of its path.
    pub(in crate::ir::types) fn labelled(&self, members: Vec<Conjunct<'d>>) -> Vec<Conjunct<'d>> {
        let shared = shared_bases(&members);
        let mut labels: Vec<String> = members.iter().map(|conjunct| self.label(conjunct, &shared)).collect();
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, label) in labels.iter().enumerate() {
            groups.entry(pascal(label)).or_default().push(index);
        }
        for indexes in groups.into_values().filter(|indexes| indexes.len() > 1) {
            let alike: Vec<&Conjunct<'d>> = indexes.iter().filter_map(|index| members.get(*index)).collect();
            for (index, word) in indexes.iter().zip(self.distinct(&alike)) {
                if let Some(label) = labels.get_mut(*index) {
                    *label = word.within(label);
                }
            }
        }
        let labelled = members.into_iter().zip(labels);
        labelled.map(|(conjunct, label)| Conjunct { path: conjunct.path.word(&label), ..conjunct }).collect()
    }

    /// The name of an alternative among its siblings, or empty text if nothing names it. A base that
    /// siblings have, too, does not name it.
    fn label(&self, conjunct: &Conjunct<'d>, shared: &BTreeSet<&'d str>) -> String {
        if let Some(target) = conjunct.reference().and_then(|reference| self.target(reference)) {
            return target.path.name();
        }
        if let Some(title) = conjunct.str("title").and_then(short) {
            return title.to_owned();
        }
        if conjunct.get("properties").is_none()
            && let Some(label) = self.label_of_bases(conjunct, shared)
        {
            return label;
        }
        if let Some(tag) = tag(conjunct) {
            return tag.to_owned();
        }
        conjunct.str("type").map(type_word).unwrap_or_default().to_owned()
    }

    /// The label of the first base in `allOf` that no sibling has and that is more than a type, or
    /// else of the first one.
    fn label_of_bases(&self, conjunct: &Conjunct<'d>, shared: &BTreeSet<&'d str>) -> Option<String> {
        let mut bases = conjunct.members("allOf");
        bases.retain(|base| !base.is_annotation());
        let is_own = |base: &Conjunct<'d>| !base.reference().is_some_and(|reference| shared.contains(reference));
        let says_more = |base: &&Conjunct<'d>| {
            let label = self.label(base, shared);
            !label.is_empty() && base.str("type").map(type_word) != Some(label.as_str())
        };
        let own = bases.iter().filter(|base| is_own(base)).find(says_more);
        own.or(bases.first()).map(|base| self.label(base, shared))
    }

    /// What tells alternatives of one label apart: a constant that each has, their types, a property
    /// that only one has, or else their rank.
    fn distinct(&self, alike: &[&Conjunct<'d>]) -> Vec<Word> {
        let properties: Vec<Properties<'d>> = alike.iter().map(|conjunct| self.properties_of(conjunct)).collect();
        if let Some(values) = distinct_constants(&properties) {
            return values.into_iter().map(|value| Word::Instead(value.to_owned())).collect();
        }
        let kinds: Vec<&str> = alike.iter().filter_map(|one| one.str("type")).map(type_word).collect();
        if kinds.len() == alike.len() && kinds.iter().collect::<BTreeSet<_>>().len() == kinds.len() {
            return kinds.into_iter().map(|kind| Word::Instead(kind.to_owned())).collect();
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in properties.iter().flat_map(BTreeMap::keys) {
            *counts.entry(*name).or_default() += 1;
        }
        let own = |properties: &Properties<'d>| {
            let own = properties.iter().filter(|(name, _)| counts.get(*name) == Some(&1));
            own.min_by_key(|(name, (required, _))| (!required, **name)).map(|(name, _)| (*name).to_owned())
        };
        let own: Vec<Option<String>> = properties.iter().map(own).collect();
        let mut rest: Vec<usize> = (0..alike.len()).filter(|index| matches!(own.get(*index), Some(None))).collect();
        rest.sort_by_key(|index| alike.get(*index).map(|one| content(one.node)));
        let rank = |index: usize| rest.iter().position(|other| *other == index).unwrap_or_default();
        let words = own.into_iter().enumerate().map(|(index, own)| match (own, rank(index)) {
            (Some(property), _) => Word::With(property),
            (None, 0) => Word::None,
            (None, rank) => Word::Number(rank + 1),
        });
        words.collect()
    }

    fn properties_of(&self, conjunct: &Conjunct<'d>) -> Properties<'d> {
        let flat = self.flatten(std::slice::from_ref(conjunct));
        let required = flat.required();
        let properties = flat.properties().into_iter();
        properties.map(|(name, parts)| (name, (required.contains(name), parts.iter().find_map(only_value)))).collect()
    }
}

/// The references that several alternatives have in their `allOf`.
fn shared_bases<'d>(members: &[Conjunct<'d>]) -> BTreeSet<&'d str> {
    let (mut seen, mut shared) = (BTreeSet::new(), BTreeSet::new());
    for member in members {
        let bases = member.members("allOf");
        let own: BTreeSet<&'d str> = bases.iter().filter_map(Conjunct::reference).collect();
        shared.extend(own.into_iter().filter(|reference| !seen.insert(*reference)));
    }
    shared
}

/// What is added to a label.
enum Word {
    None,
    /// The word itself is the label.
    Instead(String),
    /// `with` and the name of a property.
    With(String),
    Number(usize),
}

impl Word {
    fn within(self, label: &str) -> String {
        let label = if label == "object" { "" } else { label };
        let parts = match self {
            Self::None if label.is_empty() => return "object".to_owned(),
            Self::None => return label.to_owned(),
            Self::Instead(word) => return word,
            Self::With(property) => [label.to_owned(), "with".to_owned(), property],
            Self::Number(number) if label.is_empty() => ["object".to_owned(), number.to_string(), String::new()],
            Self::Number(number) => [label.to_owned(), number.to_string(), String::new()],
        };
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    }
}

/// The tag of an alternative: the value of a required property that has a single one (the first by
/// name, so that the order of the document does not count), or the name of its only property, as
/// serde writes enums.
fn tag<'d>(conjunct: &Conjunct<'d>) -> Option<&'d str> {
    let required = conjunct.get("required").and_then(Node::as_array).unwrap_or_default();
    let required: BTreeSet<&str> = required.iter().filter_map(Node::as_str).collect();
    let mut properties: Vec<(&str, Conjunct<'d>)> = conjunct.entries("properties").collect();
    properties.sort_by_key(|(name, _)| *name);
    let mut asked = properties.iter().filter(|(name, _)| required.contains(name));
    let value = asked.clone().find_map(|(_, property)| only_value(property));
    value.or_else(|| match (asked.next(), properties.as_slice()) {
        (Some((name, _)), [_]) if required.len() == 1 => Some(*name),
        _ => None,
    })
}

/// The only value of a schema that is text.
fn only_value<'d>(schema: &Conjunct<'d>) -> Option<&'d str> {
    match schema.get("enum")?.as_array()? {
        [only] => only.as_str(),
        _ => None,
    }
}

/// The values of the first property that is a constant of its own in each alternative.
fn distinct_constants<'d>(alternatives: &[Properties<'d>]) -> Option<Vec<&'d str>> {
    let constants = alternatives.first()?.iter().filter(|(_, (_, value))| value.is_some());
    let values = |name: &str| -> Option<Vec<&'d str>> {
        let values: Option<Vec<&str>> = alternatives.iter().map(|one| one.get(name)?.1).collect();
        values.filter(|values| values.iter().map(|value| pascal(value)).collect::<BTreeSet<_>>().len() == values.len())
    };
    constants.into_iter().find_map(|(name, _)| values(name))
}

/// What an alternative says, whatever the order in which it says it.
fn content(node: &Node) -> String {
    let mut words: Vec<String> =
        node.to_json().to_string().split(['{', '}', '[', ']', ',']).map(str::to_owned).collect();
    words.sort_unstable();
    words.concat()
}

fn short(title: &str) -> Option<&str> {
    let title = title.trim();
    (!title.is_empty() && title.len() <= LONGEST_TITLE && title.split_whitespace().count() <= 5).then_some(title)
}

/// The word for a type in labels.
pub(super) fn type_word(kind: &str) -> &str {
    match kind {
        "array" => "list",
        kind => kind,
    }
}
