//! Output depends only on the documents.

use std::collections::BTreeMap;
use std::thread;

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::MemoryReader;
use specwright_codegen::emit::scaffold::{Emission, Layout};
use specwright_codegen::pipeline::{self, Packaging};
use tests::tree::{SourceText, below};

/// Generated text by path below the module.
type Output = BTreeMap<String, String>;

/// Generates a provider from its files, which are in `folder`.
fn generate(name: &str, folder: &str, files: &[SourceText]) -> (String, Output) {
    let mut reader = MemoryReader::new();
    let (mut config, mut overlay) = (ProviderConfig::default(), None);
    for SourceText { path, text } in files {
        let path = path.replacen("specs/", folder, 1);
        match path.rsplit('/').next() {
            Some("provider.toml") => config = ProviderConfig::parse(&path, text).unwrap(),
            Some("overlay.yaml") => overlay = Some(path.clone()),
            _ => {}
        }
        reader = reader.with(path, text.as_str());
    }
    config.cited = Some(format!("specs/{name}/openapi.yaml"));
    let layout = Layout {
        path: format!("generated_client::{}", config.module),
        client: Emission::Printed,
        server: Emission::Printed,
        document: Emission::Printed,
        examples: Emission::Omitted,
    };
    let document = format!("{folder}{name}/openapi.yaml");
    let generated =
        pipeline::generate(&document, &reader, overlay.as_deref(), &config, &layout, Packaging::Module).unwrap();
    (config.module, generated.files.into_iter().map(|file| (file.path, file.text)).collect())
}

fn providers() -> BTreeMap<String, Vec<SourceText>> {
    let mut providers = BTreeMap::<_, Vec<_>>::new();
    for file in below("specs/", "") {
        let name = file.path.split('/').nth(1).unwrap_or_default().to_owned();
        providers.entry(name).or_default().push(file);
    }
    providers
}

#[test]
fn committed_output_matches_the_specs() {
    for (name, files) in providers() {
        let (module, output) = generate(&name, "specs/", &files);
        let folder = format!("generated-client/src/generated/{module}/");
        let committed: Output =
            below(&folder, "").into_iter().map(|file| (file.path.replacen(&folder, "", 1), file.text)).collect();
        assert_eq!(output.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>(), "{name}");
        for (path, text) in &output {
            assert!(committed[path] == *text, "{folder}{path} is stale: run `cargo xtask regen`");
        }
    }
}

/// Each hash map has its own seed, so its order differs each time.
#[test]
fn output_does_not_depend_on_repetition_folder_order_of_files_or_threads() {
    for (name, files) in providers() {
        let (_, first) = generate(&name, "specs/", &files);
        let mut reversed = files.clone();
        reversed.reverse();
        thread::scope(|scope| {
            let folders = ["specs/", "somewhere/else/", "/absolute/", ""];
            let running = folders.map(|folder| {
                let (name, files) = (&name, &reversed);
                scope.spawn(move || (folder, generate(name, folder, files).1))
            });
            for thread in running {
                let (folder, again) = thread.join().unwrap();
                for (path, text) in &first {
                    assert!(again.get(path) == Some(text), "{name}: {path} differs in `{folder}`");
                }
                assert_eq!(again.len(), first.len());
            }
        });
    }
}
