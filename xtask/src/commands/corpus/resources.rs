//! `corpus --resources`: compares the resources that a mock recognizes with a list that was checked
//! by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use specwright::exit::Exit;
use specwright::report::Report;
use specwright_mock::Mock;

use crate::commands::CommandResult;

/// The path of the items, and the property with their ID.
type Resource = (String, String);

/// The resources of each document in the list; those that cannot be recognized have the ID `-`.
fn listed(list: &Path) -> std::io::Result<BTreeMap<String, BTreeSet<Resource>>> {
    let mut found: BTreeMap<String, BTreeSet<Resource>> = BTreeMap::new();
    for line in fs::read_to_string(list)?.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t').map(ToOwned::to_owned);
        if let (Some(document), Some(item), Some(id)) = (columns.next(), columns.next(), columns.next()) {
            found.entry(document).or_default().insert((item, id));
        }
    }
    Ok(found)
}

/// Compares the documents that are in the list.
pub fn run(list: &Path, documents: &[PathBuf], report: &mut Report) -> CommandResult {
    let listed = listed(list)?;
    let (mut all, mut right, mut wrong, mut seen) = (0, 0, 0, 0);
    for document in documents {
        let name = document.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(expected) = listed.get(name) else { continue };
        let found: BTreeSet<Resource> = Mock::of(document).resources()?.into_iter().collect();
        seen += 1;
        all += expected.len();
        right += found.intersection(expected).count();
        for (item, id) in expected.difference(&found) {
            report.line(format_args!("{name}: {item} is not recognized{}", if id == "-" { ", as listed" } else { "" }));
        }
        for (item, id) in found.difference(expected) {
            wrong += 1;
            report.line(format_args!("{name}: {item} by `{id}` is not in the list"));
        }
    }
    report.object(&json!({"documents": seen, "resources": all, "recognized": right, "wrong": wrong}));
    report.line(format_args!("{seen} documents, {all} resources: {right} recognized, {wrong} wrong"));
    Ok(if wrong == 0 && right * 10 >= all * 9 { Exit::Done } else { Exit::Document })
}
