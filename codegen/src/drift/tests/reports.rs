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
