//! The README lists every operation with its provenance, and its links have targets.

use std::path::Path;

use generated_client::{looker, prelude_so, rownd, stateset};
use serde_yaml::Value;
use tests::responses::operations;

const README: &str = include_str!("../../../README.md");

#[test]
fn the_table_matches_the_documents() {
    let providers = [
        ("Looker", looker::DOCUMENT),
        ("Prelude", prelude_so::DOCUMENT),
        ("Rownd", rownd::DOCUMENT),
        ("StateSet", stateset::DOCUMENT),
    ];
    let mut expected = Vec::new();
    for (name, document) in providers {
        let document: Value = serde_yaml::from_str(document).unwrap();
        for (method, path, operation) in operations(&document) {
            let id = operation["operationId"].as_str().unwrap();
            let provenance = &operation["x-provenance"];
            let provenance = provenance.as_str().or_else(|| provenance["level"].as_str());
            let provenance = provenance.unwrap_or("seed page");
            expected.push(format!("| {name} | `{method} {path}` | `{id}` | {provenance} |"));
        }
    }
    let header = README.find("| provider | request |").unwrap();
    let mut rows: Vec<_> = README[header..].lines().skip(2).take_while(|line| line.starts_with('|')).collect();
    rows.sort_unstable();
    expected.sort();
    assert_eq!(rows, expected);
}

#[test]
fn every_link_has_a_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let links = README.split("](").skip(1).map(|rest| rest.split(')').next().unwrap_or_default());
    let mut seen = 0;
    for link in links {
        assert!(root.join(link).exists(), "{link}");
        seen += 1;
    }
    assert!(seen > 3);
}
