//! The state of a comparison: what it has found, and what is still to be compared.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::change::{Change, Reach};
use super::equality::Equality;
use super::options::Options;
use super::schema_pair::{Context, SchemaPair, SchemaPairs};
use crate::document::{Document, Span};
use crate::drift::finding::{Finding, Location, Uses, fingerprint};
use crate::drift::model::{ChangeSite, Located, Operation, Revision, Schema, Subtypes};
use crate::drift::rules::{self, Rule, schema_rule_id};
use crate::drift::verdict::{Level, Wire};

/// The state of a comparison.
pub(super) struct Comparison<'d> {
    pub(super) old: Revision<'d>,
    pub(super) new: Revision<'d>,
    pub(super) options: Options,
    raw: Vec<RawFinding>,
    pub(super) pairs: SchemaPairs<'d>,
    /// The operations of either document.
    operations: Vec<ReachedOperation>,
    pub(super) equality: Equality,
    /// How operations of both documents get their security requirements.
    pub(super) inheritance: Inheritance,
    /// The schemas that extend others, in the old document and in the new one.
    subtypes: [Subtypes<'d>; 2],
    /// The old names of the security schemes that the new document only renamed, by their new ones.
    pub(super) old_schemes: BTreeMap<&'d str, &'d str>,
}

/// Counts the matched operations by where their security requirements come from.
#[derive(Default)]
pub(super) struct Inheritance {
    /// Operations that inherit the requirements in both documents.
    pub(super) inherited: usize,
    /// Operations with requirements of their own in either document.
    pub(super) own: usize,
}

/// A change before the operations that it affects are known.
struct RawFinding {
    rule: &'static Rule,
    level: Option<Level>,
    wire: Option<Wire>,
    site: ChangeSite,
    message: String,
    detail: String,
    reach: Reach,
}

/// An operation that changes can affect.
struct ReachedOperation {
    label: String,
    /// Whether the old document marks the operation as unstable.
    unstable: bool,
}

impl<'d> Comparison<'d> {
    pub(super) fn new(old: &'d Document, new: &'d Document, options: &Options) -> Self {
        let (old, new) = (Revision { document: old }, Revision { document: new });
        Self {
            old,
            new,
            subtypes: [old, new].map(Subtypes::new),
            options: *options,
            raw: Vec::new(),
            pairs: SchemaPairs::default(),
            operations: Vec::new(),
            equality: Equality::default(),
            inheritance: Inheritance::default(),
            old_schemes: BTreeMap::new(),
        }
    }

    pub(super) fn report(&mut self, reach: Reach, change: Change) {
        self.raw.push(RawFinding {
            rule: rules::rule(&change.id),
            level: change.level,
            wire: change.wire,
            site: change.site,
            message: change.message,
            detail: change.detail,
            reach,
        });
    }

    /// Registers an operation and returns its index.
    pub(super) fn operation(&mut self, operation: &Operation<'_>) -> usize {
        self.operations.push(ReachedOperation { label: operation.label(), unstable: operation.unstable() });
        self.operations.len() - 1
    }

    /// Queues the schemas of a body, parameter or header.
    pub(super) fn compare_root(
        &mut self,
        operation: usize,
        old: Located<'d>,
        new: Located<'d>,
        context: Context,
        root: &str,
    ) {
        let (old, new) = (Schema::new(self.old, old), Schema::new(self.new, new));
        for (name, old, new) in self.subtypes_of_both(&old, &new) {
            let context = Context { role: context.role.property(), ..context };
            self.pairs.enter_root(operation, old, new, context, (root, &of_subtype(name)));
        }
        self.pairs.enter_root(operation, old, new, context, (root, ""));
    }

    /// Queues two schemas that the schemas of a pair hold.
    pub(super) fn compare_below(
        &mut self,
        pair: &SchemaPair<'d>,
        old: Schema<'d>,
        new: Schema<'d>,
        context: Context,
        step: &str,
    ) {
        // A base is part of each schema that extends it, and stands for none of them.
        let subtypes = if step.starts_with("allOf[") { Vec::new() } else { self.subtypes_of_both(&old, &new) };
        for (name, old, new) in subtypes {
            let context = Context { role: context.role.property(), ..context };
            let step = [step, &of_subtype(name)].join("/");
            self.pairs.enter_below(pair, old, new, context, step.trim_start_matches('/'));
        }
        self.pairs.enter_below(pair, old, new, context, step);
    }

    /// The schemas that extend both of these, if they have discriminators.
    fn subtypes_of_both(&self, old: &Schema<'d>, new: &Schema<'d>) -> Vec<(&'d str, Schema<'d>, Schema<'d>)> {
        let [before, after] = &self.subtypes;
        let mut others = after.of(new);
        if others.is_empty() {
            return Vec::new();
        }
        let both = before.of(old).into_iter().filter_map(|(name, at)| Some((name, at, others.remove(name)?)));
        both.map(|(name, old, new)| (name, Schema::new(self.old, old), Schema::new(self.new, new))).collect()
    }

    /// The schemas that extend those of a pair, in the old and in the new document. A base stands for
    /// none of them.
    pub(super) fn subtypes(&self, pair: &SchemaPair<'d>) -> [BTreeMap<&'d str, Located<'d>>; 2] {
        if pair.is_base() {
            return Default::default();
        }
        let [before, after] = &self.subtypes;
        [before.of(&pair.old), after.of(&pair.new)]
    }

