//! Invariants of `ARCHITECTURE.md` that can be checked in the text of the workspace.

use tests::tree::{SourceText, below, files};

/// Lines of code that contain one of these texts: `path:line: text`. Comments and the tests of a
/// file are left out.
fn lines_with(files: &[SourceText], texts: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for SourceText { path, text } in files {
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        for (index, line) in code.lines().enumerate() {
            let is_code = !line.trim_start().starts_with("//");
            if is_code && texts.iter().any(|text| line.contains(text)) {
                found.push(format!("{path}:{}: {}", index + 1, line.trim()));
            }
        }
    }
    found
}

fn is(path: &str, extension: &str) -> bool {
    path.rsplit('.').next() == Some(extension)
}

/// The Rust files below a folder that are part of the product: no tests, and none of the excepted
/// paths.
fn product(folder: &str, except: &[&str]) -> Vec<SourceText> {
    let mut files = below(folder, ".rs");
    files.retain(|file| !file.path.contains("tests") && !file.path.contains("/generated/"));
    files.retain(|file| !except.iter().any(|path| file.path.starts_with(path)));
    files
}

fn assert_none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

#[test]
fn emitters_see_only_the_api() {
    let files = product("codegen/src/emit/", &["codegen/src/emit/projection.rs"]);
    assert!(files.len() > 20);
    let found =
        lines_with(&files, &["openapiv3", "document::", "crate::lower", "crate::validate", "crate::diagnostics"]);
    assert_none(&found, "below emit/ only the projection names the document");
}

#[test]
fn names_are_made_once() {
    // `phrases` writes prose, `test_data` holds APIs for tests.
    let except = ["codegen/src/emit/phrases.rs", "codegen/src/emit/test_data"];
    let found = lines_with(
        &product("codegen/src/emit/", &except),
        &["to_uppercase(", "to_lowercase(", "_uppercase(", "_lowercase("],
    );
    assert_none(&found, "emitters never change case");
}

#[test]
fn one_writer_one_reader_and_no_surroundings() {
    let except = ["codegen/src/output/", "codegen/src/document/reader.rs"];
    let surroundings = [
        "std::fs",
        "fs::read",
        "fs::write",
        "std::net",
        "std::env",
        "env::var",
        "SystemTime",
        "Instant::now",
        "std::process",
        "rand::",
    ];
    let found = lines_with(&product("codegen/src/", &except), &surroundings);
    assert_none(
        &found,
        "codegen reads by `document::Reader`, writes by `output`, and knows neither clock, environment nor network",
    );
}

/// A hash map has no order. It may be used for lookups, but not iterated.
#[test]
fn hash_maps_are_never_iterated() {
    let mut found = Vec::new();
    for file in product("codegen/src/", &[]) {
        let names = file.text.lines().filter(|line| line.contains("HashMap<") || line.contains("HashSet<"));
        let names = names
            .filter_map(|line| line.trim_start().split_once(':'))
            .map(|(name, _)| name.rsplit([' ', '(']).next().unwrap_or_default().to_owned());
        for name in names.filter(|name| !name.is_empty()) {
            let ways = [
                "iter()",
                "keys()",
                "values()",
                "values_mut()",
                "into_iter()",
                "into_values()",
                "into_keys()",
                "drain(",
            ];
            let mut ways: Vec<String> = ways.iter().map(|way| format!("self.{name}.{way}")).collect();
            ways.extend([format!(" in &self.{name} "), format!(" in self.{name} "), format!(" in &mut self.{name} ")]);
            let ways: Vec<&str> = ways.iter().map(String::as_str).collect();
            found.extend(lines_with(std::slice::from_ref(&file), &ways));
        }
    }
    assert_none(&found, "iterating over a hash map depends on chance");
}

/// Every crate forbids `unsafe`, by the lints of the workspace or its own, and no code can allow it
/// again. The targets of the fuzzer use macros of its runtime, which need it.
#[test]
fn unsafe_code_is_forbidden_everywhere() {
    let manifests = below("", "Cargo.toml");
    let crates = manifests.iter().filter(|file| file.text.contains("[package]"));
    let without = crates.filter(|file| {
        let forbids = file.text.contains("[lints]\nworkspace = true") || file.text.contains("unsafe_code = \"forbid\"");
        !forbids && file.path != "fuzz/Cargo.toml"
    });
    assert_none(&without.map(|file| file.path.clone()).collect::<Vec<_>>(), "no crate may use unsafe code");
    let workspace = manifests.iter().find(|file| file.path == "Cargo.toml").expect("a workspace");
    assert!(workspace.text.contains("unsafe_code = \"forbid\""));
    let fuzz = below("fuzz/src/lib.rs", ".rs");
    assert!(fuzz.iter().all(|file| file.text.contains("#![forbid(unsafe_code)]")) && !fuzz.is_empty());
}

