//! The published packages: their metadata, versions and files agree with one another.

use std::fs;
use std::process::Command;

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

/// Tests, snapshots and fixtures stay in the workspace.
#[test]
fn a_package_has_what_its_users_compile_and_no_more() {
    const EVERY: [&str; 8] = [
        ".cargo_vcs_info.json",
        "Cargo.lock",
        "Cargo.toml",
        "Cargo.toml.orig",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "src/lib.rs",
    ];
    // What the sources include.
    const DATA: [&str; 2] = ["src/ir/paging/operations.tsv", "src/web/frame.css"];
    for (_, name) in PUBLISHED {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut list = Command::new(cargo);
        list.args(["package", "--list", "--allow-dirty", "--offline", "--package", name]).current_dir(root());
        let output = list.output().expect("cargo runs");
        let listed = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let files: Vec<&str> = listed.lines().collect();
        // A copy of the workspace without its history has no commit to name.
        let is_there = |file: &str| files.contains(&file) || (file == EVERY[0] && !root().join(".git").exists());
        assert!(EVERY.iter().all(|file| is_there(file)), "{name}: {files:?}");
        let is_source = |file: &str| file.starts_with("src/") && file.ends_with(".rs") && !file.contains("/tests");
        let needless: Vec<_> =
            files.iter().filter(|file| !(EVERY.contains(file) || DATA.contains(file) || is_source(file))).collect();
        assert!(needless.is_empty(), "{name}: {needless:?}");
    }
}

/// Users of the packages have no `cargo xtask`.
#[test]
fn what_users_read_names_the_program() {
    let folders = PUBLISHED.iter().flat_map(|(folder, _)| ["src/", "README.md"].map(|path| format!("{folder}/{path}")));
    let folders: Vec<String> = folders.chain(["docs/guide/".to_owned(), "docs/diagnostics.md".to_owned()]).collect();
    // The mark of files that earlier versions generated; the page that says who made it.
    let except = ["codegen/src/render/mod.rs", "docs/diagnostics.md"];
    let mut found = Vec::new();
    for file in tests::tree::files() {
        if !folders.iter().any(|folder| file.path.starts_with(folder.as_str())) {
            continue;
        }
        let paragraphs = file.text.split("\n\n").filter(|text| text.contains("cargo xtask"));
        let lost: Vec<&str> = paragraphs.filter(|text| !text.contains("this workspace")).collect();
        if !(lost.is_empty() || except.contains(&file.path.as_str())) {
            found.push(format!("{}: {}", file.path, lost.join("\n")));
        }
    }
    let readme = read("README.md");
    let (start, rest) = readme.split_once("\n## This workspace\n").expect("a section about the workspace");
    let end = rest.split_once("\n## ").map_or("", |(_, end)| end);
    if start.contains("xtask") || end.contains("xtask") {
        found.push("README.md".to_owned());
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Runs a step of `scripts/release.sh` in another folder.
fn release(folder: &std::path::Path, arguments: &[&str]) -> (bool, String) {
    let mut script = Command::new("bash");
    script.arg("scripts/release.sh").args(arguments).current_dir(folder).env("RELEASE_DATE", "2027-01-02");
    let output = script.output().expect("bash runs");
    let printed = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(printed).expect("UTF-8"))
}

#[test]
fn a_release_is_prepared_by_a_script() {
    let folder = tempfile::tempdir().expect("a folder");
    let copied = ["Cargo.toml", "CHANGELOG.md", "docs/guide/projects.md", "scripts/release.sh"];
    for path in copied {
        let to = folder.path().join(path);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::write(to, read(path)).expect("a file");
    }
    let copy = |path: &str| fs::read_to_string(folder.path().join(path)).expect("a file");
    assert!(!release(folder.path(), &["prepare", "9.8"]).0, "no version");
    let (is_ready, said) = release(folder.path(), &["tag", "v9.8.7"]);
    assert!(!is_ready && said.contains("is not v"), "{said}");
    let (is_done, said) = release(folder.path(), &["prepare", "9.8.7"]);
    assert!(is_done && said.contains("the tag v9.8.7"), "{said}");
    let (old, new): (Table, Table) =
        (read("Cargo.toml").parse().expect("TOML"), copy("Cargo.toml").parse().expect("TOML"));
    for (_, name) in PUBLISHED {
        let asked = text(&new, &["workspace", "dependencies", name, "version"]);
        assert_eq!(asked.trim_start_matches('='), "9.8.7", "{name}");
    }
    let old = text(&old, &["workspace", "package", "version"]);
    assert!(
        !copy("docs/guide/projects.md").contains(old) && copy("docs/guide/projects.md").contains("version = \"9\"")
    );
    assert!(copy("CHANGELOG.md").contains("\n## [Unreleased]\n\n## [9.8.7] - 2027-01-02\n\n### Added\n"));
    assert!(release(folder.path(), &["notes"]).1.contains("### Added"));
    let (is_twice, said) = release(folder.path(), &["prepare", "9.8.7"]);
    assert!(!is_twice && said.contains("has a section [9.8.7]"), "{said}");
    let (_, said) = release(folder.path(), &["tag", "v9.8.7"]);
    assert!(!said.contains("has no section"), "{said}");
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
