//! Documents whose meanings are closer than their texts.

use super::{both_ways, drift, ids};
use crate::drift::{Finding, Level, Wire};

/// Whether no finding is an error that breaks clients.
fn harmless(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.level < Level::Error || finding.wire != Wire::BreaksClients)
}

#[test]
fn a_class_of_statuses_covers_its_statuses() {
    let single = both_ways("type: string");
    let class = single.replace("'200':", "2XX:");
    let narrower = drift(&class, &single);
    assert_eq!(ids(&narrower), ["response-success-status-removed"]);
    assert!(harmless(&narrower) && narrower[0].message.ends_with("was narrowed to 200"), "{narrower:?}");
    assert_eq!(ids(&drift(&single, &class)), ["response-success-status-added"]);
    let other = both_ways("type: integer");
    let body = drift(&class, &other);
    assert!(ids(&body).contains(&"response-body-type-changed"), "{body:?}");
    let beside = class.replace("responses:\n", "responses:\n        '204': { description: none }\n");
    assert_eq!(ids(&drift(&beside, &beside.replace("2XX:", "'200':"))), ["response-success-status-removed"]);
}
