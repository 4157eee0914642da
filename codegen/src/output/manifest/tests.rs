//! Tests with manifests of every kind of owner.

use super::{Membership, absent, created, joined, lacking, merged};
use crate::emit::scaffold::{Dependency, DependencyNeed, FeatureNeed, Needs};

fn needs(version: &str) -> Needs {
    let feature = |name: &str, enables: Vec<&str>, is_default| FeatureNeed {
        name: name.to_owned(),
        comment: "A side.".to_owned(),
        enables: enables.into_iter().map(str::to_owned).collect(),
        is_default,
    };
    Needs {
        description: "An API".to_owned(),
        features: vec![
            feature("client", vec!["specwright-runtime/client", "dep:progenitor-client"], true),
            feature("server", vec!["specwright-runtime/server"], false),
        ],
        dependencies: vec![
            DependencyNeed {
                is_paired: true,
                is_optional: true,
                ..DependencyNeed::of_version("progenitor-client", "0.15.1")
            },
            DependencyNeed { features: vec!["derive"], ..DependencyNeed::of_version("serde", "1") },
            DependencyNeed::of_version("serde_json", "1"),
            DependencyNeed {
                is_paired: true,
                is_bare: true,
                ..DependencyNeed::of_version("specwright-runtime", version)
            },
        ],
    }
}

fn without_client(needs: Needs) -> Needs {
    Needs {
        features: needs.features.into_iter().filter(|feature| feature.name != "client").collect(),
        dependencies: needs.dependencies.into_iter().filter(|one| one.name != "progenitor-client").collect(),
        ..needs
    }
}

fn of_module(needs: Needs) -> Needs {
    let bound = |one: DependencyNeed| match one.name {
        "specwright-runtime" => DependencyNeed { features: vec!["client"], ..one },
        _ => DependencyNeed { is_optional: false, ..one },
    };
    Needs { features: Vec::new(), dependencies: needs.dependencies.into_iter().map(bound).collect(), ..needs }
}

#[test]
fn a_new_manifest_has_what_is_needed_and_merging_again_changes_nothing() {
    let text = created("acme", &needs("0.1.1"), Membership::None).unwrap();
    insta::assert_snapshot!("created", text);
    assert_eq!(merged(&text, &needs("0.1.1")).unwrap(), text);
    let own = created("acme", &needs("0.1.1"), Membership::Own).unwrap();
    assert!(own.starts_with(&text) && own.ends_with("\n[workspace]\n"), "{own}");
}

#[test]
fn a_member_inherits_what_its_workspace_shares() {
    let workspace = "[workspace]\nmembers = []\n[workspace.package]\nedition = \"2021\"\nlicense = \"MIT\"\nversion = \"3.0.0\"\n\
                     [workspace.dependencies]\nserde = \"1\"\nspecwright-runtime = { path = \"../runtime\" }\n";
    let text = created("acme", &needs("0.1.1"), Membership::Of(workspace)).unwrap();
    insta::assert_snapshot!("inherited", text);
    assert_eq!(merged(&text, &needs("0.1.1")).unwrap(), text);
}

#[test]
fn what_the_owner_wrote_stays() {
    let text = created("acme", &needs("0.1.1"), Membership::None).unwrap();
    let text = text
        .replace("version = \"0.1.0\"", "version = \"7.0.0\" # ours\nlicense = \"MIT\"")
        .replace(
            "serde_json = \"1\"",
            "serde_json = { version = \"1.0.100\", features = [\"preserve_order\"] }\nanyhow = \"1\"",
        )
        .replace("[features]\n", "[features]\nextra = []\n")
        + "\n[package.metadata.docs.rs]\nall-features = true\n";
    assert_eq!(merged(&text, &needs("0.1.1")).unwrap(), text);
    let newer = merged(&text, &needs("0.1.2")).unwrap();
    assert_eq!(newer, text.replace("version = \"0.1.1\"", "version = \"0.1.2\""));
}

