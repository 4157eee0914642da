//! `generate --module`: a module of an existing crate.

use crate::folder::{Folder, runtime};

/// A crate with strict lints.
fn app(edition: &str) -> Folder {
    let folder = Folder::new();
    folder.write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"{edition}\"\n\n[dependencies]\n\n[workspace]\n"
        ),
    );
    folder.write("src/lib.rs", "//! An application.\n\nmod apis;\n\npub use apis::petstore::Client;\n");
    folder.write("src/apis/mod.rs", "//! APIs.\n\npub mod petstore;\n");
    folder
}

#[test]
fn a_module_compiles_in_a_crate_of_either_edition_and_is_not_formatted() {
    for edition in ["2021", "2024"] {
        let folder = app(edition);
        let arguments =
            ["generate", "petstore.yaml", "--module", "src/apis/petstore", "--add-dependencies", "--server"];
        let ran = folder.run(&[&arguments[..], &["--runtime", &runtime()]].concat());
        assert_eq!(ran.status, 0, "{ran:?}");
        assert!(ran.stdout.contains("\nupdate Cargo.toml\n"), "{ran:?}");
        let checked = folder.cargo("", &["check"]);
        assert_eq!(checked.status, 0, "{edition}: {}", checked.stderr);
        let root = folder.path("src/lib.rs");
        let formatted =
            std::process::Command::new("rustfmt").args(["--check", "--edition", edition]).arg(root).output();
        assert!(formatted.is_ok_and(|output| output.status.success()), "rustfmt leaves the module alone");
        let client = folder.read("src/apis/petstore/client.rs");
        assert!(client.contains("```ignore\n") && client.contains("crate::apis::petstore::"), "{client}");
    }
}

#[test]
fn missing_dependencies_are_named() {
    let folder = app("2024");
    let ran = folder.run(&["generate", "petstore.yaml", "--module", "src/apis/petstore"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(!folder.path("src/apis/petstore/server.rs").exists(), "a module has a client by default");
    let version = env!("CARGO_PKG_VERSION");
    let runtime = format!(
        "specwright-runtime = {{ version = \"{version}\", default-features = false, features = [\"client\", \"rustls\"] }}"
    );
    assert!(ran.stdout.contains("next: add to [dependencies] of ./Cargo.toml:\n"), "{ran:?}");
    assert!(ran.stdout.contains(&runtime), "{ran:?}");
    let before = folder.read("Cargo.toml");
    let ran = folder.run(&["generate", "petstore.yaml", "--module", "src/apis/petstore", "--add-dependencies"]);
    assert!(ran.stdout.contains("update Cargo.toml") && !ran.stdout.contains("next: add"), "{ran:?}");
    assert!(folder.read("Cargo.toml").contains(&runtime) && folder.read("Cargo.toml").len() > before.len());
    let ran = folder.run(&["generate", "petstore.yaml", "--module", "src/apis/petstore"]);
    assert!(ran.stdout.starts_with("nothing to do") && !ran.stdout.contains("next:"), "{ran:?}");
}

#[test]
fn a_folder_whose_name_is_no_module_is_refused() {
    let folder = app("2024");
    let before = folder.files();
    for name in ["src/type", "src/pet-store"] {
        let ran = folder.run(&["generate", "petstore.yaml", "--module", name]);
        assert_eq!(ran.status, 1, "{ran:?}");
        assert!(ran.stderr.contains("can't be the name of a module"), "{ran:?}");
    }
    assert_eq!(folder.files(), before);
}
