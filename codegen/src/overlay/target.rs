//! Finds the nodes that the target of an action matches.

use serde_json_path::JsonPath;

use crate::document::{Node, pointer};
use crate::limits::{NODES_COPIED_PER_VISIT, TARGET_BYTES, TARGET_DEPTH, TARGET_DESCENDANTS};

/// The document as JSON. It is made when a target needs it and kept until the document changes.
#[derive(Debug, Default)]
pub(super) struct View {
    document: Option<Searched>,
    /// The number of nodes visited so far.
    visits: u64,
}

/// A document prepared for searches.
#[derive(Debug)]
struct Searched {
    json: serde_json::Value,
    levels: Levels,
}

impl View {
    /// Forgets the JSON, since the document has changed.
    pub fn forget(&mut self) {
        self.document = None;
    }

    /// The pointers of all nodes that a JSONPath matches, without duplicates; those within an array
    /// are in order.
    pub fn find(&mut self, root: &Node, target: &str, most: u64) -> Result<Vec<String>, String> {
        if let Some(pointer) = plain(target) {
            return Ok(root.pointer(&pointer).map(|_| pointer).into_iter().collect());
        }
        guard(target)?;
        let path = JsonPath::parse(target).map_err(|error| {
            let rest: String = target.chars().skip(error.position()).take(20).collect();
            format!("`{target}` is not a JSONPath: parsing stops at `{rest}`")
        })?;
        let document = self.document.get_or_insert_with(|| {
            let levels = Levels::of(root);
            self.visits = self.visits.saturating_add(levels.all() / NODES_COPIED_PER_VISIT);
            Searched { json: root.to_json(), levels }
        });
        self.visits = self.visits.saturating_add(visits(target, &document.levels));
        if self.visits > most {
            return Err(format!(
                "finding `{target}` in this document takes too long, at most {most} nodes are visited"
            ));
        }
        let mut found: Vec<Vec<Step>> = Vec::new();
        for location in path.query_located(&document.json).locations() {
            found.push(location.iter().map(step).collect());
        }
        found.sort();
        found.dedup();
        Ok(found.iter().map(|steps| steps.iter().fold(String::new(), |at, step| step.below(&at))).collect())
    }
}

/// A step of a normalized path. Indices sort as numbers.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Index(usize),
    Name(String),
}

impl Step {
    fn below(&self, parent: &str) -> String {
        match self {
            Self::Index(index) => pointer::join(parent, index.to_string()),
            Self::Name(name) => pointer::join(parent, name),
        }
    }
}

fn step(element: &serde_json_path::PathElement<'_>) -> Step {
    match element {
        serde_json_path::PathElement::Name(name) => Step::Name((*name).to_owned()),
        serde_json_path::PathElement::Index(index) => Step::Index(*index),
    }
}

