//! Each code has a bad and a good document, and what is said of the bad one is a snapshot.

use std::collections::BTreeSet;
use std::fs;

use specwright_codegen::diagnostics::{Diagnostic, catalogue, render, to_json};
use specwright_codegen::document::Sources;

use crate::case::{Case, Validated, folder};

/// Codes about a file as a whole: their place is its start.
const WHOLE_FILE: [&str; 5] =
    ["empty-document", "file-too-large", "missing-version", "not-an-object", "nothing-to-generate"];

#[test]
fn each_code_has_a_folder_and_each_folder_a_code() {
    let folders: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let codes: BTreeSet<String> = catalogue().map(|info| info.id.to_owned()).collect();
    assert_eq!(folders, codes);
}

#[test]
fn a_bad_document_gets_its_code_with_a_place_and_a_good_one_does_not() {
    let mut wrong = Vec::new();
    for info in catalogue() {
        let bad = Case::new(info.id, "bad").validate();
        let found = bad.of(info.id);
        if !found.iter().any(|one| (one.severity, one.effect) == (info.severity, info.effect)) {
            wrong.push(format!("{} is missing for its bad fixture: {}", info.id, codes(&bad)));
        }
        for one in found {
            has_a_place(one, &bad.sources);
            assert!(one.help.is_some(), "{} says what to do", info.id);
            is_the_same_for_machines(one, &bad.sources);
        }
        let good = Case::new(info.id, "good").validate();
        if !good.of(info.id).is_empty() || good.diagnostics.has_errors() {
            wrong.push(format!("the good fixture of {} is not good: {}", info.id, codes(&good)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn codes(validated: &Validated) -> String {
    let codes: Vec<_> = validated.diagnostics.iter().map(|one| format!("{} {}", one.severity, one.code.id)).collect();
    codes.join(", ")
}

/// The place is within the text of a file, and only what concerns a whole file stands at its start.
fn has_a_place(diagnostic: &Diagnostic, sources: &Sources) {
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

/// What machines get is what people read.
fn is_the_same_for_machines(diagnostic: &Diagnostic, sources: &Sources) {
    let json = to_json(diagnostic, sources);
    let text = render(diagnostic, sources, false);
    let place = format!("{}:{}:{}", json["file"].as_str().unwrap(), json["line"], json["column"]);
    for part in [&json["code"], &json["severity"], &json["message"], &json["help"], &place.into()] {
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
fn what_is_said_of_a_bad_document_is_what_was_reviewed() {
    for info in catalogue() {
        let bad = Case::new(info.id, "bad").validate();
        let said: Vec<String> = bad.of(info.id).iter().map(|one| render(one, &bad.sources, false)).collect();
        insta::with_settings!({ snapshot_suffix => info.id }, {
            insta::assert_snapshot!("said", said.join("\n"));
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
