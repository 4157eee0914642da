//! The output of the emitters of operations, client, server and security for hand-made APIs.

use super::samples::{kitchen, small, synthetic};
use super::scaffold::{Dependency, Emission, Layout, Manifest, bundled, standalone};
use crate::ir::model::Api;
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
    let api = super::samples::api("Empty", "");
    let files: Vec<String> = printed(&api, &layout()).into_iter().map(|file| file.path).collect();
    assert_eq!(files, ["mod.rs", "types.rs", "operations.rs", "descriptors.rs", "client.rs", "server.rs"]);
}

#[test]
fn a_crate_of_its_own_names_the_runtime_as_the_caller_says() {
    let api = small();
    let manifest = Manifest { name: "sample".to_owned(), runtime: Dependency::Path("../runtime".to_owned()) };
    let layout = Layout { server: Emission::Omitted, ..layout() };
    let files = render(&standalone(&api, &layout, &manifest), &api.source).unwrap();
    insta::assert_snapshot!("standalone-manifest", files[0].text);
    assert!(files.iter().any(|file| file.path == "src/lib.rs"));
    assert!(files.iter().all(|file| file.path != "src/server.rs"));
}

#[test]
fn the_same_api_gives_the_same_text() {
    let api = synthetic(50);
    assert_eq!(printed(&api, &layout()), printed(&api, &layout()));
}

/// Writes crates for measurements and trials to the folder that `EMIT_SAMPLES` names.
#[test]
fn samples_can_be_written_to_a_folder() {
    let Ok(folder) = std::env::var("EMIT_SAMPLES") else { return };
    let runtime = std::env::var("EMIT_RUNTIME").unwrap_or_default();
    for (name, api) in
        [("small", small()), ("kitchen", kitchen()), ("synthetic", synthetic(500)), ("none", synthetic(0))]
    {
        let layout = Layout { path: name.to_owned(), ..layout() };
        let manifest = Manifest { name: name.to_owned(), runtime: Dependency::Path(runtime.clone()) };
        for file in render(&standalone(&api, &layout, &manifest), &api.source).unwrap() {
            let path = std::path::Path::new(&folder).join(name).join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.text).unwrap();
        }
    }
}
