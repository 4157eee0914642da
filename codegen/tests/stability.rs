//! The surface of every fixture does not depend on the order of the document, and removing an
//! operation does not change the rest of it.

use std::path::Path;

use specwright_codegen::document::FileReader;
use specwright_codegen::stability::{Effort, try_document};

/// Shuffles and removals of each document.
const EFFORT: Effort = Effort { shuffles: 3, removals: 12 };

#[test]
fn names_belong_to_places() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/emit");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    let (mut tried, mut found) = ((0, 0, 0), Vec::new());
    for path in paths {
        let Some(stability) = try_document(&path.display().to_string(), &FileReader, EFFORT) else { continue };
        tried = (tried.0 + 1, tried.1 + stability.shuffles, tried.2 + stability.removals);
        let name = path.file_stem().unwrap_or_default().display().to_string();
        let shown = |one: specwright_codegen::stability::Violation| {
            format!("{name}: {} ({} lines)\n    {}", one.cause, one.count, one.lines.join("\n    "))
        };
        found.extend(stability.violations.into_iter().map(shown));
    }
    println!("{} documents, {} shuffles, {} removals, {} violations", tried.0, tried.1, tried.2, found.len());
    assert!(tried.0 > 20 && tried.1 > 60 && tried.2 > 60, "{tried:?}");
    assert!(found.is_empty(), "{} violations\n{}", found.len(), found.join("\n"));
}
