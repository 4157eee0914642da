//! Writes the changes of the specs into the changelog of the generated crate.
//!
//! **Invariant:** only the part between the marks is replaced. What people wrote is kept.

use std::fs;
use std::io::ErrorKind;

use specwright::commands::drift;
use specwright::report::Report;
use specwright_codegen::drift::report::to_changelog;

use crate::workspace::{PACKAGE, Workspace};

/// Begins the part that is replaced.
const START: &str = "<!-- changes of the specs, by cargo xtask regen --changelog -->\n";
/// Ends the part that is replaced.
const END: &str = "<!-- end of the changes of the specs -->\n";
/// The section that takes changes until a release.
const UNRELEASED: &str = "## [Unreleased]\n";
/// A changelog without entries.
const EMPTY: &str = "# Changelog\n\nThe format follows [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).\n";

/// Updates the entry for the changes since the start of this branch.
///
/// # Errors
///
/// One sentence that says why there is nothing to compare with, or why the file can't be written.
pub fn write(workspace: &Workspace, providers: &[String], report: &mut Report) -> Result<(), String> {
    let path = format!("{PACKAGE}/CHANGELOG.md");
    let file = workspace.root().join(&path);
    let checked = drift::check_version(workspace, providers, report)?;
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => EMPTY.to_owned(),
        Err(error) => return Err(format!("{path}: {error}")),
    };
    let entry = to_changelog(&checked.drift);
    let entry = entry.strip_prefix(UNRELEASED).unwrap_or(&entry).trim();
    fs::write(&file, with_entry(&text, entry)).map_err(|error| format!("{path}: {error}"))?;
    report.line(format_args!("update {path}: the changes since {}", checked.base.description));
    Ok(())
}

/// A changelog whose marked part is this entry. If there is no marked part yet, it is added below
/// the heading of unreleased changes.
fn with_entry(text: &str, entry: &str) -> String {
    let entry = if entry.is_empty() { String::new() } else { format!("\n{entry}\n\n") };
    let part = format!("{START}{entry}{END}");
    if let Some((before, rest)) = text.split_once(START)
        && let Some((_, after)) = rest.split_once(END)
    {
        return format!("{before}{part}{after}");
    }
    if let Some((before, after)) = text.split_once(UNRELEASED) {
        return format!("{before}{UNRELEASED}\n{part}{after}");
    }
    match text.find("\n## [") {
        Some(index) => {
            let (before, after) = text.split_at(index + 1);
            format!("{before}{UNRELEASED}\n{part}\n{after}")
        }
        None => format!("{}\n\n{UNRELEASED}\n{part}", text.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_is_replaced_and_the_rest_stays() {
        let first = with_entry("# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- by hand\n", "### Added\n\n- one");
        assert_eq!(
            first,
            format!("# Changelog\n\n## [Unreleased]\n\n{START}\n### Added\n\n- one\n\n{END}\n### Fixed\n\n- by hand\n")
        );
        let second = with_entry(&first, "### Removed\n\n- two");
        assert_eq!(second, first.replace("Added", "Removed").replace("one", "two"));
        assert_eq!(with_entry(&second, ""), first.replace("\n### Added\n\n- one\n\n", ""));
    }

    #[test]
    fn a_changelog_without_unreleased_changes_gets_the_section_above_the_last_release() {
        let text = with_entry("# Changelog\n\n## [0.2.0]\n\n- old\n", "- new");
        assert_eq!(text, format!("# Changelog\n\n{UNRELEASED}\n{START}\n- new\n\n{END}\n## [0.2.0]\n\n- old\n"));
        assert_eq!(with_entry(EMPTY, ""), format!("{EMPTY}\n{UNRELEASED}\n{START}{END}"));
    }
}
