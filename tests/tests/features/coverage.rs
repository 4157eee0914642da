//! Every fixture is listed in `docs/coverage.md`, compiled and tested.

use std::collections::BTreeSet;

use tests::tree::{SourceText, below};

/// The names of the fixtures.
fn fixtures() -> BTreeSet<String> {
    let files = below("tests/fixtures/emit/", ".yaml").into_iter();
    let names = files
        .filter_map(|file| Some(file.path.strip_prefix("tests/fixtures/emit/")?.strip_suffix(".yaml")?.to_owned()));
    names.collect()
}

fn text(path: &str) -> String {
    std::fs::read_to_string(tests::tree::root().join(path)).unwrap_or_default()
}

#[test]
fn every_fixture_is_a_module_with_tests_that_call_it() {
    let (modules, listed) = (text("tests/src/generated/mod.rs"), text("tests/tests/features/main.rs"));
    let names = fixtures();
    assert!(names.len() > 40);
    for name in &names {
        assert!(modules.contains(&format!("\npub mod {name};\n")), "{name} is not generated: run `cargo xtask regen`");
        assert!(listed.contains(&format!("\nmod {name};\n")), "{name} is not in tests/tests/features/main.rs");
        let tests = text(&format!("tests/tests/features/{name}.rs"));
        assert!(tests.contains("#[tokio::test]"), "{name} has no test that calls");
        for part in [&format!("tests::generated::{name}::"), "impl s::", ".await"] {
            assert!(tests.contains(part), "the tests of {name} lack `{part}`");
        }
    }
}

#[test]
fn coverage_lists_exactly_the_fixtures() {
    let page = text("docs/coverage.md");
    let links = page.lines().filter_map(|line| line.split_once("]: ../tests/fixtures/emit/"));
    let listed: BTreeSet<String> = links.map(|(name, _)| name.trim_start_matches('[').to_owned()).collect();
    for name in &listed {
        assert!(page.contains(&format!("| [{name}], [tests][{name} tests] |")), "{name} has no row");
    }
    assert_eq!(listed, fixtures());
}

/// The generated code of a removed fixture would still compile.
#[test]
fn nothing_is_generated_without_a_fixture() {
    let names = fixtures();
    for SourceText { path, .. } in below("tests/src/generated/", ".rs") {
        let module = path["tests/src/generated/".len()..].split('/').next().unwrap_or_default();
        assert!(module == "mod.rs" || names.contains(module), "{path}");
    }
}
