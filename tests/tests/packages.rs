//! The published packages: their metadata, versions and files agree with one another.

use std::fs;

use tests::tree::{below, root};
use toml::{Table, Value};

/// Folder and name of each package.
const PUBLISHED: [(&str, &str); 6] = [
    ("cli", "specwright"),
    ("codegen", "specwright-codegen"),
    ("contract", "specwright-contract"),
    ("macros", "specwright-macros"),
    ("mock", "specwright-mock"),
    ("runtime", "specwright-runtime"),
];

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn manifest(folder: &str) -> Table {
    read(&format!("{folder}/Cargo.toml")).parse().expect("TOML")
}

fn at<'v>(table: &'v Table, path: &[&str]) -> Option<&'v Value> {
    let (first, rest) = path.split_first()?;
    let value = table.get(*first)?;
    if rest.is_empty() { Some(value) } else { at(value.as_table()?, rest) }
}

fn text<'v>(table: &'v Table, path: &[&str]) -> &'v str {
    at(table, path).and_then(Value::as_str).unwrap_or_default()
}

#[test]
fn a_package_describes_itself() {
    for (folder, name) in PUBLISHED {
        let manifest = manifest(folder);
        assert_eq!(text(&manifest, &["package", "name"]), name);
        assert!(at(&manifest, &["package", "publish"]).is_none(), "{name} is published");
        for key in ["version", "edition", "license", "repository", "categories"] {
            let is_shared = at(&manifest, &["package", key, "workspace"]).and_then(Value::as_bool);
            assert_eq!(is_shared, Some(true), "{name}: {key}");
        }
        let description = text(&manifest, &["package", "description"]);
        assert!(description.len() > 40 && !description.ends_with('.'), "{name}: {description}");
        let keywords = at(&manifest, &["package", "keywords"]).and_then(Value::as_array).expect("keywords");
        assert!((3..=5).contains(&keywords.len()), "{name}: a registry takes five keywords");
    }
}

#[test]
fn no_other_package_is_published() {
    for file in below("", "/Cargo.toml") {
        let manifest: Table = file.text.parse().expect("TOML");
        let folder = file.path.trim_end_matches("/Cargo.toml");
        let is_published = PUBLISHED.iter().any(|(published, _)| *published == folder);
        let says = at(&manifest, &["package", "publish"]).is_some();
        assert!(is_published || says || at(&manifest, &["package"]).is_none(), "{}: publish = false", file.path);
    }
}

#[test]
fn a_package_has_its_licences_and_a_readme() {
    for (folder, name) in PUBLISHED {
        for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
            assert_eq!(read(&format!("{folder}/{file}")), read(file), "{name}");
        }
        let readme = text(&manifest(folder), &["package", "readme"]).to_owned();
        let readme = if readme.is_empty() { "README.md".to_owned() } else { readme };
        assert!(read(&format!("{folder}/{readme}")).starts_with("# "), "{name}");
    }
}

/// The generator is one program made of several packages, and each version of it uses a single
/// version of them. A later compatible runtime also works.
#[test]
fn packages_ask_for_each_other_by_the_version_of_the_workspace() {
    let workspace: Table = read("Cargo.toml").parse().expect("TOML");
    let version = text(&workspace, &["workspace", "package", "version"]);
    for (_, name) in PUBLISHED {
        let asked = text(&workspace, &["workspace", "dependencies", name, "version"]);
        let pin = if name == "specwright-runtime" { "" } else { "=" };
        assert_eq!(asked, format!("{pin}{version}"), "{name}");
    }
    let rust = text(&manifest("runtime"), &["package", "rust-version"]).to_owned();
    assert_eq!(text(&manifest("generated-client"), &["package", "rust-version"]), rust);
    assert!(read("codegen/src/output/manifest/mod.rs").contains(&format!("RUST_VERSION: &str = \"{rust}\"")), "{rust}");
    assert!(read("docs/stability.md").contains(&format!("need Rust {rust}, and the program")), "{rust}");
    let guide = read("docs/guide/projects.md");
    assert!(guide.contains(&format!("\ngenerator = \"{version}\"\n")), "the guide names {version}");
}

#[test]
fn the_workflow_of_the_repository_uses_its_own_action() {
    let action: serde_yaml::Value = serde_yaml::from_str(&read("action.yml")).expect("YAML");
    let workflow: serde_yaml::Value = serde_yaml::from_str(&read(".github/workflows/ci.yml")).expect("YAML");
    let steps = workflow["jobs"]["action"]["steps"].as_sequence().expect("steps");
    let step = steps.iter().find(|step| step["uses"].as_str() == Some("./")).expect("a step that uses it");
    for (name, _) in step["with"].as_mapping().expect("inputs") {
        assert!(action["inputs"][name]["description"].is_string(), "{name:?}");
    }
    let script = read("scripts/action.sh");
    let environment = &action["runs"]["steps"][1]["env"];
    for (name, _) in environment.as_mapping().expect("variables") {
        assert!(script.contains(&format!("${{{}", name.as_str().expect("a name"))), "{name:?}");
    }
}

#[test]
fn the_program_is_where_binstall_looks_for_it() {
    let cli = manifest("cli");
    let script = read("scripts/release.sh");
    assert_eq!(
        text(&cli, &["package", "metadata", "binstall", "pkg-url"]),
        "{ repo }/releases/download/v{ version }/specwright-{ target }{ archive-suffix }"
    );
    assert_eq!(
        text(&cli, &["package", "metadata", "binstall", "bin-dir"]),
        "specwright-{ target }/specwright{ binary-ext }"
    );
    // `tgz` is the default format.
    for line in ["name=\"specwright-$1\"", "archive=\"$name.tgz\"", "archive=\"$name.zip\""] {
        assert!(script.contains(line), "{line}");
    }
    let windows = ["package", "metadata", "binstall", "overrides", "x86_64-pc-windows-msvc", "pkg-fmt"];
    assert_eq!(text(&cli, &windows), "zip");
}
