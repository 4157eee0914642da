//! Reads `drift.toml`: levels that override those of the rules, and findings that are accepted.
//!
//! **Invariant:** every ignore has a reason; one that matches nothing or has expired is reported.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::compare::{Date, Options};
use super::finding::Finding;
use super::verdict::Level;
use super::{Bump, Drift, rules};

/// The drift settings of a workspace.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The lowest level that makes the command fail: `info`, `warning` or `error`.
    pub fail_on: Option<String>,
    /// The minimum number of days from today to the sunset of a deprecated element.
    pub sunset_days: u32,
    /// Whether `info.version` must reflect breaking changes. `judge-version` is its former name.
    #[serde(alias = "judge-version")]
    pub check_version: bool,
    /// Levels by rule id: `info`, `warning`, `error` or `off`.
    pub severity: BTreeMap<String, String>,
    /// Accepted findings.
    pub ignore: Vec<Ignore>,
    /// Accepted bumps of the generated crate that are smaller than the drift requires.
    pub smaller_bump: Vec<SmallerBump>,
}

/// An accepted bump that is smaller than the drift requires.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallerBump {
    /// The version that the drift starts from; for any other version the entry has no effect.
    pub since: String,
    /// The largest bump that may be omitted: `minor` or `major`.
    pub bump: String,
    /// Why it is accepted.
    pub reason: String,
}

/// Accepted findings: those that match all given criteria.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ignore {
    /// A rule id, which may end in `*`.
    pub id: Option<String>,
    /// An operation such as `GET /pets`: matches findings that affect no other operation.
    pub operation: Option<String>,
    /// The fingerprint of one finding.
    pub fingerprint: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// The last day on which the findings are accepted, such as `2026-12-31`.
    pub until: Option<String>,
}

impl Config {
    /// Reads `drift.toml`.
    ///
    /// # Errors
    /// Returns one sentence about the first mistake: an unknown key, rule or level, an invalid
    /// date, or an ignore without a reason or criteria.
    pub fn parse(path: &str, text: &str) -> Result<Self, String> {
        let config: Self = toml::from_str(text).map_err(|error| format!("{path}: {}", error.to_string().trim_end()))?;
        config.check().map_err(|problem| format!("{path}: {problem}"))?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        if let Some(level) = self.fail_on.as_ref().filter(|level| Level::parse(level).is_none()) {
            return Err(format!("`fail-on` must be `info`, `warning` or `error`, not `{level}`"));
        }
        for (id, level) in &self.severity {
            if rules::find(id).is_none() {
                return Err(format!("there is no rule `{id}`; `specwright explain` lists all rules"));
            }
            if level != "off" && Level::parse(level).is_none() {
                return Err(format!("the level of `{id}` must be `info`, `warning`, `error` or `off`, not `{level}`"));
            }
        }
        self.ignore.iter().try_for_each(Ignore::check)?;
        self.smaller_bump.iter().try_for_each(SmallerBump::check)
    }

    /// The reason why a step from `since` may be smaller than a bump requires, if one is recorded.
    #[must_use]
    pub fn excuse(&self, since: &str, bump: Bump) -> Option<&str> {
        let holds = |entry: &&SmallerBump| {
            entry.since == since && Bump::parse(&entry.bump).is_some_and(|accepted| bump <= accepted)
        };
        self.smaller_bump.iter().find(holds).map(|entry| entry.reason.as_str())
    }

    /// The options of the comparison.
    #[must_use]
    pub fn options(&self, today: Option<Date>) -> Options {
        Options { today, sunset_days: self.sunset_days, check_version: self.check_version }
    }

    /// Applies levels and ignores; `today` decides which ignores have expired.
    pub fn apply(&self, drift: &mut Drift, today: Option<Date>) {
        let mut used = vec![false; self.ignore.len()];
        for mut finding in std::mem::take(&mut drift.findings) {
            match self.severity.get(finding.id()).map(|level| Level::parse(level)) {
                Some(None) => {
                    drift.ignored.push((finding, "turned off in `severity`".to_owned()));
                    continue;
                }
                Some(Some(level)) => finding.level = level,
                None => {}
            }
            let matching = self.ignore.iter().zip(&mut used).find(|(ignore, _)| ignore.matches(&finding));
            match matching {
                Some((ignore, used)) => {
                    *used = true;
                    if ignore.expired(today) {
                        drift.findings.push(finding);
                    } else {
                        drift.ignored.push((finding, ignore.reason.clone()));
                    }
                }
                None => drift.findings.push(finding),
            }
        }
        drift.findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        for (ignore, used) in self.ignore.iter().zip(used) {
            if !used {
                drift.notes.push(format!("the ignore of {} matches nothing; remove it", ignore.criteria()));
            } else if ignore.expired(today) {
                let day = ignore.until.as_deref().unwrap_or_default();
                drift.notes.push(format!("the ignore of {} expired on {day}", ignore.criteria()));
            }
        }
    }
}

impl SmallerBump {
    fn check(&self) -> Result<(), String> {
        if self.reason.trim().is_empty() {
            return Err(format!("the smaller bump since `{}` has no `reason`", self.since));
        }
        match self.bump.as_str() {
            "minor" | "major" => Ok(()),
            other => Err(format!("the `bump` of a smaller bump must be `minor` or `major`, not `{other}`")),
        }
    }
}

impl Ignore {
    fn check(&self) -> Result<(), String> {
        if self.reason.trim().is_empty() {
            return Err(format!("the ignore of {} has no `reason`", self.criteria()));
        }
        if self.id.is_none() && self.operation.is_none() && self.fingerprint.is_none() {
            return Err("an ignore must name an `id`, an `operation` or a `fingerprint`".to_owned());
        }
        match &self.until {
            Some(day) if day.parse::<Date>().is_err() => {
                Err(format!("`until` must be a date such as `2026-12-31`, not `{day}`"))
            }
            _ => Ok(()),
        }
    }

    fn criteria(&self) -> String {
        let criteria = [&self.id, &self.operation, &self.fingerprint];
        let named: Vec<String> = criteria.into_iter().flatten().map(|text| format!("`{text}`")).collect();
        named.join(", ")
    }

    fn matches(&self, finding: &Finding) -> bool {
        let id = self.id.as_ref().is_none_or(|id| match id.strip_suffix('*') {
            Some(prefix) => finding.id().starts_with(prefix),
            None => finding.id() == id,
        });
        let operation = self.operation.as_ref().is_none_or(|operation| {
            !finding.operations.is_empty() && finding.operations.iter().all(|other| other == operation)
        });
        let fingerprint = self.fingerprint.as_ref().is_none_or(|fingerprint| *fingerprint == finding.fingerprint);
        id && operation && fingerprint
    }

    fn expired(&self, today: Option<Date>) -> bool {
        let until = self.until.as_ref().and_then(|day| day.parse::<Date>().ok());
        matches!((until, today), (Some(until), Some(today)) if today > until)
    }
}
