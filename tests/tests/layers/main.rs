//! Imports go in one direction: a later stage imports an earlier one, and there are no circles.

mod circles;
mod graph;

use self::graph::Crate;

/// The crates of the workspace and their top-level modules, from the bottom up. A module may import
/// those before it.
const LAYERS: &[(&str, &[&str])] = &[
    (
        "codegen/src/",
        &[
            "text",
            "limits",
            "source",
            "diagnostics",
            "document",
            "openapi",
            "values",
            "raise",
            "bundle",
            "load",
            "config",
            "overlay",
            "validate",
            "lower",
            "ir",
            "emit",
            "surface",
            "render",
            "output",
            "pipeline",
            "stability",
            "drift",
        ],
    ),
    (
        "runtime/src/",
        &[
            "future",
            "confidential",
            "random",
            "limits",
            "long_bodies",
            "budget",
            "status",
            "value",
            "object",
            "union",
            "json",
            "media",
            "descriptor",
            "validation",
            "schema",
            "schemas_off",
            "text",
            "newtype",
            "body",
            "stream",
            "params",
            "headers",
            "form",
            "multipart",
            "security",
            "signature",
            "client",
            "server",
            "macros",
        ],
    ),
    ("contract/src/", &["report", "shrink", "parameter", "body", "case", "response"]),
    (
        "mock/src/",
        &[
            "leak", "limits", "size", "store", "web", "types", "document", "respond", "input", "call", "state",
            "service", "traffic", "overview", "app", "mock", "proxy",
        ],
    ),
    ("cli/src/", &["exit", "report", "progress", "fetch", "git", "generator", "project", "commands"]),
    ("macros/src/", &["call", "inline", "module"]),
    ("xtask/src/", &["provider", "workspace", "fixture", "commands"]),
    (
        "sandbox/src/",
        &["limits", "yaml", "store", "providers", "credentials", "records", "documents", "web", "start", "clients"],
    ),
    ("benches/src/", &["by_hand", "documents", "generated", "bin"]),
    ("fuzz/src/", &["plausible", "generator", "drift", "requests"]),
    ("tests/src/", &["tree", "json", "generated", "script", "scripted", "responses"]),
    ("tests/petstore/src/", &[]),
    ("generated-client/src/", &["looker_login"]),
];

/// Data that contains itself. Each of these files defines a part, and values contain one another.
const RECURSIVE_DATA: &[&[&str]] =
    &[&["codegen/src/ir/model/structs.rs", "codegen/src/ir/model/types.rs", "codegen/src/ir/model/unions.rs"]];

#[test]
fn imports_go_down_the_layers() {
    let mut wrong = Vec::new();
    for (folder, order) in LAYERS {
        let sources = Crate::read(folder);
        for (from, to) in sources.imports() {
            let (Some(above), Some(below)) = (from.first(), to.first()) else { continue };
            let rank = |name: &String| order.iter().position(|known| known == name);
            match (rank(above), rank(below)) {
                _ if above == below => {}
                (Some(above), Some(below)) if above > below => {}
                (Some(_), Some(_)) => wrong.push(format!("{} imports {}", sources.file(&from), sources.file(&to))),
                _ => wrong.push(format!("{folder}: `{above}` or `{below}` has no layer")),
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_imports_itself_through_others() {
    let mut wrong = Vec::new();
    for (folder, _) in LAYERS {
        let sources = Crate::read(folder);
        for circle in circles::of(&sources.imports()) {
            let mut files: Vec<&str> = circle.iter().map(|path| sources.file(path)).collect();
            files.sort_unstable();
            if !RECURSIVE_DATA.contains(&files.as_slice()) {
                wrong.push(files.join(" → "));
            }
        }
    }
    assert!(wrong.is_empty(), "circles of files:\n{}", wrong.join("\n"));
}

#[test]
fn every_crate_is_read() {
    for (folder, _) in LAYERS {
        assert!(Crate::read(folder).len() > 0, "{folder}");
    }
}
