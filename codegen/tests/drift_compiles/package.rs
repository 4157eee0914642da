//! A package of many cases, each a module with a generated crate and an application of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::MemoryReader;
use specwright_codegen::drift::RustVerdict;
use specwright_codegen::emit::scaffold::{Emission, Layout};
use specwright_codegen::pipeline::{Generated, Packaging, generate};
use specwright_codegen::render::RenderedFile;

/// Generates the client and the server of a document. `None` if it has errors.
pub fn generated(document: String) -> Option<Generated> {
    generated_with(document, &ProviderConfig { module: "api".to_owned(), ..ProviderConfig::default() })
}

/// Generates the client and the server of a document with the given choices.
pub fn generated_with(document: String, config: &ProviderConfig) -> Option<Generated> {
    let reader = MemoryReader::new().with("api.yaml", document);
    let layout = Layout {
        path: "api".to_owned(),
        client: Emission::Printed,
        server: Emission::Printed,
        document: Emission::Omitted,
        examples: Emission::Omitted,
    };
    generate("api.yaml", &reader, None, config, &layout, Packaging::Module).ok()
}

/// A crate, and an application that was written for another version of it.
pub struct Case {
    pub name: String,
    pub verdict: RustVerdict,
    pub code: String,
    pub files: Vec<RenderedFile>,
}

/// The cases as modules of one crate.
pub struct Package {
    folder: tempfile::TempDir,
    /// The names of the cases, and whether each is still compiled.
    cases: BTreeMap<String, bool>,
    /// The attributes that set the lints.
    lints: &'static str,
}

impl Package {
    pub fn new(name: &str, cases: Vec<Case>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("src")).expect("a folder");
        fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("a lock file");
        fs::write(folder.path().join("Cargo.toml"), manifest(name)).expect("a file");
        let mut names = BTreeMap::new();
        for case in cases {
            let module = folder.path().join("src").join(&case.name);
            fs::create_dir_all(module.join("api")).expect("a folder");
            for file in &case.files {
                fs::write(module.join("api").join(&file.path), &file.text).expect("a file");
            }
            fs::write(module.join("consumer.rs"), &case.code).expect("a file");
            fs::write(module.join("mod.rs"), "pub mod api;\nmod consumer;\n").expect("a file");
            names.insert(case.name, true);
        }
        Self { folder, cases: names, lints: "#![allow(warnings)]" }
    }

    /// The package, in which uses of deprecated items are errors.
    pub fn without_deprecated(self) -> Self {
        Self { lints: "#![allow(warnings)]\n#![deny(deprecated)]", ..self }
    }

    /// The cases whose applications the compiler refuses, and its messages.
    ///
    /// An unknown name keeps the compiler from checking types, so failing cases are taken out until
    /// the rest compiles.
    pub fn refused(mut self) -> (BTreeSet<String>, String) {
        let (mut refused, mut messages) = (BTreeSet::new(), String::new());
        loop {
            self.write_root();
            let (found, text) = self.check();
            messages.push_str(&text);
            let found: Vec<String> = found.into_iter().filter(|name| self.cases.get(name) == Some(&true)).collect();
            if found.is_empty() {
                return (refused, messages);
            }
            for name in found {
                self.cases.insert(name.clone(), false);
                refused.insert(name);
            }
        }
    }

    fn write_root(&self) {
        let mut text = format!("{}\npub fn any<T>() -> T {{\n    loop {{}}\n}}\n", self.lints);
        for (name, _) in self.cases.iter().filter(|(_, compiled)| **compiled) {
            let _ = writeln!(text, "mod {name};");
        }
        fs::write(self.folder.path().join("src/lib.rs"), text).expect("a file");
    }

    /// The cases whose applications have errors, and the messages. An error anywhere else is a
    /// defect of the generator.
    fn check(&self) -> (BTreeSet<String>, String) {
        let output = Command::new(env!("CARGO"))
            .args(["check", "--offline", "--lib", "--message-format=json", "--manifest-path"])
            .arg(self.folder.path().join("Cargo.toml"))
            .env("CARGO_TARGET_DIR", root().join("target/drift-cases"))
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo starts");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let (mut names, mut messages) = (BTreeSet::new(), String::new());
        for line in text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()) {
            let message = &line["message"];
            if line["reason"] != "compiler-message" || message["level"] != "error" {
                continue;
            }
            messages.push_str(message["rendered"].as_str().unwrap_or_default());
            let spans = message["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
            let files =
                spans.iter().filter(|span| span["is_primary"] == true).filter_map(|span| span["file_name"].as_str());
            for file in files {
                let case = file.trim_start_matches("src/").split_once('/');
                let case = case.filter(|(_, rest)| *rest == "consumer.rs");
                let (name, _) = case.unwrap_or_else(|| panic!("an error outside of applications: {messages}"));
                names.insert(name.to_owned());
            }
        }
        assert!(output.status.success() || !names.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        (names, messages)
    }
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("a workspace")
}

fn manifest(name: &str) -> String {
    format!(
        "[package]\nname = \"drift-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[features]\ndefault = [\"client\", \"server\"]\n\
         client = []\nserver = []\n\n[dependencies]\nspecwright-runtime = {{ path = \"{}\", default-features = false, features = [\"client\", \"server\"] \
         }}\nprogenitor-client = \"0.15\"\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\n[workspace]\n",
        root().join("runtime").display()
    )
}