/// Refuses targets whose parsing or search could take too long.
fn guard(target: &str) -> Result<(), String> {
    if target.len() > TARGET_BYTES {
        return Err(format!("a target has at most {TARGET_BYTES} characters"));
    }
    let mut depth = 0_usize;
    let mut deepest = 0;
    let mut quote = None;
    for char in target.chars() {
        match (quote, char) {
            (None, '\'' | '"') => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            (None, '(' | '[' | '!') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if deepest > TARGET_DEPTH {
        return Err(format!("a target nests brackets at most {TARGET_DEPTH} deep"));
    }
    if target.matches("..").count() > TARGET_DESCENDANTS {
        return Err(format!("a target has at most {TARGET_DESCENDANTS} descendant steps (`..`)"));
    }
    Ok(())
}

/// The number of nodes within each number of levels below the root; the index is the number of
/// levels.
#[derive(Debug)]
struct Levels(Vec<u64>);

impl Levels {
    fn of(root: &Node) -> Self {
        let mut levels: Vec<u64> = Vec::new();
        let mut open = vec![(root, 0)];
        while let Some((node, level)) = open.pop() {
            match levels.get_mut(level) {
                Some(count) => *count += 1,
                None => levels.resize(level + 1, 1),
            }
            open.extend(node.children().map(|child| (child, level + 1)));
        }
        let mut sum = 0;
        for count in &mut levels {
            sum += *count;
            *count = sum;
        }
        Self(levels)
    }

    fn all(&self) -> u64 {
        self.0.last().copied().unwrap_or_default()
    }

    fn within(&self, level: usize) -> u64 {
        self.0.get(level).copied().unwrap_or_else(|| self.all())
    }

    fn deepest(&self) -> u64 {
        self.0.len() as u64
    }
}

/// An upper bound for the number of nodes that a search visits.
///
/// Without a descendant step, these are the nodes within as many levels as the target has steps.
/// They count once, once more for each relative query of a filter, and once for each node if a
/// filter begins at the root. A descendant step visits all nodes; a second one visits all nodes at
/// each level.
fn visits(target: &str, levels: &Levels) -> u64 {
    let filter = target.find('?').and_then(|at| target.get(at..)).unwrap_or_default();
    let from_root = filter.matches('$').count();
    let descending = target.matches("..").count();
    if descending == 0 {
        let nodes = levels.within(target.matches(['.', '[']).count());
        let relative = 1 + filter.matches('@').count() as u64;
        return (0..from_root).fold(nodes.saturating_mul(relative), |visits, _| visits.saturating_mul(nodes));
    }
    let nodes = levels.all();
    let in_filter = filter.matches("..").count();
    let outside = if descending > in_filter + 1 { nodes.saturating_mul(levels.deepest()) } else { nodes };
    let again = if from_root > 0 { nodes } else { levels.deepest() };
    let filters = in_filter.max(usize::from(from_root > 0));
    (0..filters).fold(outside, |visits, _| visits.saturating_mul(again))
}

/// The pointer of a path with only names and positions: `$.paths['/pets'].get.parameters[0]`.
fn plain(target: &str) -> Option<String> {
    let mut rest = target.strip_prefix('$')?;
    let mut found = String::new();
    while !rest.is_empty() {
        let (key, after) = segment(rest)?;
        found = pointer::join(&found, key);
        rest = after;
    }
    Some(found)
}

fn segment(rest: &str) -> Option<(&str, &str)> {
    if let Some(name) = rest.strip_prefix('.') {
        let end = name.find(|char: char| !(char.is_alphanumeric() || char == '_')).unwrap_or(name.len());
        let key = name.get(..end)?;
        let named = key.starts_with(|first: char| first.is_alphabetic() || first == '_');
        return named.then_some((key, name.get(end..)?));
    }
    let inner = rest.strip_prefix('[')?;
    let quote = inner.chars().next()?;
    if matches!(quote, '\'' | '"') {
        let (key, after) = inner.get(1..)?.split_once(quote)?;
        return (!key.contains('\\')).then_some((key, after.strip_prefix(']')?));
    }
    // A number can only name a member of an array. An object with that key must not match.
    None
}

#[cfg(test)]
mod tests {
    use super::{Levels, visits};
    use crate::document::{Node, Span, Value};

    #[test]
    fn a_target_counts_as_many_levels_as_it_has_steps() {
        let levels = Levels(vec![1, 10, 100, 1_000, 1_000_000]);
        for (target, expected) in [
            ("$.*.a", 100),
            ("$.paths[*].get", 1_000),
            ("$[?@.a].b", 1_000 * 2),
            ("$[?@.a == $.a]", 1_000 * 1_000 * 2),
            ("$..a", 1_000_000),
            ("$..a..b", 5_000_000),
            ("$..[?@..a]", 5_000_000),
            ("$.*[?count($..*) > 1]", 1_000_000_000_000),
        ] {
            assert_eq!(visits(target, &levels), expected, "{target}");
        }
    }

    #[test]
    fn levels_also_count_the_nodes_above_them() {
        let leaf = || Node::new(Value::Bool(true), Span::default());
        let list = |items| Node::new(Value::Array(items), Span::default());
        let levels = Levels::of(&list(vec![leaf(), list(vec![leaf(), leaf()])]));
        assert_eq!(levels.0, [1, 3, 5]);
    }
}