    /// Reports a change of a schema, named by its aspect.
    pub(super) fn report_aspect(
        &mut self,
        pair: &SchemaPair<'d>,
        aspect: &str,
        site: ChangeSite,
        detail: &str,
        message: String,
    ) {
        let id = schema_rule_id(pair.context.role, aspect, pair.context.muted);
        self.report_pair(pair, Change::new(id, site, detail, message));
    }

    /// Reports a change of a schema, named by the id of its rule.
    pub(super) fn report_pair(&mut self, pair: &SchemaPair<'d>, change: Change) {
        let change = if pair.context.negated { change.negated() } else { change };
        self.report(Reach::Schema(pair.id), change);
    }

    /// Whether anything found so far is an error that breaks clients.
    pub(super) fn breaks_clients(&self) -> bool {
        self.raw.iter().any(|raw| {
            raw.level.unwrap_or(raw.rule.level) == Level::Error
                && raw.wire.unwrap_or(raw.rule.wire) == Wire::BreaksClients
        })
    }

    /// All findings, sorted, each once.
    pub(super) fn finish(mut self) -> Vec<Finding> {
        let (reached, uses) = (self.pairs.reached(), self.pairs.uses());
        let raw = std::mem::take(&mut self.raw);
        let mut findings: Vec<Finding> = raw.into_iter().map(|raw| self.finding(raw, &reached, &uses)).collect();
        findings.sort_by(|left, right| order(left).cmp(&order(right)));
        united(findings)
    }

    fn finding(&self, raw: RawFinding, reached: &[Vec<usize>], uses: &[Uses]) -> Finding {
        let indices = match &raw.reach {
            Reach::Document => &[],
            Reach::Operation(index) => std::slice::from_ref(index),
            Reach::Schema(pair) => reached.get(*pair).map(Vec::as_slice).unwrap_or_default(),
        };
        let uses = match &raw.reach {
            Reach::Schema(pair) => uses.get(*pair).cloned(),
            _ => None,
        };
        let known: Vec<&ReachedOperation> = indices.iter().filter_map(|index| self.operations.get(*index)).collect();
        let operations: Vec<String> = known.iter().map(|known| known.label.clone()).collect();
        let level = raw.level.unwrap_or(raw.rule.level);
        // Unstable operations promise nothing, so changes that affect only them are informational,
        // except changes of the stability level itself.
        let informational =
            !known.is_empty() && known.iter().all(|known| known.unstable) && !raw.rule.id.contains("stability");
        let (old, new) = (location(self.old, &raw.site.old), location(self.new, &raw.site.new));
        let pointer = if raw.site.removed { old.pointer.clone() } else { new.pointer.clone() };
        Finding {
            level: if informational { Level::Info } else { level },
            wire: raw.wire.unwrap_or(raw.rule.wire),
            rust: raw.rule.rust,
            operation: operations.first().cloned(),
            fingerprint: fingerprint(&[&raw.rule.id, &pointer, &raw.detail]),
            rule: raw.rule,
            operations,
            uses: uses.unwrap_or_default(),
            migration: Vec::new(),
            pointer,
            message: raw.message,
            old,
            new,
        }
    }
}

type Order<'f> = (std::cmp::Reverse<Level>, &'f str, &'f str, &'f Location, &'f Location, &'f str, &'f str);

fn order(finding: &Finding) -> Order<'_> {
    let level = std::cmp::Reverse(finding.level);
    (level, finding.id(), &finding.pointer, &finding.old, &finding.new, &finding.message, &finding.fingerprint)
}

/// The findings, each change of an element once, with all operations that it affects. The message
/// names the first of the places that lead to the element.
fn united(findings: Vec<Finding>) -> Vec<Finding> {
    let mut united: Vec<Finding> = Vec::with_capacity(findings.len());
    // The findings at one pointer follow each other.
    let mut begin = 0;
    for finding in findings {
        if united.get(begin).is_none_or(|first| cause(first) != cause(&finding)) {
            begin = united.len();
        }
        let known = united.iter_mut().skip(begin).find(|known| known.fingerprint == finding.fingerprint);
        match known {
            Some(known) => {
                merge(&mut known.operations, &finding.operations);
                known.uses = known.uses.iter().chain(finding.uses.iter()).cloned().collect();
            }
            None => united.push(finding),
        }
    }
    united
}

/// What the findings of one change have in common, apart from the fingerprint.
fn cause(finding: &Finding) -> (Level, &str, &str, &Location, &Location) {
    (finding.level, finding.id(), &finding.pointer, &finding.old, &finding.new)
}

/// Adds operations that are not listed yet.
fn merge(into: &mut Vec<String>, from: &[String]) {
    for operation in from {
        if !into.contains(operation) {
            into.push(operation.clone());
        }
    }
}

fn location(revision: Revision<'_>, (span, pointer): &(Span, Rc<str>)) -> Location {
    let sources = &revision.document.sources;
    let (line, column) = sources.line_column(*span);
    Location { file: sources.path(*span).to_owned(), line, column, pointer: pointer.to_string() }
}

/// The step from a parent to a schema that extends it.
fn of_subtype(name: &str) -> String {
    format!("discriminator[{name}]")
}
