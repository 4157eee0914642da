//! Groups findings for people: breaks first, and one entry for the same change in many operations.

use std::collections::{BTreeMap, BTreeSet};

use crate::drift::{Bump, Finding, Level, Wire};

/// The sections of a report, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    /// It breaks Rust code, or is an error that breaks clients.
    Breaking,
    /// A warning that breaks some clients.
    MayBreak,
    Added,
    Other,
}

impl Section {
    pub(super) const ALL: [Self; 4] = [Self::Breaking, Self::MayBreak, Self::Added, Self::Other];

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking changes",
            Self::MayBreak => "Changes that may break clients",
            Self::Added => "Additions",
            Self::Other => "Other changes",
        }
    }

    /// The name in links and attributes.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::MayBreak => "may-break",
            Self::Added => "added",
            Self::Other => "other",
        }
    }

    fn of(finding: &Finding) -> Self {
        match Bump::of_one(finding) {
            Bump::Major => Self::Breaking,
            _ if finding.wire == Wire::BreaksClients && finding.level >= Level::Warning => Self::MayBreak,
            Bump::Minor => Self::Added,
            _ => Self::Other,
        }
    }
}

/// One change, and all findings that it causes.
#[derive(Debug)]
pub(super) struct Cause<'f> {
    pub(super) first: &'f Finding,
    pub(super) section: Section,
    /// The number of findings, which differ only in the operation.
    pub(super) findings: usize,
    /// The affected operations, in order, each once.
    pub(super) operations: Vec<&'f str>,
}

impl Cause<'_> {
    /// The change as a sentence that is understandable alone.
    pub(super) fn sentence(&self) -> String {
        let message = &self.first.message;
        let named = names_operation(self.first);
        match self.operations.as_slice() {
            [] => message.clone(),
            [_] if named => message.clone(),
            [one] => format!("{message} in `{one}`"),
            [_, more @ ..] if named => {
                let noun = if more.len() == 1 { "operation" } else { "operations" };
                format!("{message}; the same in {} more {noun}", more.len())
            }
            [one, other] => format!("{message} in `{one}` and `{other}`"),
            all => format!("{message} in {} operations", all.len()),
        }
    }

    /// Whether the sentence leaves out operations.
    pub(super) fn is_shortened(&self) -> bool {
        self.operations.len() > if names_operation(self.first) { 1 } else { 2 }
    }
}

/// A single finding as a sentence that is understandable alone.
pub(super) fn sentence(finding: &Finding) -> String {
    let operations = finding.operations.iter().map(String::as_str).collect();
    Cause { first: finding, section: Section::of(finding), findings: 1, operations }.sentence()
}

/// The causes of findings, by section and then in the order of the findings.
pub(super) fn causes(findings: &[Finding]) -> Vec<Cause<'_>> {
    let mut index: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    let mut causes: Vec<Cause<'_>> = Vec::new();
    let mut seen: Vec<BTreeSet<&str>> = Vec::new();
    for finding in findings {
        let position = *index.entry(key(finding)).or_insert(causes.len());
        if position == causes.len() {
            let section = Section::of(finding);
            causes.push(Cause { first: finding, section, findings: 0, operations: Vec::new() });
            seen.push(BTreeSet::new());
        }
        if let (Some(cause), Some(seen)) = (causes.get_mut(position), seen.get_mut(position)) {
            cause.findings += 1;
            let operations = finding.operations.iter().map(String::as_str);
            cause.operations.extend(operations.filter(|operation| seen.insert(operation)));
        }
    }
    causes.sort_by_key(|cause| (cause.section, std::cmp::Reverse(cause.first.level)));
    causes
}

/// Findings with equal keys have one cause: only the operation differs, or nothing does.
type Key<'f> = (Section, Level, &'f str, String, [&'f str; 2]);

fn key(finding: &Finding) -> Key<'_> {
    let section = Section::of(finding);
    if names_operation(finding) {
        let label = finding.operation.as_deref().unwrap_or_default();
        let message = finding.message.replacen(&format!("`{label}`"), "``", 1);
        return (section, finding.level, finding.id(), message, [finding.rust.as_str(), finding.wire.as_str()]);
    }
    let sites = [finding.old.pointer.as_str(), finding.new.pointer.as_str()];
    (section, finding.level, finding.id(), finding.message.clone(), sites)
}

/// Whether the message names its only operation.
fn names_operation(finding: &Finding) -> bool {
    let [operation] = finding.operations.as_slice() else { return false };
    finding.message.contains(&format!("`{operation}`"))
}
