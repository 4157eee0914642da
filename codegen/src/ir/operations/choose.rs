//! Chooses the operations that are generated, and gives each of them an ID.
//!
//! **Invariant:** IDs are unique, and an ID that is not in the document depends only on method and
//! path. Operations get their IDs in the order of their pointers, not in the order of the document.

use std::collections::{BTreeMap, BTreeSet};

use super::Found;
use super::stripped::{self, Taken};
use crate::config::{Candidate, ProviderConfig, Unmatched};
use crate::diagnostics::nearest;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Node, Span};
use crate::ir::naming::id_of;
use crate::openapi::operations;

/// An operation with the ID that names it.
#[derive(Debug)]
pub(in crate::ir) struct Chosen<'d> {
    pub id: String,
    pub found: &'d Found<'d>,
}

/// The operations that are generated.
#[derive(Debug)]
pub(in crate::ir) struct Choice<'d> {
    pub operations: Vec<Chosen<'d>>,
    /// Webhooks, and callbacks of chosen operations, each with its name in the document.
    pub webhooks: Vec<(&'d str, Chosen<'d>)>,
}

/// Chooses and names operations.
pub(in crate::ir) fn choose<'d>(
    document: &Document,
    config: &ProviderConfig,
    paths: &'d [Found<'d>],
    webhooks: &'d [Found<'d>],
    out: &mut Diagnostics,
) -> Choice<'d> {
    let nodes = paths.iter().chain(webhooks).map(|found| found.node);
    let tags: Vec<Vec<&str>> = nodes.map(|node| operations::tags(node).collect()).collect();
    let candidates = paths.iter().chain(webhooks).zip(&tags).map(|(found, tags)| candidate(found, tags));
    let candidates: Vec<Candidate<'_>> = candidates.collect();
    report_unmatched_selectors(document, config, &candidates, out);
    report_renames(document, config, &candidates, out);
    let (of_paths, of_webhooks) = candidates.split_at_checked(paths.len()).unwrap_or_default();
    let mut ids = Ids::new(config, paths, out);
    let is_chosen = |candidate: &Candidate<'_>| config.select.chooses(*candidate);
    let mut choice = Choice { operations: Vec::new(), webhooks: Vec::new() };
    let chosen = paths.iter().zip(of_paths).filter(|(_, candidate)| is_chosen(candidate)).map(|(found, _)| found);
    let chosen: Vec<&'d Found<'d>> = chosen.collect();
    let named = ids.claim_all(&chosen, |index| chosen.get(index).map(|found| id_of(&found.method, found.key)));
    choice.operations.extend(named.into_iter().zip(chosen).map(|(id, found)| Chosen { id, found }));
    let called = webhooks.iter().zip(of_webhooks).filter(|(_, candidate)| is_chosen(candidate)).map(|(found, _)| found);
    let called: Vec<&'d Found<'d>> = called.collect();
    let named = ids.claim_all(&called, |index| called.get(index).map(|found| found.key.to_owned()));
    choice.webhooks.extend(named.into_iter().zip(called).map(|(id, found)| (found.key, Chosen { id, found })));
    let callbacks = choice
        .operations
        .iter()
        .flat_map(|one| one.found.callbacks.iter().map(|(name, found)| (*name, format!("{}_{name}", one.id), found)));
    let callbacks: Vec<(&'d str, String, &'d Found<'d>)> = callbacks.collect();
    let found: Vec<&'d Found<'d>> = callbacks.iter().map(|(_, _, found)| *found).collect();
    let named = ids.claim_all(&found, |index| callbacks.get(index).map(|(_, made, _)| made.clone()));
    choice.webhooks.extend(named.into_iter().zip(callbacks).map(|(id, (name, _, found))| (name, Chosen { id, found })));
    if !config.operations.strip_paths {
        let found: Vec<&Found<'_>> = choice.operations.iter().map(|one| one.found).collect();
        stripped::propose(&found, out);
    }
    choice
}

