//! `generate`: a crate of its own, whose manifest belongs to its owner.

use crate::folder::{Folder, runtime};

#[test]
fn a_document_becomes_a_crate_that_compiles() {
    let folder = Folder::new();
    let ran = folder.run(&["generate", "petstore.yaml", "--out", "out", "--name", "pets", "--runtime", &runtime()]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let next = ran.stdout.lines().find_map(|line| line.strip_prefix("next: cargo ")).expect("what to do next");
    let manifest: toml::Table = folder.read("out/Cargo.toml").parse().unwrap();
    assert_eq!(manifest["package"]["name"].as_str(), Some("pets"));
    let library = folder.read("out/src/lib.rs");
    assert!(library.contains("pub use specwright_runtime;"), "the runtime is re-exported: {library}");
    for module in ["client", "server", "types", "operations"] {
        assert!(library.contains(&format!("pub mod {module};")), "{library}");
        assert!(folder.path(&format!("out/src/{module}.rs")).is_file(), "{module}");
    }
    let arguments: Vec<&str> = next.split(' ').map(|word| word.strip_prefix("out/").unwrap_or(word)).collect();
    let checked = folder.cargo("out", &arguments);
    assert_eq!(checked.status, 0, "{}", checked.stderr);
}

#[test]
fn the_runtime_comes_from_where_the_caller_says() {
    let folder = Folder::new();
    let version = env!("CARGO_PKG_VERSION");
    for (option, expected) in [
        (None, format!("specwright-runtime = {{ version = \"{version}\", default-features = false }}")),
        (Some("0.9"), "specwright-runtime = { version = \"0.9\", default-features = false }".to_owned()),
        (Some("path:rt"), "specwright-runtime = { path = \"../rt\", default-features = false }".to_owned()),
        (Some("path:/opt/rt"), "specwright-runtime = { path = \"/opt/rt\", default-features = false }".to_owned()),
        (
            Some("git:https://example.com/x#v1"),
            "specwright-runtime = { git = \"https://example.com/x\", rev = \"v1\", default-features = false }"
                .to_owned(),
        ),
    ] {
        let _ = std::fs::remove_dir_all(folder.path("out"));
        let arguments = ["generate", "petstore.yaml", "--out", "out"].into_iter();
        let arguments: Vec<&str> = arguments.chain(option.into_iter().flat_map(|text| ["--runtime", text])).collect();
        let ran = folder.run(&arguments);
        assert_eq!(ran.status, 0, "{ran:?}");
        assert!(folder.read("out/Cargo.toml").contains(&expected), "{}", folder.read("out/Cargo.toml"));
    }
    let ran = folder.run(&["generate", "petstore.yaml", "--out", "out", "--runtime", "somewhere"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.stderr.contains("`path:DIR`"), "{ran:?}");
}

#[test]
fn the_manifest_belongs_to_its_owner() {
    let folder = Folder::new();
    let generate = ["generate", "petstore.yaml", "--out", "out"];
    assert_eq!(folder.run(&generate).status, 0);
    folder.edit("out/Cargo.toml", "version = \"0.1.0\"", "version = \"3.2.1\" # ours\nlicense = \"MIT\"");
    folder.edit("out/Cargo.toml", "[dependencies]\n", "[dependencies]\nanyhow = \"1\"\n");
    let before = folder.read("out/Cargo.toml");
    let ran = folder.run(&generate);
    assert!(ran.stdout.starts_with("nothing to do: out is up to date\n"), "{ran:?}");
    assert_eq!(folder.read("out/Cargo.toml"), before);
    let ran = folder.run(&[&generate[..], &["--no-server"]].concat());
    assert!(ran.stdout.contains("update out/Cargo.toml") && ran.stdout.contains("delete out/src/server.rs"), "{ran:?}");
    let after = folder.read("out/Cargo.toml");
    assert!(after.contains("version = \"3.2.1\" # ours") && after.contains("anyhow"), "{after}");
    assert!(!after.contains("server = ["), "{after}");
}

#[test]
fn a_crate_in_a_workspace_becomes_a_member_that_inherits() {
    let folder = Folder::new();
    folder.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"app\"]\n\n[workspace.package]\nlicense = \"MIT\"\nedition = \"2024\"\n",
    );
    let ran = folder.run(&["generate", "petstore.yaml", "--out", "apis/pets"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.stdout.contains("\nupdate Cargo.toml\n"), "{ran:?}");
    assert!(folder.read("Cargo.toml").contains("members = [\"app\", \"apis/pets\"]"));
    let manifest = folder.read("apis/pets/Cargo.toml");
    assert!(manifest.contains("license.workspace = true") && !manifest.contains("[workspace]"), "{manifest}");
    let ran = folder.run(&["generate", "petstore.yaml", "--out", "apis/pets"]);
    assert!(ran.stdout.starts_with("nothing to do"), "{ran:?}");
    let ran = folder.run(&["generate", "petstore.yaml", "--out", "apart", "--own-workspace"]);
    assert!(folder.read("apart/Cargo.toml").contains("\n[workspace]\n"), "{ran:?}");
    assert!(!folder.read("Cargo.toml").contains("apart"));
}

#[test]
fn stale_output_is_shown_as_a_diff_and_nothing_is_written() {
    let folder = Folder::new();
    let check = ["generate", "petstore.yaml", "--out", "out", "--check"];
    let ran = folder.run(&check);
    assert_eq!(ran.status, 4, "{ran:?}");
    assert!(ran.stdout.contains("stale: out/src/lib.rs") && ran.stdout.contains("+++ b/out/Cargo.toml"), "{ran:?}");
    assert!(!folder.path("out").exists());
    assert_eq!(folder.run(&check[..4]).status, 0);
    let ran = folder.run(&check);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "fresh: the output matches the document\n"), "{ran:?}");
    folder.edit("petstore.yaml", "id: { type: integer }", "id: { type: string }");
    let before = folder.files();
    let ran = folder.run(&check);
    assert_eq!(ran.status, 4, "{ran:?}");
    assert!(ran.stdout.contains("stale: out/src/types.rs"), "{ran:?}");
    assert_eq!(folder.files(), before);
}

