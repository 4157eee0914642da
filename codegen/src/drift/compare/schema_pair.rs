//! The pairs of schemas to compare, and the operations that lead to each.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use crate::drift::model::{ChangeSite, Identity, Schema};
use crate::drift::rules::SchemaRole;

/// An old schema and the new one in its place.
#[derive(Clone, Debug)]
pub(super) struct SchemaPair<'d> {
    pub(super) id: usize,
    pub(super) old: Schema<'d>,
    pub(super) new: Schema<'d>,
    pub(super) context: Context,
    /// The root of the value, such as `the request body`.
    root: Rc<str>,
    /// The path from the root, such as `items/name`; empty at the root.
    path: Rc<str>,
}

/// The context that decides which rules apply to a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Context {
    pub(super) role: SchemaRole,
    /// Whether values do not travel in this direction: read-only in a request, write-only in a
    /// response.
    pub(super) muted: bool,
    pub(super) writing: Writing,
    /// Whether the whole accepts what the pair refuses, as below `not`.
    pub(super) negated: bool,
}

/// How values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Writing {
    /// With their types, as in JSON.
    Typed,
    /// All scalars as text.
    Text,
    /// As XML, which writes all scalars as text.
    Xml,
}

impl Context {
    /// The context of a value in a role.
    pub(super) fn new(role: SchemaRole, writing: Writing) -> Self {
        Self { role, muted: false, writing, negated: false }
    }
}

/// Identifies a pair: the two schemas and their context.
type Key = (Identity, Identity, Context);

/// Where the old and the new document use a pair of schemas, as pointers.
type Use = (Rc<str>, Rc<str>);

/// All pairs found so far.
#[derive(Debug, Default)]
pub(super) struct SchemaPairs<'d> {
    /// Only for lookups: iteration order would not be stable.
    index: HashMap<Key, usize>,
    queue: VecDeque<SchemaPair<'d>>,
    /// For each pair, the pairs directly below it.
    edges: Vec<Vec<usize>>,
    /// For each pair, the operations that hold it directly.
    roots: Vec<Vec<usize>>,
    /// For each pair, where both documents use the schemas, as pointers.
    uses: Vec<Vec<Use>>,
    /// The nodes of the old document that were compared.
    pub(super) old_seen: BTreeSet<usize>,
    /// The nodes of the new document that were compared.
    pub(super) new_seen: BTreeSet<usize>,
}

