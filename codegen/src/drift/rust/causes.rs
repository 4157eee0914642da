//! Decides which of several findings about an item is the cause of its change.

use std::collections::BTreeMap;

use super::RustChanges;
use super::verdict::Concern;
use crate::drift::finding::Finding;
use crate::drift::verdict::RustVerdict;

/// For each changed item, the most severe verdict that the rules of the findings about it expect.
#[derive(Debug)]
pub(super) struct Causes<'c>(BTreeMap<&'c str, RustVerdict>);

impl<'c> Causes<'c> {
    pub(super) fn new(changes: &'c RustChanges, findings: &[Finding], concerns: &[Concern]) -> Self {
        let mut expected: BTreeMap<&str, RustVerdict> = BTreeMap::new();
        for (finding, concern) in findings.iter().zip(concerns) {
            for (key, _) in concern.keys.iter().flat_map(|key| changes.below(key)) {
                let known = expected.entry(key).or_default();
                *known = finding.rule.rust.max(*known);
            }
        }
        Self(expected)
    }

    /// What a finding concerns without the items whose change another finding explains better: a
    /// deprecated property does not get another type by that.
    pub(super) fn own(&self, changes: &RustChanges, finding: &Finding, concern: &Concern) -> Concern {
        let expected = finding.rule.rust;
        let is_own = |(key, verdict): &(&str, RustVerdict)| {
            *verdict <= expected || self.0.get(key).is_none_or(|other| other < verdict)
        };
        let (mut keys, mut worst, mut any) = (Vec::new(), RustVerdict::None, false);
        for (key, verdict) in concern.keys.iter().flat_map(|key| changes.below(key)) {
            any = true;
            if is_own(&(key, verdict)) {
                worst = worst.max(verdict);
                keys.push(key.to_owned());
            }
        }
        let verdict = if any { worst } else { concern.verdict };
        Concern { keys, verdict }
    }
}
