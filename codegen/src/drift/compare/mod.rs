//! Turns two documents into the changes between them.
//!
//! The rule it keeps: documents that mean the same give nothing, however they are written; each pair of schemas is compared once
//! for each place it stands in, so that the work grows with the documents and not with the ways through them.

mod bodies;
mod document;
mod equality;
mod lifecycle;
mod operations;
mod pairs;
mod parameters;
mod responses;
mod schema;
mod security;

use std::rc::Rc;

use equality::Equality;
/// A calendar day, for deprecations.
pub use jiff::civil::Date;
use pairs::Pairs;

use super::finding::{Finding, Level, Place, Wire, fingerprint};
use super::model::{Operation, Side, Spot};
use super::rules::{self, Rule};
use crate::document::{Document, Span};

/// What a comparison needs to know beside the documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The day on which sunset dates are validated; without it they are not.
    pub today: Option<Date>,
    /// Days that must lie between a deprecation and its sunset; 0: a sunset is not asked for.
    pub sunset_days: u32,
    /// Whether `info.version` has to say what changed.
    pub check_version: bool,
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

/// Through which operations a change is reached.
#[derive(Clone, Copy, Debug)]
enum Reach {
    Nowhere,
    Operation(usize),
    Pair(usize),
}

/// An operation that changes are reached through.
struct Known {
    label: String,
    /// Whether the old document promised nothing about it.
    unstable: bool,
}

/// A comparison at work.
struct Comparison<'d> {
    old: Side<'d>,
    new: Side<'d>,
    options: Options,
    raw: Vec<Raw>,
    pairs: Pairs<'d>,
    /// The operations that are on both sides or on one of them.
    operations: Vec<Known>,
    equality: Equality,
}

/// A change that is being described.
struct Change {
    id: String,
    spot: Spot,
    detail: String,
    message: String,
    level: Option<Level>,
    wire: Option<Wire>,
}

impl Change {
    fn new(id: impl Into<String>, spot: Spot, detail: impl Into<String>, message: impl Into<String>) -> Self {
        let (detail, message) = (detail.into(), message.into());
        Self { id: id.into(), spot, detail, message, level: None, wire: None }
    }

    /// Breaks clients, whatever the rule says.
    fn breaking(mut self) -> Self {
        self.level = Some(Level::Error);
        self.wire = Some(Wire::BreaksClients);
        self
    }
}

impl Comparison<'_> {
    fn report(&mut self, reach: Reach, change: Change) {
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

    fn operation(&mut self, operation: &Operation<'_>) -> usize {
        self.operations.push(Known { label: operation.label(), unstable: lifecycle::unstable(&operation.at) });
        self.operations.len() - 1
    }
}

/// All changes from one document to another, gravest first.
#[must_use]
pub fn compare(old: &Document, new: &Document, options: &Options) -> Vec<Finding> {
    let mut comparison = Comparison {
        old: Side { document: old },
        new: Side { document: new },
        options: *options,
        raw: Vec::new(),
        pairs: Pairs::default(),
        operations: Vec::new(),
        equality: Equality::default(),
    };
    document::compare_info(&mut comparison);
    document::compare_servers(&mut comparison);
    security::compare_document(&mut comparison);
    operations::compare_paths(&mut comparison);
    document::compare_webhooks(&mut comparison);
    schema::compare_queued(&mut comparison);
    document::compare_components(&mut comparison);
    document::check_version(&mut comparison);
    comparison.finish()
}

impl Comparison<'_> {
    fn finish(mut self) -> Vec<Finding> {
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