fn candidate<'a>(found: &'a Found<'a>, tags: &'a [&'a str]) -> Candidate<'a> {
    Candidate { id: operation_id(found.node), method: &found.method, path: found.key, tags }
}

fn operation_id(node: &Node) -> Option<&str> {
    node.get("operationId").and_then(Node::as_str).map(str::trim).filter(|id| !id.is_empty())
}

/// The IDs that are taken.
struct Ids<'c, 'o> {
    config: &'c ProviderConfig,
    out: &'o mut Diagnostics,
    stripped: Taken,
    /// IDs in the document. An ID that is made avoids all of them.
    documented: BTreeSet<String>,
    /// Claimed IDs, each with the number that the next operation with that ID tries first.
    taken: BTreeMap<String, u32>,
}

impl<'c, 'o> Ids<'c, 'o> {
    fn new(config: &'c ProviderConfig, paths: &[Found<'_>], out: &'o mut Diagnostics) -> Self {
        let documented = paths.iter().filter_map(|found| operation_id(found.node)).map(str::to_owned).collect();
        Self { config, out, stripped: Taken::default(), documented, taken: BTreeMap::new() }
    }

    /// The IDs of operations, each at the index of its operation. `make` makes an ID for an index.
    fn claim_all(&mut self, all: &[&Found<'_>], make: impl Fn(usize) -> Option<String>) -> Vec<String> {
        let mut order: Vec<(usize, &&Found<'_>)> = all.iter().enumerate().collect();
        order.sort_by_key(|(_, found)| &found.pointer);
        let mut ids = vec![String::new(); all.len()];
        for (index, found) in order {
            let id = self.claim(found, || make(index).unwrap_or_default());
            if let Some(place) = ids.get_mut(index) {
                *place = id;
            }
        }
        ids
    }

    fn claim(&mut self, found: &Found<'_>, make: impl FnOnce() -> String) -> String {
        let own = operation_id(found.node);
        let renames = &self.config.operations.rename;
        let chosen = own.and_then(|id| renames.get(id)).or_else(|| renames.get(&*label(&found.method, found.key)));
        let own = if chosen.is_some() { own } else { own.map(|id| self.without_path(id, found)) };
        let (id, is_made) = match chosen.map(String::as_str).or(own) {
            Some(id) => (id.to_owned(), false),
            None => (make(), true),
        };
        let mut candidate = id.clone();
        let mut number = self.taken.get(&id).copied().unwrap_or(2);
        while self.taken.contains_key(&candidate) || (is_made && self.documented.contains(&candidate)) {
            candidate = format!("{id}_{number}");
            number = number.saturating_add(1);
        }
        self.taken.insert(id, number);
        self.taken.entry(candidate.clone()).or_insert(2);
        candidate
    }
}

impl Ids<'_, '_> {
    /// The ID without its path and method, if that is configured.
    fn without_path<'i>(&mut self, id: &'i str, found: &Found<'_>) -> &'i str {
        if !self.config.operations.strip_paths {
            return id;
        }
        let Some(short) = stripped::stripped(id, &found.method, found.key) else { return id };
        let span = found.node.get("operationId").map_or(found.key_span, |node| node.span);
        if self.stripped.take(short, id, span, &found.pointer, self.out) { short } else { id }
    }
}

fn label(method: &str, key: &str) -> String {
    format!("{method} {key}")
}

fn report_unmatched_selectors(
    document: &Document,
    config: &ProviderConfig,
    candidates: &[Candidate<'_>],
    out: &mut Diagnostics,
) {
    if config.unmatched == Unmatched::Ignored {
        return;
    }
    for idle in config.select.idle(candidates) {
        // A selection from the command line has no location of its own.
        let span = config.place(idle.selector, &document.sources).or_else(|| paths_of(document));
        let help = match idle.meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "correct it, or remove it if upstream no longer has the operation".to_owned(),
        };
        let message = format!("no operation has {}", idle.wanted);
        out.report(Diagnostic::new(&codes::UNMATCHED_SELECTION, span.unwrap_or_default(), message).help(help));
    }
}

/// The span of the key `paths`.
fn paths_of(document: &Document) -> Option<Span> {
    document.root.as_object().and_then(|root| root.key_span("paths"))
}

fn report_renames(document: &Document, config: &ProviderConfig, candidates: &[Candidate<'_>], out: &mut Diagnostics) {
    if config.operations.rename.is_empty() {
        return;
    }
    let mut names: BTreeSet<String> = BTreeSet::new();
    for candidate in candidates {
        names.insert(label(candidate.method, candidate.path));
        names.extend(candidate.id.map(str::to_owned));
    }
    for written in config.operations.rename.keys().filter(|written| !names.contains(&written.text)) {
        let Some(span) = config.place(written, &document.sources) else { continue };
        let name = &written.text;
        let help = match nearest(name, names.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "name an `operationId`, or a method and path such as `GET /users`".to_owned(),
        };
        let message = format!("the rename of `{name}` matches no operation of the document");
        out.report(Diagnostic::new(&codes::UNMATCHED_RENAME, span, message).help(help));
    }
}
