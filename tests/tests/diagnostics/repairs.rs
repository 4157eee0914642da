//! The overlay action that a diagnostic offers repairs the document.

use specwright_codegen::diagnostics::{Diagnostic, catalogue};

use crate::fixture::Fixture;

/// The path of the overlay among the files.
const REPAIR: &str = "repair.yaml";

#[test]
fn the_offered_action_repairs_the_document() {
    let mut repaired = Vec::new();
    let mut wrong = Vec::new();
    for info in catalogue() {
        let bad = Fixture::new(info.id, "bad");
        let report = bad.run();
        for diagnostic in report.of(info.id) {
            let Some(action) = &diagnostic.overlay else { continue };
            let action = action.replace("- target:", "- x-reason: offered\n  target:");
            let overlay = format!("overlay: 1.0.0\ninfo: {{title: Repair, version: 1.0.0}}\nactions:\n{action}\n");
            let mut files = bad.files.clone();
            files.push((REPAIR.to_owned(), overlay.clone().into_bytes()));
            let after = Fixture { files }.run_with(Some(REPAIR));
            let remains = |one: &&Diagnostic| one.code.id.starts_with("overlay-") || one.message == diagnostic.message;
            let left: Vec<_> = after.diagnostics.iter().filter(remains).map(|one| &one.message).collect();
            if !left.is_empty() {
                wrong.push(format!("{} is not repaired by\n{overlay}{left:?}", info.id));
            }
            repaired.push(info.id);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    repaired.dedup();
    assert!(repaired.len() >= 15, "few diagnostics offer a repair: {repaired:?}");
}
