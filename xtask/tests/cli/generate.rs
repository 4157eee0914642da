//! `generate`: a standalone crate that compiles as it is.

use std::path::Path;
use std::process::Command;

use crate::copy::{Copy, workspace};

#[test]
fn a_document_becomes_a_crate_that_compiles() {
    let copy = Copy::new();
    let runtime = workspace().join("runtime");
    let ran = copy.run(&[
        "generate",
        "specs/stateset/openapi.yaml",
        "--out",
        "out/stateset",
        "--name",
        "stateset-api",
        "--runtime",
        &runtime.to_string_lossy(),
    ]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let next = ran.stdout.lines().find_map(|line| line.strip_prefix("next: cargo ")).expect("what to do next");
    let manifest: toml::Table = copy.read("out/stateset/Cargo.toml").parse().unwrap();
    assert_eq!(manifest["package"]["name"].as_str(), Some("stateset-api"));
    for feature in ["client", "server"] {
        assert!(manifest["features"].as_table().unwrap().contains_key(feature), "{manifest}");
    }
    let library = copy.read("out/stateset/src/lib.rs");
    assert!(library.contains("pub use specwright_runtime;"), "the runtime is re-exported: {library}");
    for module in ["client", "server", "types", "operations", "security"] {
        assert!(library.contains(&format!("pub mod {module};")), "{library}");
        assert!(copy.path(&format!("out/stateset/src/{module}.rs")).is_file(), "{module}");
    }

    // Uses the lock file and the compiled dependencies of this workspace, so that nothing is
    // downloaded or built again.
    std::fs::copy(workspace().join("Cargo.lock"), copy.path("out/stateset/Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_BIN_EXE_xtask")).ancestors().nth(2).unwrap();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let checked = Command::new(cargo)
        .args(next.split(' '))
        .args(["--offline", "--config", "profile.dev.package.'*'.debug=false"])
        .args(["--config", "profile.dev.debug='line-tables-only'"])
        .current_dir(copy.path(""))
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn another_generated_crate_below_the_folder_is_untouched() {
    let copy = Copy::new();
    assert_eq!(copy.run(&["generate", "specs/prelude/openapi.yaml", "--out", "apis/prelude"]).status, 0);
    let manifest = copy.read("apis/prelude/Cargo.toml");
    let ran = copy.run(&["generate", "specs/stateset/openapi.yaml", "--out", "apis"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(!ran.stdout.contains("delete"), "{ran:?}");
    assert_eq!(copy.read("apis/prelude/Cargo.toml"), manifest);
}

#[test]
fn a_side_can_be_left_out() {
    let copy = Copy::new();
    let ran = copy.run(&["generate", "specs/stateset/openapi.yaml", "--out", "out", "--no-server"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(!copy.path("out/src/server.rs").exists());
    assert!(copy.path("out/src/client.rs").exists());
    let again = copy.run(&["generate", "specs/stateset/openapi.yaml", "--out", "out", "--no-server"]);
    assert!(!again.stdout.contains("update") && !again.stdout.contains("create"), "{again:?}");
}

#[test]
fn a_document_with_errors_generates_nothing() {
    let copy = Copy::new();
    copy.write(
        "bad.yaml",
        "openapi: 3.1.0\ninfo: {title: t}\npaths: {/a/{b}: {get: {responses: {}}}}\nsecurity: [{none: []}]\n",
    );
    let ran = copy.run(&["generate", "bad.yaml", "--out", "out"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("bad.yaml:"), "{ran:?}");
    assert!(!copy.path("out").exists());
}
