//! A comparison at work: what it has found, and what it still has to compare.

use std::rc::Rc;

use super::change::{Change, Reach};
use super::equality::Equality;
use super::options::Options;
use super::pairs::{Context, Pair, Pairs};
use crate::document::{Document, Span};
use crate::drift::finding::{Finding, Place, fingerprint};
use crate::drift::model::{Located, Operation, Schema, Side, Spot};
use crate::drift::rules::{self, Rule, schema_rule_id};
use crate::drift::verdict::{Level, Wire};

/// A comparison at work.
pub(super) struct Comparison<'d> {
    pub(super) old: Side<'d>,
    pub(super) new: Side<'d>,
    pub(super) options: Options,
    raw: Vec<Raw>,
    pub(super) pairs: Pairs<'d>,
    /// The operations that are on both sides or on one of them.
    operations: Vec<Known>,
    pub(super) equality: Equality,
}

/// A change before its operations are known.
struct Raw {
    rule: &'static Rule,
    level: Option<Level>,
    wire: Option<Wire>,
    spot: Spot,
    message: String,
    detail: String,
    reach: Reach,
}

/// An operation that changes are reached through.
struct Known {
    label: String,
    /// Whether the old document promised nothing about it.
    unstable: bool,
}

impl<'d> Comparison<'d> {
    pub(super) fn new(old: &'d Document, new: &'d Document, options: &Options) -> Self {
        Self {
            old: Side { document: old },
            new: Side { document: new },
            options: *options,
            raw: Vec::new(),
            pairs: Pairs::default(),
            operations: Vec::new(),
            equality: Equality::default(),
        }
    }

    pub(super) fn report(&mut self, reach: Reach, change: Change) {
        self.raw.push(Raw {
            rule: rules::rule(&change.id),
            level: change.level,
            wire: change.wire,
            spot: change.spot,
            message: change.message,
            detail: change.detail,
            reach,
        });
    }

    pub(super) fn operation(&mut self, operation: &Operation<'_>) -> usize {
        self.operations.push(Known { label: operation.label(), unstable: operation.unstable() });
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
        self.pairs.enter_root(operation, old, new, context, root);
    }

    /// Queues schemas that lie below others.
    pub(super) fn compare_below(
        &mut self,
        pair: &Pair<'d>,
        old: Schema<'d>,
        new: Schema<'d>,
        context: Context,
        step: &str,
    ) {
        self.pairs.enter_below(pair, old, new, context, step);
    }

    /// Reports a change of a schema by the aspect that changed.
    pub(super) fn report_aspect(&mut self, pair: &Pair<'d>, aspect: &str, spot: Spot, detail: &str, message: String) {
        let id = schema_rule_id(pair.context.slot, aspect, pair.context.muted);
        self.report(Reach::Pair(pair.id), Change::new(id, spot, detail, message));
    }

    /// Reports a change of a schema by the id of its rule.
    pub(super) fn report_pair(&mut self, pair: &Pair<'d>, change: Change) {
        self.report(Reach::Pair(pair.id), change);
    }

    /// Whether anything found so far is an error that breaks clients.
    pub(super) fn breaks_clients(&self) -> bool {
        self.raw.iter().any(|raw| {
            raw.level.unwrap_or(raw.rule.level) == Level::Error
                && raw.wire.unwrap_or(raw.rule.wire) == Wire::BreaksClients
        })
    }

    pub(super) fn finish(mut self) -> Vec<Finding> {
        let reached = self.pairs.reached();
        let raw = std::mem::take(&mut self.raw);
        let mut findings: Vec<Finding> = raw.into_iter().map(|raw| self.finding(raw, &reached)).collect();
        findings.sort_by(|left, right| order(left).cmp(&order(right)));
        findings.dedup_by(|right, left| {
            let same = order(left) == order(right);
            if same {
                merge(&mut left.operations, &right.operations);
            }
            same
        });
        findings
    }

    fn finding(&self, raw: Raw, reached: &[Vec<usize>]) -> Finding {
        let indices = match &raw.reach {
            Reach::Nowhere => &[],
            Reach::Operation(index) => std::slice::from_ref(index),
            Reach::Pair(pair) => reached.get(*pair).map(Vec::as_slice).unwrap_or_default(),
        };
        let known: Vec<&Known> = indices.iter().filter_map(|index| self.operations.get(*index)).collect();
        let operations: Vec<String> = known.iter().map(|known| known.label.clone()).collect();
        let level = raw.level.unwrap_or(raw.rule.level);
        // What was promised to nobody breaks nobody; that the promise itself shrinks is told as it is.
        let free = !known.is_empty() && known.iter().all(|known| known.unstable) && !raw.rule.id.contains("stability");
        let (old, new) = (place(self.old, &raw.spot.old), place(self.new, &raw.spot.new));
        let pointer = if raw.spot.gone { old.pointer.clone() } else { new.pointer.clone() };
        Finding {
            level: if free { Level::Info } else { level },
            wire: raw.wire.unwrap_or(raw.rule.wire),
            rust: raw.rule.rust,
            operation: operations.first().cloned(),
            fingerprint: fingerprint(&[&raw.rule.id, &pointer, &raw.detail]),
            rule: raw.rule,
            operations,
            pointer,
            message: raw.message,
            old,
            new,
        }
    }
}

type Order<'f> = (std::cmp::Reverse<Level>, &'f str, &'f str, &'f Place, &'f Place, &'f str, &'f str);

fn order(finding: &Finding) -> Order<'_> {
    let level = std::cmp::Reverse(finding.level);
    (level, finding.id(), &finding.pointer, &finding.old, &finding.new, &finding.message, &finding.fingerprint)
}

/// One change that was met in two roles is reached through the operations of both.
fn merge(into: &mut Vec<String>, from: &[String]) {
    for operation in from {
        if !into.contains(operation) {
            into.push(operation.clone());
        }
    }
}

fn place(side: Side<'_>, (span, pointer): &(Span, Rc<str>)) -> Place {
    let sources = &side.document.sources;
    let (line, column) = sources.line_column(*span);
    Place { file: sources.path(*span).to_owned(), line, column, pointer: pointer.to_string() }
}
