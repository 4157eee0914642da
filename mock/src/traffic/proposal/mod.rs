//! Kinds of violations → overlay actions with which the document would allow them.
//!
//! **Invariant:** an action is proposed only if the document, with it, still has no errors and
//! allows the exchange that violated it.

mod action;
mod infer;
mod place;

use std::collections::BTreeMap;

use specwright_codegen::document::pointer;

use self::action::actions;
use self::place::Places;
use super::checker::Checker;
use super::kind::{Side, Violations};
use super::proposed::{Proposal, overlay};
use super::tally::Traffic;
use crate::limits::{PROPOSALS, SEVERAL};

impl Traffic {
    /// The overlay actions for each kind of violation that occurred several times.
    ///
    /// Each is tried: with it, the document is read again and the first such exchange is checked
    /// again. This takes as long as starting a mock.
    pub async fn proposals(&self) -> Vec<Proposal> {
        let Ok(written) = self.original.written() else { return Vec::new() };
        let places = Places::new(&written);
        let several = self.report().violations.into_iter().filter(|one| one.count >= SEVERAL);
        // A request that the service refused as well does not show that the document is wrong.
        let several = several.filter(|one| one.side() == Side::Response || one.accepted >= SEVERAL);
        let mut proposals: Vec<(Violations, Proposal)> = Vec::new();
        for violations in several.take(PROPOSALS) {
            let Some(actions) = actions(places, &violations) else { continue };
            let sentence = sentence(&violations);
            let reason = serde_json::Value::from(sentence.as_str());
            let actions = actions.iter().map(|action| format!("{action}\n  x-reason: {reason}"));
            let actions = actions.collect::<Vec<_>>().join("\n");
            // Equal actions come from several places that refer to one schema.
            if !proposals.iter().any(|(_, known)| without_reasons(&known.actions) == without_reasons(&actions)) {
                proposals.push((violations, Proposal { sentence, actions }));
            }
        }
        self.accepted(proposals).await
    }

    /// The proposals that work: all together, or else each for itself.
    async fn accepted(&self, proposals: Vec<(Violations, Proposal)>) -> Vec<Proposal> {
        if proposals.is_empty() {
            return Vec::new();
        }
        let together: Vec<Proposal> = proposals.iter().map(|(_, proposal)| proposal.clone()).collect();
        if let Some(check) = self.with_overlay(&together) {
            let mut accepted = Vec::new();
            for (violations, proposal) in proposals {
                if is_gone(&check, &violations).await {
                    accepted.push(proposal);
                }
            }
            return accepted;
        }
        let mut accepted = Vec::new();
        for (violations, proposal) in proposals {
            let check = self.with_overlay(std::slice::from_ref(&proposal));
            if let Some(check) = check
                && is_gone(&check, &violations).await
            {
                accepted.push(proposal);
            }
        }
        accepted
    }

    fn with_overlay(&self, proposals: &[Proposal]) -> Option<Checker> {
        self.original.with_overlay(&overlay(proposals)).ok().map(Checker::new)
    }
}

/// Whether the sample of a kind is no longer of that kind.
async fn is_gone(check: &Checker, violations: &Violations) -> bool {
    let Some(sample) = &violations.sample else { return false };
    let checked = check.check(sample).await;
    let is_same = |pointer: &str| super::words::place(pointer) == violations.pointer();
    !checked
        .found
        .iter()
        .any(|found| found.side == violations.side() && found.kind == violations.kind() && is_same(&found.pointer))
}

fn without_reasons(actions: &str) -> String {
    actions.lines().filter(|line| !line.starts_with("  x-reason: ")).collect::<Vec<_>>().join("\n")
}

/// `the service responds with `plan: trial`, 412 times; the document lacks it`
fn sentence(violations: &Violations) -> String {
    let is_missing = violations.kind() == "required";
    let who = match (violations.side(), is_missing) {
        (Side::Request, false) => "clients send",
        (Side::Request, true) => "clients leave out",
        (Side::Response, false) => "the service responds with",
        (Side::Response, true) => "the service responds without",
    };
    let name = violations.pointer().rsplit('/').find(|token| *token != "*").unwrap_or_default();
    let name = pointer::unescape(name);
    let times = if violations.count == 1 { "once".to_owned() } else { format!("{} times", violations.count) };
    let (method, path) = (violations.method(), violations.path());
    let what = match violations.kind() {
        "status" => format!("{} to `{method} {path}`", violations.status().unwrap_or_default()),
        "mediaType" | "body" => format!("another body to `{method} {path}`"),
        _ => format!("`{name}{}`", found(&violations.values)),
    };
    let why = match violations.kind() {
        "status" | "mediaType" | "body" | "enum" | "additionalProperties" => "the document lacks it".to_owned(),
        "required" => "the document requires it".to_owned(),
        _ => format!("by the document, it {}", is(violations.detail())),
    };
    format!("{who} {what}, {times}; {why}")
}

/// `: trial, past_due`
fn found(values: &BTreeMap<String, u64>) -> String {
    let values: Vec<&str> = values.keys().map(String::as_str).collect();
    if values.is_empty() { String::new() } else { format!(": {}", values.join(", ")) }
}

/// `must have at least 1 character`, or `is expected to be …`
fn is(detail: &str) -> String {
    if detail.starts_with("must ") { detail.to_owned() } else { format!("is not so: {detail}") }
}