/// The bounds of a crate are in its `limits.rs`. Constants that only shorten output or choose
/// between two ways have other names.
#[test]
fn bounds_are_in_one_module_of_each_crate() {
    const WORDS: [&str; 5] = ["DEPTH", "DEEPEST", "BUDGET", "CHAIN", "ROUNDS"];
    let files = below("codegen/src", ".rs").into_iter().chain(below("runtime/src", ".rs"));
    let mut found = Vec::new();
    for file in files.filter(|file| !file.path.ends_with("/limits.rs") && !file.path.contains("/tests/")) {
        for (number, line) in file.text.lines().enumerate() {
            let name = line.trim().trim_start_matches("pub(crate) ").strip_prefix("const ").unwrap_or_default();
            let name = name.split(':').next().unwrap_or_default();
            if name.split('_').any(|word| WORDS.contains(&word)) {
                found.push(format!("{}:{}: {line}", file.path, number + 1));
            }
        }
    }
    assert_none(&found, "bounds belong into `limits.rs`");
}

#[test]
fn nothing_is_left_undone_or_unsaid() {
    let mut files = below("", ".rs");
    files.retain(|file| !file.path.contains("/generated/"));
    // Assembled here, so that this file does not contain them.
    let undone = ["todo", "unimplemented"].map(|name| format!("{name}!("));
    let unsaid = ["#[ign".to_owned() + "ore", "should_".to_owned() + "panic"];
    let texts: Vec<&str> = undone.iter().chain(&unsaid).map(String::as_str).collect();
    // Lines that only mention them: in strings, in lints.
    let found = lines_with(&files, &texts).into_iter().filter(|line| !line.contains('"'));
    assert_none(&found.collect::<Vec<_>>(), "unfinished code, and tests that do not run");

    let mut silent = Vec::new();
    for SourceText { path, text } in &files {
        for attribute in ["#[allow(", "#![allow(", "#[expect("] {
            for (at, _) in text.match_indices(attribute) {
                let end = text[at..].find(")]").map_or(text.len(), |length| at + length);
                let is_code = !text[..at].lines().last().unwrap_or_default().contains(['/', '"']);
                if is_code && !text[at..end].contains("reason") {
                    silent.push(format!("{path}: {}", &text[at..end]));
                }
            }
        }
    }
    silent.retain(|place| !place.starts_with("tests/tests/tidy.rs"));
    assert_none(&silent, "a lint is silenced without a reason");
}

#[test]
fn files_are_short_enough_to_own_one_thing() {
    let mut files = below("", ".rs");
    files.retain(|file| !file.path.contains("/generated/"));
    let mut found = Vec::new();
    for SourceText { path, text } in files {
        let lines = text.lines().count();
        if lines > 400 {
            found.push(format!("{path}: {lines} lines"));
        }
    }
    assert_none(&found, "a file has more than 400 lines: split it where it owns two things");
}

#[test]
fn generated_files_are_marked() {
    for (folder, source) in
        [("generated-client/src/generated/", "specs"), ("tests/src/generated/", "tests/fixtures/emit")]
    {
        let files = below(folder, "");
        assert!(files.len() > 20);
        for SourceText { path, text } in files {
            let comment = if is(&path, "rs") || is(&path, "jsonc") { "//" } else { "#" };
            let header = format!("{comment} @generated by specwright from {source}");
            let first = text.lines().next().unwrap_or_default();
            assert!(first.starts_with(&header) && first.ends_with("; do not edit."), "{path}: {first}");
        }
    }
}

#[test]
fn no_text_names_a_machine_or_a_registry() {
    let folders = ["work", "root", "home", "Users"].map(|folder| format!("/{folder}/"));
    let hosts = ["index.crates", "static.crates"].map(|host| format!("{host}.io"));
    let mut found = Vec::new();
    for SourceText { path, text } in files() {
        for (index, line) in text.lines().enumerate() {
            let path_of_machine = folders.iter().any(|folder| {
                // At the start of a path: after a quote, not as the name of a host.
                line.match_indices(folder.as_str()).any(|(at, _)| {
                    !line[..at].ends_with(|before: char| before.is_alphanumeric() || "}.-_~*/".contains(before))
                })
            });
            if path_of_machine || hosts.iter().any(|host| line.contains(host.as_str())) {
                found.push(format!("{path}:{}: {}", index + 1, line.trim()));
            }
        }
    }
    assert_none(&found, "a path of one machine, or the host of a registry");
}

#[test]
fn every_snapshot_belongs_to_a_test() {
    let mut found = Vec::new();
    let mut seen = 0;
    for SourceText { path, text } in files().into_iter().filter(|file| is(&file.path, "snap") || is(&file.path, "new"))
    {
        seen += 1;
        let source = text.lines().find_map(|line| line.strip_prefix("source: ")).unwrap_or_default();
        let code = std::fs::read_to_string(tests::tree::root().join(source)).unwrap_or_default();
        let file = path.rsplit('/').next().unwrap_or_default();
        let name = file.trim_end_matches(".snap").rsplit("__").next().unwrap_or_default();
        // A test with several snapshots names them after the case: `case-file`.
        let case = name.split(['-', '@']).next().unwrap_or_default();
        let known = |word: &str| {
            code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|found| found == word)
        };
        if !is(&path, "snap") || code.is_empty() || !known(case) {
            found.push(path);
        }
    }
    assert!(seen > 20);
    assert_none(&found, "snapshots that no test takes: delete them");
}
