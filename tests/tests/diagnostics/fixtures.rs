//! Each code has a bad and a good fixture. The messages of the bad one are a snapshot.

use std::collections::BTreeSet;
use std::fs;

use specwright_codegen::diagnostics::{Diagnostic, catalogue, render, to_json};
use specwright_codegen::document::Sources;

use crate::fixture::{Fixture, Report, folder};

/// Codes about a whole file; their location is its start.
const WHOLE_FILE: [&str; 5] =
    ["empty-document", "file-too-large", "missing-version", "not-an-object", "nothing-to-generate"];

#[test]
fn each_code_has_a_folder_and_each_folder_has_a_code() {
    let folders: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let codes: BTreeSet<String> = catalogue().map(|info| info.id.to_owned()).collect();
    assert_eq!(folders, codes);
}

#[test]
fn a_bad_fixture_gets_its_code_with_a_location_and_a_good_one_does_not() {
    let mut wrong = Vec::new();
    for info in catalogue() {
        let bad = Fixture::new(info.id, "bad").run();
        let found = bad.of(info.id);
        if !found.iter().any(|one| one.severity == info.severity) {
            wrong.push(format!("{} is not reported for its bad fixture: {}", info.id, codes(&bad)));
        }
        for one in found {
            assert_location(one, &bad.sources);
            assert!(one.help.is_some(), "{} has a help", info.id);
            assert_json_matches_text(one, &bad.sources);
        }
        let good = Fixture::new(info.id, "good").run();
        if !good.of(info.id).is_empty() || good.diagnostics.has_errors() {
            wrong.push(format!("the good fixture of {} is not good: {}", info.id, codes(&good)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn codes(report: &Report) -> String {
    let codes: Vec<_> = report.diagnostics.iter().map(|one| format!("{} {}", one.severity, one.code.id)).collect();
    codes.join(", ")
}

/// The location is inside the text of a file, or at its start if the code is about the whole file.
fn assert_location(diagnostic: &Diagnostic, sources: &Sources) {
    let id = diagnostic.code.id;
    let (line, column) = sources.line_column(diagnostic.span);
    let text = sources.get(diagnostic.span.source).expect("a file").text();
    if WHOLE_FILE.contains(&id) {
        assert_eq!((line, column), (1, 1), "{id}");
        return;
    }
    let written = text.lines().nth(line as usize - 1).expect("a line of the file");
    assert!(column as usize <= written.chars().count() + 1, "{id}: {line}:{column} in `{written}`");
    let rendered = render(diagnostic, sources, false);
    assert!(rendered.contains('^'), "{id}: a caret\n{rendered}");
    assert!(rendered.contains(&format!("{}:{line}:{column}", sources.path(diagnostic.span))), "{id}\n{rendered}");
}

/// The JSON has the same content as the text.
fn assert_json_matches_text(diagnostic: &Diagnostic, sources: &Sources) {
    let json = to_json(diagnostic, sources);
    let text = render(diagnostic, sources, false);
    let location = format!("{}:{}:{}", json["file"].as_str().unwrap(), json["line"], json["column"]);
    for part in [&json["code"], &json["severity"], &json["message"], &json["help"], &location.into()] {
        assert!(text.contains(part.as_str().unwrap()), "{part}\n{text}");
    }
    match json["effect"].as_str() {
        Some(effect) => assert!(text.contains(&format!("= effect: {effect} ")), "{effect}\n{text}"),
        None => assert!(json["effect"].is_null() && !text.contains("= effect"), "{text}"),
    }
    for line in json["overlay"].as_str().unwrap_or_default().lines() {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn messages_of_bad_fixtures_match_the_snapshots() {
    for info in catalogue() {
        let bad = Fixture::new(info.id, "bad").run();
        let messages: Vec<String> = bad.of(info.id).iter().map(|one| render(one, &bad.sources, false)).collect();
        insta::with_settings!({ snapshot_suffix => info.id }, {
            insta::assert_snapshot!("messages", messages.join("\n"));
        });
    }
}

#[test]
fn each_snapshot_belongs_to_a_code() {
    let snapshots = fs::read_dir(tests::tree::root().join("tests/tests/diagnostics/snapshots")).unwrap();
    let snapshots = snapshots.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let codes = snapshots.map(|name| name.split_once('@').expect("a code").1.trim_end_matches(".snap").to_owned());
    let codes: BTreeSet<String> = codes.collect();
    assert_eq!(codes, catalogue().map(|info| info.id.to_owned()).collect());
}
