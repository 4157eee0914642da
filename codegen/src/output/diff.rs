//! Prints a change as a unified diff, for `patch` and for people.

use similar::TextDiff;

use super::plan::{Change, Plan};

impl Plan {
    /// Unified diffs from the existing files to the planned ones. `folder` is put before each path.
    #[must_use]
    pub fn diff(&self, folder: &str) -> String {
        self.changes().iter().map(|change| unified(change, folder)).collect()
    }
}

/// The diff of one file. `/dev/null` means that there is no file.
fn unified(change: &Change, folder: &str) -> String {
    let folder = folder.trim_end_matches('/');
    let name = |side: &str| match folder {
        "" => format!("{side}/{}", change.path()),
        folder => format!("{side}/{folder}/{}", change.path()),
    };
    let nothing = || "/dev/null".to_owned();
    let (from, to, old, new) = match change {
        Change::Create { text, .. } => (nothing(), name("b"), "", text.as_str()),
        Change::Update { old, text, .. } => (name("a"), name("b"), old.as_str(), text.as_str()),
        Change::Delete { old, .. } => (name("a"), nothing(), old.as_str(), ""),
    };
    TextDiff::from_lines(old, new).unified_diff().context_radius(3).header(&from, &to).to_string()
}