impl<'d> SchemaPairs<'d> {
    pub(super) fn next(&mut self) -> Option<SchemaPair<'d>> {
        self.queue.pop_front()
    }

    fn enter(&mut self, old: Schema<'d>, new: Schema<'d>, context: Context, root: &Rc<str>, path: Rc<str>) -> usize {
        let key = (old.identity(), new.identity(), context);
        let place = (old.here.pointer.clone(), new.here.pointer.clone());
        if let Some(id) = self.index.get(&key) {
            if let Some(uses) = self.uses.get_mut(*id) {
                uses.push(place);
            }
            return *id;
        }
        let id = self.edges.len();
        self.old_seen.extend(old.identities());
        self.new_seen.extend(new.identities());
        self.index.insert(key, id);
        self.uses.push(vec![place]);
        self.edges.push(Vec::new());
        self.roots.push(Vec::new());
        self.queue.push_back(SchemaPair { id, old, new, context, root: root.clone(), path });
        id
    }

    /// Queues the schemas of a body, parameter or header of an operation.
    pub(super) fn enter_root(
        &mut self,
        operation: usize,
        old: Schema<'d>,
        new: Schema<'d>,
        context: Context,
        (root, path): (&str, &str),
    ) {
        let id = self.enter(old, new, context, &root.into(), path.into());
        if let Some(roots) = self.roots.get_mut(id)
            && roots.last() != Some(&operation)
        {
            roots.push(operation);
        }
    }

    /// Queues schemas that another pair holds.
    pub(super) fn enter_below(
        &mut self,
        pair: &SchemaPair<'d>,
        old: Schema<'d>,
        new: Schema<'d>,
        context: Context,
        step: &str,
    ) {
        let path: Rc<str> = match (&*pair.path, step) {
            (_, "") => pair.path.clone(),
            ("", step) => step.into(),
            (path, step) => format!("{path}/{step}").into(),
        };
        let id = self.enter(old, new, context, &pair.root, path);
        if let Some(edges) = self.edges.get_mut(pair.id)
            && !edges.contains(&id)
        {
            edges.push(id);
        }
    }

    /// For each pair, where the documents use it, each place once.
    pub(super) fn uses(&mut self) -> Vec<Arc<[(String, String)]>> {
        let owned = |uses: Vec<Use>| -> Arc<[(String, String)]> {
            let unique: BTreeSet<Use> = uses.into_iter().collect();
            unique.into_iter().map(|(old, new)| (old.to_string(), new.to_string())).collect()
        };
        std::mem::take(&mut self.uses).into_iter().map(owned).collect()
    }

    /// For each pair, all operations that lead to it, in order.
    pub(super) fn reached(&self) -> Vec<Vec<usize>> {
        let words = self.roots.iter().flatten().max().map_or(0, |most| most / 64 + 1);
        let mut bits: Vec<Vec<u64>> = vec![vec![0; words]; self.edges.len()];
        let mut work: VecDeque<usize> = VecDeque::new();
        for (pair, operations) in self.roots.iter().enumerate() {
            for operation in operations {
                if let Some(word) = bits.get_mut(pair).and_then(|bits| bits.get_mut(operation / 64)) {
                    *word |= 1 << (operation % 64);
                }
            }
            if !operations.is_empty() {
                work.push_back(pair);
            }
        }
        while let Some(pair) = work.pop_front() {
            let Some(from) = bits.get(pair).cloned() else { continue };
            for below in self.edges.get(pair).into_iter().flatten() {
                let Some(into) = bits.get_mut(*below) else { continue };
                let grows = into.iter().zip(&from).any(|(into, from)| into | from != *into);
                if grows {
                    into.iter_mut().zip(&from).for_each(|(into, from)| *into |= from);
                    work.push_back(*below);
                }
            }
        }
        bits.iter().map(|bits| set_bits(bits)).collect()
    }
}

fn set_bits(bits: &[u64]) -> Vec<usize> {
    let words = bits.iter().enumerate();
    words
        .flat_map(|(index, word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| index * 64 + bit))
        .collect()
}

impl SchemaPair<'_> {
    /// The schema in messages, such as ``property `name` of the request body``.
    pub(super) fn subject(&self) -> String {
        if self.path.is_empty() { self.root.to_string() } else { format!("property `{}` of {}", self.path, self.root) }
    }

    /// A property of the schema in messages, such as ``property `name/first` of the request body``.
    pub(super) fn subject_below(&self, step: &str) -> String {
        let slash = if self.path.is_empty() { "" } else { "/" };
        format!("property `{}{slash}{step}` of {}", self.path, self.root)
    }

    /// Whether the schemas are those of a whole body, parameter or header.
    pub(super) fn is_root(&self) -> bool {
        self.path.is_empty()
    }

    /// The property that the schemas describe; `None` for a member of a composition.
    pub(super) fn property(&self) -> Option<&str> {
        self.path.rsplit('/').next().filter(|step| !step.is_empty() && !step.contains('['))
    }

    /// Whether the schemas are members of `allOf`.
    pub(super) fn is_base(&self) -> bool {
        self.path.rsplit('/').next().is_some_and(|step| step.starts_with("allOf["))
    }

    pub(super) fn role(&self) -> SchemaRole {
        self.context.role
    }

    /// Where a keyword is in both documents, or the schema that lacks it.
    pub(super) fn site(&self, key: &str) -> ChangeSite {
        let (old, new) = (self.old.at(key), self.new.at(key));
        let removed = old.is_some() && new.is_none();
        let old = old.unwrap_or_else(|| self.old.body());
        let new = new.unwrap_or_else(|| self.new.body());
        if removed { ChangeSite::removed(&old, &new) } else { ChangeSite::both(&old, &new) }
    }
}
