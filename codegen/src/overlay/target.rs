//! Finds the nodes that the target of an action matches.

use serde_json_path::JsonPath;

use crate::document::{Node, pointer};

/// Longer expressions are refused.
const LONGEST: usize = 4096;
/// The deepest nesting of brackets; the parser tries alternatives at each level.
const DEEPEST: usize = 8;
/// Each `..` multiplies the work by the depth of the document.
const MOST_DESCENDANTS: usize = 2;

/// The document as JSON, which is made when a target needs it and kept until the document changes.
#[derive(Debug, Default)]
pub(super) struct View {
    json: Option<serde_json::Value>,
    /// The nodes that were visited so far.
    visits: u64,
}

impl View {
    /// The document has changed.
    pub fn forget(&mut self) {
        self.json = None;
    }

    /// The pointers of all nodes that a JSONPath matches, each once; those within an array in
    /// order.
    pub fn find(&mut self, root: &Node, target: &str, most: u64) -> Result<Vec<String>, String> {
        if let Some(pointer) = plain(target) {
            return Ok(root.pointer(&pointer).map(|_| pointer).into_iter().collect());
        }
        guard(target)?;
        let path = JsonPath::parse(target).map_err(|error| {
            let rest: String = target.chars().skip(error.position()).take(20).collect();
            format!("`{target}` is not a JSONPath: parsing stops at `{rest}`")
        })?;
        self.visits = self.visits.saturating_add(visits(target, root));
        if self.visits > most {
            return Err(format!(
                "finding `{target}` in this document takes too long, at most {most} nodes are visited"
            ));
        }
        let json = self.json.get_or_insert_with(|| root.to_json());
        let mut found: Vec<Vec<Step>> = Vec::new();
        for location in path.query_located(json).locations() {
            found.push(location.iter().map(step).collect());
        }
        found.sort();
        found.dedup();
        Ok(found.iter().map(|steps| steps.iter().fold(String::new(), |at, step| step.below(&at))).collect())
    }
}

/// A step of a normalized path; indices sort as numbers.
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

/// Refuses targets for which parser or search could take too long.
fn guard(target: &str) -> Result<(), String> {
    if target.len() > LONGEST {
        return Err(format!("a target has at most {LONGEST} characters"));
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
    if deepest > DEEPEST {
        return Err(format!("a target nests brackets at most {DEEPEST} deep"));
    }
    if target.matches("..").count() > MOST_DESCENDANTS {
        return Err(format!("a target has at most {MOST_DESCENDANTS} descendant steps (`..`)"));
    }
    Ok(())
}

/// An upper bound for the nodes that a search visits: all for a descendant step, at each of its levels
/// for a second one, and for each node again if a filter has the step and begins at the root.
fn visits(target: &str, root: &Node) -> u64 {
    let nodes = root.size() as u64;
    let steps = target.matches("..").count();
    let filter = target.find('?').and_then(|at| target.get(at..)).unwrap_or_default();
    let in_filter = filter.matches("..").count();
    let levels = root.depth() as u64;
    let outside = if steps > in_filter + 1 { nodes.saturating_mul(levels) } else { nodes };
    let again = if filter.contains('$') { nodes } else { levels };
    (0..in_filter).fold(outside, |visits, _| visits.saturating_mul(again))
}

/// The pointer of a path that has only names and positions: `$.paths['/pets'].get.parameters[0]`.
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
    // A number only names a member of an array: an object with that key must not match.
    None
}
