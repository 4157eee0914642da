//! Levels and ignores.

use super::super::{Config, Level};
use super::{both_ways, reported};

fn day(text: &str) -> Option<super::super::Date> {
    text.parse().ok()
}

#[test]
fn levels_and_ignores_apply_and_stale_ones_are_told() {
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
fn mistakes_are_refused() {
    for (text, part) in [
        ("[severity]\nno-such-rule = 'error'", "no rule"),
        ("[severity]\nwebhook-removed = 'fatal'", "`off`"),
        ("[[ignore]]\nid = 'webhook-removed'\nreason = ' '", "no `reason`"),
        ("[[ignore]]\nreason = 'why not'", "names an `id`"),
        ("[[ignore]]\nid = 'x'\nreason = 'y'\nuntil = 'soon'", "`until`"),
        ("fail-on = 'never'", "fail-on"),
        ("unknown = 1", "unknown"),
    ] {
        let error = Config::parse("drift.toml", text).unwrap_err();
        assert!(error.contains(part), "{text}: {error}");
    }
}
