//! Levels and ignores.

use super::{both_ways, reported};
use crate::drift::{Bump, Config, Level};

fn day(text: &str) -> Option<crate::drift::Date> {
    text.parse().ok()
}

#[test]
fn levels_and_ignores_apply_and_stale_ones_are_reported() {
    let mut drift = reported(&both_ways("type: string\nmaxLength: 9"), &both_ways("type: string\nmaxLength: 5"));
    let config = Config::parse(
        "drift.toml",
        "[severity]\nrequest-body-max-length-decreased = 'warning'\n\
         [[ignore]]\nid = 'response-body-*'\nreason = 'agreed'\nuntil = '2026-12-31'\n\
         [[ignore]]\nid = 'webhook-removed'\nreason = 'agreed'\n",
    )
    .unwrap();
    config.apply(&mut drift, day("2026-11-21"));
    assert_eq!(drift.findings.len(), 1);
    assert_eq!(drift.findings[0].level, Level::Warning);
    assert_eq!(drift.ignored[0].1, "agreed");
    assert_eq!(drift.notes, ["the ignore of `webhook-removed` matches nothing; remove it"]);
}

#[test]
fn an_ignore_past_its_day_ignores_nothing() {
    let mut drift = reported(&both_ways("type: string"), &both_ways("type: integer"));
    let all = drift.findings.len();
    let text = "[[ignore]]\noperation = 'POST /things'\nreason = 'agreed'\nuntil = '2026-01-01'\n";
    Config::parse("drift.toml", text).unwrap().apply(&mut drift, day("2026-11-21"));
    assert_eq!((drift.findings.len(), drift.ignored.len()), (all, 0));
    assert_eq!(drift.notes, ["the ignore of `POST /things` expired on 2026-01-01"]);
}

#[test]
fn the_former_name_of_a_key_still_works() {
    for key in ["check-version", "judge-version"] {
        assert!(Config::parse("drift.toml", &format!("{key} = true")).unwrap().check_version, "{key}");
    }
    assert!(!Config::parse("drift.toml", "").unwrap().check_version);
}

#[test]
fn mistakes_are_refused() {
    for (text, part) in [
        ("[severity]\nno-such-rule = 'error'", "no rule"),
        ("[severity]\nwebhook-removed = 'fatal'", "`off`"),
        ("[[ignore]]\nid = 'webhook-removed'\nreason = ' '", "no `reason`"),
        ("[[ignore]]\nreason = 'why not'", "must name an `id`"),
        ("[[ignore]]\nid = 'x'\nreason = 'y'\nuntil = 'soon'", "`until`"),
        ("fail-on = 'never'", "fail-on"),
        ("unknown = 1", "unknown"),
        ("[[smaller-bump]]\nsince = '0.1.0'\nbump = 'major'\nreason = ''", "no `reason`"),
        ("[[smaller-bump]]\nsince = '0.1.0'\nbump = 'patch'\nreason = 'x'", "`minor` or `major`"),
    ] {
        let error = Config::parse("drift.toml", text).unwrap_err();
        assert!(error.contains(part), "{text}: {error}");
    }
}

#[test]
fn a_smaller_bump_is_excused_for_one_version_and_up_to_one_size() {
    let text = "[[smaller-bump]]\nsince = '0.1.0'\nbump = 'minor'\nreason = 'unreleased'\n";
    let config = Config::parse("drift.toml", text).unwrap();
    assert_eq!(config.excuse("0.1.0", Bump::Minor), Some("unreleased"));
    assert_eq!(config.excuse("0.1.0", Bump::Major), None);
    assert_eq!(config.excuse("0.1.1", Bump::Minor), None);
}
