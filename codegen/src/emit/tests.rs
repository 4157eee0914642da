//! The output of the emitters of operations, client, server and security for hand-made APIs.

use std::collections::{BTreeMap, BTreeSet};

use super::scaffold::{Dependency, Emission, Layout, Needs, bundled, embedded, standalone};
use super::test_data::{kitchen, small, synthetic};
use crate::ir::model::{Api, Gate, TagFeature, TagFeatures};
use crate::render::{RenderedFile, render};

fn layout() -> Layout {
    Layout {
        path: "generated_client::sample".to_owned(),
        client: Emission::Printed,
        server: Emission::Printed,
        document: Emission::Omitted,
        examples: Emission::Omitted,
    }
}

fn printed(api: &Api, layout: &Layout) -> Vec<RenderedFile> {
    render(&bundled(api, layout), &api.source).unwrap()
}

fn snapshots(name: &str, api: &Api) {
    for file in printed(api, &layout()) {
        if file.path != "types.rs" {
            insta::assert_snapshot!(format!("{name}-{}", file.path.replace(['/', '.'], "_")), file.text);
        }
    }
}

#[test]
fn the_usual_operation_is_printed() {
    snapshots("small", &small());
}

#[test]
fn every_kind_of_parameter_body_response_and_credential_is_printed() {
    snapshots("kitchen", &kitchen());
}

#[test]
fn an_api_without_operations_is_printed() {
    let api = super::test_data::api("Empty", "");
    let files: Vec<String> = printed(&api, &layout()).into_iter().map(|file| file.path).collect();
    assert_eq!(files, ["mod.rs", "types.rs", "operations.rs", "descriptors.rs", "client.rs", "server.rs"]);
}

#[test]
fn a_crate_of_its_own_has_a_root_and_the_sides_that_are_wanted() {
    let api = small();
    let layout = Layout { server: Emission::Omitted, ..layout() };
    let files = render(&standalone(&api, &layout), &api.source).unwrap();
    assert!(files.iter().any(|file| file.path == "src/lib.rs"));
    assert!(files.iter().all(|file| file.path != "src/server.rs" && file.path != "Cargo.toml"));
}

#[test]
fn a_crate_has_a_readme() {
    let (small, kitchen) = (small(), kitchen());
    for (name, api, path) in [("small", &small, "small_api"), ("kitchen", &kitchen, "kitchen_api")] {
        let layout = Layout { path: path.to_owned(), ..layout() };
        let files = render(&standalone(api, &layout), &api.source).unwrap();
        let page = files.iter().find(|file| file.path == "README.md").unwrap();
        insta::assert_snapshot!(format!("readme-{name}"), page.text);
    }
}

#[test]
fn a_crate_has_features_and_a_module_has_none() {
    let (api, version) = (small(), Dependency::Version("0.1".to_owned()));
    let of_crate = Needs::of_crate(&api, &layout(), &version);
    let of_module = Needs::of_module(&api, &Layout { server: Emission::Omitted, ..layout() }, &version);
    let names: Vec<&str> = of_crate.features.iter().map(|feature| feature.name.as_str()).collect();
    assert_eq!(
        names[..12],
        [
            "client",
            "rustls",
            "http2",
            "gzip",
            "brotli",
            "zstd",
            "native-tls",
            "system-proxy",
            "blocking",
            "file-bodies",
            "logins",
            "cassettes"
        ]
    );
    assert_eq!(names[12..], ["server", "validate", "chrono", "decimal", "jiff", "time", "url", "uuid"]);
    let runtime = |needs: &Needs| needs.dependencies.iter().find(|one| one.name == "specwright-runtime").cloned();
    assert_eq!(runtime(&of_crate).map(|one| one.features), Some(vec![]));
    assert_eq!(of_module.features, []);
    assert_eq!(runtime(&of_module).map(|one| one.features), Some(vec!["client", "rustls"]));
    assert!(of_module.dependencies.iter().all(|one| !one.is_optional));
}

#[test]
fn what_belongs_to_a_tag_is_behind_its_feature() {
    let users = TagFeature { name: "users".to_owned(), tags: vec!["Users".to_owned()] };
    let of_users = Gate::AnyOf(BTreeSet::from([0]));
    let features = TagFeatures {
        features: vec![users],
        operations: vec![of_users.clone()],
        types: BTreeMap::new(),
        headers: Vec::new(),
        shared_headers: Vec::new(),
        shared_errors: Vec::new(),
    };
    let api = Api { features: Some(features), ..small() };
    let files = render(&standalone(&api, &layout()), &api.source).unwrap();
    let text = |path: &str| &files.iter().find(|file| file.path == path).unwrap().text;
    let gate = "#[cfg(feature = \"users\")]\n";
    assert!(text("src/descriptors.rs").contains(&format!("{gate}specwright_runtime::operation!(PATCH_USER_PROFILE =")));
    assert!(text("src/operations.rs").contains(&format!(
        "{gate}#[derive(Clone, Debug, PartialEq)]\n#[non_exhaustive]\npub enum PatchUserProfileError"
    )));
    let client = text("src/client.rs");
    assert!(client.contains(&format!("    {gate}    #[inline]\n    pub fn patch_user_profile(")), "{client}");
    assert!(client.contains(&format!("{gate}pub type PatchUserProfileRequestBuilder")), "{client}");
    assert!(client.contains(&format!("{gate}specwright_runtime::from_response!(")), "{client}");
    assert!(text("src/lib.rs").contains("not(feature = \"full\")"), "unused imports are no warning");
    let needs = Needs::of_crate(&api, &layout(), &Dependency::Version("0.1".to_owned()));
    let enables = |name: &str| needs.features.iter().find(|one| one.name == name).map(|one| one.enables.as_slice());
    assert_eq!(enables("full"), Some(&["users".to_owned()][..]));
    assert_eq!(enables("users"), Some(&[][..]));
    assert!(enables("server").is_some_and(|all| all.contains(&"full".to_owned())));
}

#[test]
fn a_module_of_a_crate_without_features_depends_on_none() {
    let api = small();
    let layout = Layout { path: "crate::small".to_owned(), ..layout() };
    for file in render(&embedded(&api, &layout), &api.source).unwrap() {
        assert!(!file.text.contains("feature = "), "{}", file.path);
        assert!(!file.text.contains("```no_run"), "an example below `crate` is no doctest: {}", file.path);
        if file.path == "mod.rs" {
            insta::assert_snapshot!("embedded-mod_rs", file.text);
        }
    }
}

#[test]
fn the_same_api_gives_the_same_text() {
    let api = synthetic(50);
    assert_eq!(printed(&api, &layout()), printed(&api, &layout()));
}

/// Writes the sources of crates for measurements and trials to the folder that `EMIT_SAMPLES` names.
#[test]
fn samples_can_be_written_to_a_folder() {
    let Ok(folder) = std::env::var("EMIT_SAMPLES") else { return };
    for (name, api) in
        [("small", small()), ("kitchen", kitchen()), ("synthetic", synthetic(500)), ("none", synthetic(0))]
    {
        let layout = Layout { path: name.to_owned(), ..layout() };
        for file in render(&standalone(&api, &layout), &api.source).unwrap() {
            let path = std::path::Path::new(&folder).join(name).join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.text).unwrap();
        }
    }
}