#[test]
fn missing_features_and_dependencies_are_added_again() {
    let whole = created("acme", &needs("0.1.1"), Membership::None).unwrap();
    let text = "[package]\nname = \"acme\"\n\n[dependencies]\nserde = \"1.0.200\"\n";
    let text = merged(text, &needs("0.1.1")).unwrap();
    assert!(text.contains("serde = { version = \"1.0.200\", features = [\"derive\"] }"), "{text}");
    for line in whole.lines().filter(|line| line.starts_with("client") || line.starts_with("specwright-runtime")) {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn a_side_that_is_no_longer_printed_leaves_only_what_the_owner_added() {
    let text = created("acme", &needs("0.1.1"), Membership::None).unwrap();
    let less = merged(&text, &without_client(needs("0.1.1"))).unwrap();
    assert!(!less.contains("client"), "{less}");
    let text = text.replace("client = [", "client = [\"extra\", ");
    assert!(merged(&text, &without_client(needs("0.1.1"))).unwrap().contains("client = [\"extra\""));
}

#[test]
fn a_path_of_the_owner_stays_and_a_path_that_was_asked_for_is_written() {
    let text = "[dependencies]\nspecwright-runtime = { path = \"../fork\", default-features = false }\n";
    assert!(merged(text, &needs("0.1.1")).unwrap().contains("path = \"../fork\""));
    let mut asked = needs("0.1.1");
    for one in asked.dependencies.iter_mut().filter(|one| one.name == "specwright-runtime") {
        one.source = Dependency::Path("../runtime".to_owned());
    }
    let text = merged(text, &asked).unwrap();
    assert!(text.contains("path = \"../runtime\"") && !text.contains("fork"), "{text}");
}

#[test]
fn a_crate_with_a_module_lists_the_lines_that_it_lacks() {
    let needs = of_module(needs("0.1.1"));
    let lines =
        lacking("[dependencies]\nserde_json = \"1\"\nserde = { version = \"1\", features = [\"derive\"] }\n", &needs);
    let lines = lines.unwrap();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[1].contains("features = [\"client\"]"), "{lines:?}");
    let text = merged("[package]\nname = \"app\"\n", &needs).unwrap();
    assert_eq!(lacking(&text, &needs).unwrap(), Vec::<String>::new());
    assert!(!text.contains("[features]"), "the features are the owner's: {text}");
}

#[test]
fn a_dependency_of_any_kind_and_version_counts() {
    let needs = of_module(needs("0.1.1"));
    let names = |text: &str| -> Vec<String> {
        let lines = absent(text, &needs).unwrap().into_iter();
        lines.filter_map(|line| line.split(' ').next().map(ToOwned::to_owned)).collect()
    };
    assert_eq!(names("[package]\n"), ["progenitor-client", "serde", "serde_json", "specwright-runtime"]);
    let some = "[dependencies]\nserde.workspace = true\n[dependencies.serde_json]\nversion = \"1\"\n\
                [dev-dependencies]\nspecwright-runtime = \"9\"\n\
                [target.'cfg(unix)'.dependencies]\nprogenitor-client = \"0.1\"\n";
    assert_eq!(names(some), [""; 0]);
    let lines =
        absent("[dependencies]\nserde = \"1\"\nserde_json = \"1\"\nprogenitor-client = \"1\"\n", &needs).unwrap();
    assert_eq!(
        lines,
        ["specwright-runtime = { version = \"0.1.1\", default-features = false, features = [\"client\"] }"]
    );
    assert!(absent("[package", &needs).is_err());
}

#[test]
fn a_workspace_gets_a_member_unless_it_has_or_excludes_it() {
    let lists = "[workspace]\nmembers = [\"app\"]\n";
    assert_eq!(joined(lists, "apis/acme").unwrap().unwrap(), "[workspace]\nmembers = [\"app\", \"apis/acme\"]\n");
    let lines = "[workspace]\nmembers = [\n    \"app\",\n    \"lib\",\n]\n";
    assert_eq!(
        joined(lines, "acme").unwrap().unwrap(),
        "[workspace]\nmembers = [\n    \"app\",\n    \"lib\",\n    \"acme\",\n]\n"
    );
    assert_eq!(joined("[workspace]\n", "acme").unwrap().unwrap(), "[workspace]\nmembers = [\"acme\"]\n");
    for text in ["members = [\"apis/*\"]", "members = [\"apis/acme\"]", "members = [\"**\"]", "exclude = [\"apis\"]"] {
        assert_eq!(joined(&format!("[workspace]\n{text}\n"), "apis/acme").unwrap(), None, "{text}");
    }
    assert!(joined("[package]\n", "acme").is_err());
}

#[test]
fn text_that_is_not_a_manifest_is_an_error() {
    assert!(merged("[package", &needs("1")).is_err());
    assert!(merged("dependencies = 1\n", &needs("1")).unwrap_err().to_string().contains("[dependencies]"));
}
