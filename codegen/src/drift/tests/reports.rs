//! The formats of reports.

use super::{both_ways, reported};
use crate::drift::{Bump, Drift, Level, changelog, report};

fn example() -> Drift {
    let old = both_ways(
        "type: object\nrequired: [id]\nproperties: { id: { type: integer, format: int64 }, name: { type: string } }",
    );
    let new = both_ways(
        "type: object\nrequired: [id]\nproperties: { id: { type: string }, name: { type: string, maxLength: 40 }, '<b>|`x': { type: string } }",
    );
    reported(&old, &new)
}

#[test]
fn text_is_grouped_with_the_most_severe_first() {
    insta::assert_snapshot!(report::to_text(&example(), false));
}

#[test]
fn markdown_is_a_table_that_no_text_breaks_out_of() {
    insta::assert_snapshot!(report::to_markdown(&example()));
}

#[test]
fn annotations_name_lines() {
    insta::assert_snapshot!(report::to_github(&example()));
}

#[test]
fn junit_counts_failures() {
    insta::assert_snapshot!(report::to_junit(&example(), Level::Warning));
}

#[test]
fn html_escapes_text_from_documents() {
    let page = report::to_html(&example());
    assert!(page.contains("&lt;b&gt;") && !page.contains("<b>"));
    assert!(!page.contains("http"), "the page loads nothing");
}

#[test]
fn json_has_the_keys_that_the_schema_names() {
    let mut drift = example();
    let ignored = drift.findings.pop().expect("a finding");
    drift.ignored.push((ignored, "agreed".into()));
    let json = serde_json::to_value(report::to_json(&drift)).unwrap();
    assert_eq!(json["ignored"][0]["reason"], "agreed");
    assert!(json["ignored"][0]["old"]["line"].is_u64());
    let path = format!("{}/../docs/drift.schema.json", env!("CARGO_MANIFEST_DIR"));
    let schema: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&json), keys(&schema["properties"]));
    assert_eq!(keys(&json["findings"][0]), keys(&schema["$defs"]["finding"]["properties"]));
    assert_eq!(keys(&json["findings"][0]["old"]), keys(&schema["$defs"]["location"]["properties"]));
}

#[test]
fn sarif_names_rules_and_lines() {
    let log = report::to_sarif(&example());
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), example().findings.len());
    assert!(run["tool"]["driver"]["rules"][0]["fullDescription"]["text"].is_string());
    assert!(run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap() > 1);
}

#[test]
fn the_next_version_follows_cargo() {
    assert_eq!(example().bump(), Bump::Major);
    assert_eq!(Bump::Major.next("1.2.3").as_deref(), Some("2.0.0"));
    assert_eq!(Bump::Major.next("0.2.3").as_deref(), Some("0.3.0"));
    assert_eq!(Bump::Minor.next("0.2.3").as_deref(), Some("0.2.4"));
    assert_eq!(Bump::Minor.next("1.2.3").as_deref(), Some("1.3.0"));
    assert_eq!(Bump::None.next("1.2.3").as_deref(), Some("1.2.3"));
    assert_eq!(Bump::Major.next("newest"), None);
    assert!(changelog(&example().findings).starts_with("### Breaking\n\n- "));
}

#[test]
fn a_step_between_versions_is_large_enough_or_not() {
    for (bump, was, is, fits) in [
        (Bump::Major, "0.1.0", "0.2.0", true),
        (Bump::Major, "0.1.0", "0.1.1", false),
        (Bump::Major, "0.1.0", "0.1.0", false),
        (Bump::Major, "0.1.0", "1.0.0", true),
        (Bump::Minor, "0.1.0", "0.1.1", true),
        (Bump::Minor, "0.1.0", "0.1.0", false),
        (Bump::Major, "1.2.3", "2.0.0-rc.1", true),
        (Bump::Major, "1.2.3", "1.3.0", false),
        (Bump::Minor, "1.2.3", "1.3.0", true),
        (Bump::Minor, "1.2.3", "1.2.4", false),
        (Bump::Patch, "1.2.3", "1.2.3", true),
        (Bump::None, "1.2.3", "1.2.2", false),
    ] {
        assert_eq!(bump.fits(was, is), Some(fits), "{bump:?} {was} {is}");
    }
    assert_eq!(Bump::Major.fits("0.1", "0.2.0"), None);
}

/// A document with operations below `/a`, `/b` and so on, each with one response.
fn operations(status: &str, more: &str) -> String {
    let item = |name: &str| format!("  /{name}:\n    get: {{ responses: {{ {status}: {{ description: ok }} }} }}\n");
    let paths: String = ["a", "b", "c", "d"].map(item).concat();
    format!("openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n{paths}{more}")
}

#[test]
fn the_same_change_in_many_operations_is_listed_once() {
    let drift = reported(&operations("2XX", ""), &operations("'200'", ""));
    assert_eq!(drift.findings.len(), 4);
    let text = report::to_text(&drift, false);
    assert!(text.contains("the response 2XX of `GET /a` was narrowed to 200; the same in 3 more operations"), "{text}");
    assert!(text.contains("    in `GET /a`, `GET /b`, `GET /c` and 1 more\n"), "{text}");
    assert!(text.contains("1 info (4 findings)"), "{text}");
    let page = report::to_html(&drift);
    assert!(page.matches("<article").count() == 1 && page.contains("<li><code>GET /d</code></li>"), "{page}");
    assert!(page.contains("<summary>4 operations</summary>"), "{page}");
    assert_eq!(report::to_github(&drift).lines().count(), 4);
}

#[test]
fn breaks_come_first() {
    let more = |name: &str| operations("'200'", &format!("  /{name}:\n    get: {{ responses: {{}} }}\n"));
    let drift = reported(&more("old"), &more("new"));
    for text in [report::to_text(&drift, false), report::to_markdown(&drift), report::to_html(&drift)] {
        let (first, last) = (text.find("Breaking changes").unwrap(), text.find("Additions").unwrap());
        assert!(first < last && text.find("GET /old").unwrap() < text.find("GET /new").unwrap(), "{text}");
    }
    let changelog = report::to_changelog(&drift);
    assert_eq!(
        changelog,
        "## [Unreleased]\n\n### Added\n\n- `GET /new` was added\n\n### Removed\n\n\
         - **Breaking:** `GET /old` was removed without deprecation\n"
    );
}

#[test]
fn text_from_documents_controls_no_terminal_and_ends_no_workflow_command() {
    let path = r#""/\u001b[31m\n::error::x\u202e%0A""#;
    let more = format!("  {path}:\n    get: {{ responses: {{}} }}\n");
    let drift = reported(&operations("'200'", &more), &operations("'200'", ""));
    let shown = r"GET /\u{1b}[31m\n::error::x\u{202e}%0A";
    for text in [report::to_text(&drift, false), report::to_markdown(&drift), report::to_changelog(&drift)] {
        assert!(text.contains(shown) && !text.contains(['\u{1b}', '\u{202e}']), "{text}");
        assert!(!text.lines().any(|line| line.trim_start().starts_with("::")), "{text}");
    }
    let junit = report::to_junit(&drift, Level::Error);
    assert!(junit.contains(shown) && !junit.lines().any(|line| line.starts_with("::")), "{junit}");
    let github = report::to_github(&drift);
    assert_eq!(github.lines().count(), 1);
    assert!(github.contains(r"GET /\u{1b}[31m\n::error::x\u{202e}%250A"), "{github}");
    assert!(!report::to_html(&drift).contains(['\u{1b}', '\u{202e}']));
}
