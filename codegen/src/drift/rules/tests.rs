use std::collections::BTreeSet;

use super::catalogue;

#[test]
fn each_rule_has_a_summary_and_an_explanation() {
    for rule in catalogue() {
        assert!(rule.summary.len() > 10, "{}", rule.id);
        assert!(rule.explanation.len() > rule.summary.len() + 100, "{}", rule.id);
        let kebab = rule.id.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase() || byte.is_ascii_digit());
        assert!(kebab && !rule.id.contains("--"), "{}", rule.id);
        assert!(!rule.summary.ends_with('.'), "{}", rule.id);
    }
}

#[test]
fn ids_are_unique_and_found() {
    let ids: BTreeSet<&str> = catalogue().iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids.len(), catalogue().len());
    assert!(ids.len() > 700, "{}", ids.len());
    for id in ids {
        assert_eq!(super::find(id).map(|rule| rule.id.as_str()), Some(id));
    }
}