#[test]
fn a_file_that_was_not_generated_is_in_the_way() {
    let folder = Folder::new();
    folder.write("out/src/lib.rs", "//! By hand.\n");
    let before = folder.files();
    let ran = folder.run(&["generate", "petstore.yaml", "--out", "out"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("src/lib.rs was not generated"), "{ran:?}");
    assert_eq!(folder.files(), before);
}

#[test]
fn a_crate_has_a_readme_until_its_owner_writes_one() {
    let folder = Folder::new();
    let generate = ["generate", "petstore.yaml", "--out", "out"];
    assert_eq!(folder.run(&generate).status, 0);
    let page = folder.read("out/README.md");
    let head = "<!-- @generated by specwright from petstore.yaml; do not edit. -->\n\n# Petstore\n";
    assert!(page.starts_with(head) && page.contains("* `get_pet`: `GET /pets/{petId}`"), "{page}");
    // The program is the one that the documentation of the crate compiles.
    let root = folder.read("out/src/lib.rs");
    let call = page.lines().find(|line| line.contains("let response = client.")).expect("a call").trim();
    assert!(root.contains(call), "{call}");
    folder.edit("petstore.yaml", "title: Petstore", "title: Pets");
    assert!(folder.run(&generate).stdout.contains("update out/README.md"));
    folder.write("out/README.md", "# Ours\n");
    let ran = folder.run(&generate);
    assert!(ran.status == 0 && ran.stdout.starts_with("nothing to do"), "{ran:?}");
    assert_eq!(folder.read("out/README.md"), "# Ours\n");
}

#[test]
fn another_generated_crate_below_the_folder_is_untouched() {
    let folder = Folder::new();
    assert_eq!(folder.run(&["generate", "petstore.yaml", "--out", "apis/pets"]).status, 0);
    let manifest = folder.read("apis/pets/Cargo.toml");
    let ran = folder.run(&["generate", "petstore.yaml", "--out", "apis"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(!ran.stdout.contains("delete"), "{ran:?}");
    assert_eq!(folder.read("apis/pets/Cargo.toml"), manifest);
}

#[test]
fn a_document_with_errors_generates_nothing() {
    let folder = Folder::new();
    folder.write(
        "bad.yaml",
        "openapi: 3.1.0\ninfo: {title: t}\npaths: {/a/{b}: {get: {responses: {}}}}\nsecurity: [{none: []}]\n",
    );
    let ran = folder.run(&["generate", "bad.yaml", "--out", "out"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("bad.yaml:") && ran.stderr.contains("`specwright explain "), "{ran:?}");
    assert!(!folder.path("out").exists());
}

#[test]
fn a_place_for_the_output_is_needed() {
    let folder = Folder::new();
    for arguments in [&["generate", "petstore.yaml"][..], &["generate", "petstore.yaml", "--out", "a", "--module", "b"]]
    {
        let ran = folder.run(arguments);
        assert_eq!(ran.status, 2, "{ran:?}");
        assert!(ran.stderr.contains("--module"), "{ran:?}");
    }
}
