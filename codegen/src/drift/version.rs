//! Turns findings into the next version of the generated crate and its changelog entry.

use std::fmt::Write as _;

use super::finding::Finding;
use super::verdict::{Level, RustVerdict, Wire};
use crate::text::line;

/// How far the version of a crate must move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing changed.
    #[default]
    None,
    /// No change that callers notice.
    Patch,
    /// Something was added.
    Minor,
    /// Something breaks, on the wire or for Rust code.
    Major,
}

impl Bump {
    /// The word in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The smallest sufficient bump for a list of findings. A break for Rust code is major, and so
    /// is an error on the wire.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        findings.iter().map(Self::of_one).max().unwrap_or_default()
    }

    /// The smallest sufficient bump for one finding.
    #[must_use]
    pub fn of_one(finding: &Finding) -> Self {
        let wire = finding.wire == Wire::BreaksClients && finding.level == Level::Error;
        match finding.rust {
            RustVerdict::Breaking => Self::Major,
            _ if wire => Self::Major,
            RustVerdict::Additive => Self::Minor,
            RustVerdict::None => Self::Patch,
        }
    }

    /// The version after a bump, as Cargo reads versions: before 1.0 the minor number signals
    /// breaks, before 0.1 the patch number. `None` if the text is not a version.
    #[must_use]
    pub fn next(self, version: &str) -> Option<String> {
        let [major, minor, patch] = numbers(version)?;
        let next = match (self, major, minor) {
            (Self::None, ..) => (major, minor, patch),
            (Self::Major, 1.., _) => (major.checked_add(1)?, 0, 0),
            (Self::Minor, 1.., _) => (major, minor.checked_add(1)?, 0),
            (Self::Major, 0, 1..) => (0, minor.checked_add(1)?, 0),
            _ => (major, minor, patch.checked_add(1)?),
        };
        Some(format!("{}.{}.{}", next.0, next.1, next.2))
    }

    /// Whether the step from one version to another is large enough for this bump. A patch needs no
    /// step, but no version may go back. `None` if a text is not a version.
    #[must_use]
    pub fn fits(self, was: &str, is: &str) -> Option<bool> {
        let least = if self >= Self::Minor { numbers(&self.next(was)?)? } else { numbers(was)? };
        Some(numbers(is)? >= least)
    }

    /// Parses a bump.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::None, Self::Patch, Self::Minor, Self::Major].into_iter().find(|bump| bump.as_str() == text)
    }
}

/// The three numbers of a version, without anything after `-` or `+`.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let plain = version.split(['-', '+']).next().unwrap_or(version);
    let numbers: Vec<u64> = plain.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// The changelog entry of the generated crate: breaking changes, additions, other changes.
#[must_use]
pub fn changelog(findings: &[Finding]) -> String {
    let mut sections: [(&str, Vec<&Finding>); 3] =
        [("Breaking", Vec::new()), ("Added", Vec::new()), ("Changed", Vec::new())];
    for finding in findings {
        let index = match Bump::of_one(finding) {
            Bump::Major => 0,
            Bump::Minor => 1,
            _ => 2,
        };
        if let Some((_, list)) = sections.get_mut(index) {
            list.push(finding);
        }
    }
    let mut text = String::new();
    for (title, list) in sections.iter().filter(|(_, list)| !list.is_empty()) {
        let _ = write!(text, "### {title}\n\n");
        for finding in list {
            // A line end in a name must not begin an item.
            let item = format!("{}{}", finding.message, affected(finding)).replace(['\n', '\r'], " ");
            let _ = writeln!(text, "- {}", line(&item));
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

/// The affected operations in parentheses, unless the message names them.
fn affected(finding: &Finding) -> String {
    match finding.operations.as_slice() {
        [] => String::new(),
        [one] if finding.message.contains(one.as_str()) => String::new(),
        [one] => format!(" (`{one}`)"),
        [one, more @ ..] => format!(" (`{one}` and {} more)", more.len()),
    }
}
