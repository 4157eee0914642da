//! `source.toml` of each provider matches its document.

use std::fs;
use std::path::Path;

use serde_yaml::Value;
use specwright_codegen::config::{Source, Verification};

fn specs() -> impl Iterator<Item = (String, Source, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names.into_iter().map(move |name| {
        let read = |file: &str| fs::read_to_string(folder.join(&name).join(file)).unwrap();
        let name = name.to_string_lossy().into_owned();
        let source = Source::parse(&format!("specs/{name}/source.toml"), &read("source.toml")).unwrap();
        (name, source, read("openapi.yaml"))
    })
}

#[test]
fn checksum_and_version_are_those_of_the_document() {
    let mut seen = Vec::new();
    for (name, source, text) in specs() {
        let hexadecimal = tests::sha256(text.as_bytes());
        assert_eq!(source.sha256, hexadecimal, "specs/{name}/source.toml: sha256");
        let document: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(
            Some(source.version.as_str()),
            document["info"]["version"].as_str(),
            "specs/{name}/source.toml: version"
        );
        assert!(source.url.starts_with("https://"), "{name}");
        seen.push(name);
    }
    assert_eq!(seen, ["looker", "prelude", "rownd", "stateset"]);
}

#[test]
fn verification_and_notes_are_recorded() {
    for (name, source, _) in specs() {
        let note = source.note.unwrap_or_default();
        match name.as_str() {
            "stateset" => {
                assert_eq!(source.verification, Verification::Transcribed);
                assert!(note.contains("examples") && note.contains("left out"), "{note}");
            }
            "looker" => assert_eq!(source.verification, Verification::Transcribed),
            _ => assert_eq!(source.verification, Verification::Published),
        }
        assert!(!note.is_empty(), "{name}");
    }
}

/// Elements that are less than certain say so in the documentation of the generated item. The
/// others have no such note.
#[test]
fn provenance_is_shown_where_it_is_less_than_certain() {
    let generated = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/src/generated");
    let provenance = |file: &str, item: &str| {
        let text = fs::read_to_string(generated.join(file)).unwrap();
        let lines: Vec<_> = text.lines().map(str::trim_start).collect();
        let at = lines.iter().position(|line| line.starts_with(item)).unwrap_or_else(|| panic!("{file}: {item}"));
        let mut docs = lines[..at].iter().rev().take_while(|line| line.starts_with("///") || line.starts_with("#["));
        docs.find(|line| line.starts_with("/// [Provenance](")).map(|line| (*line).to_owned())
    };
    let shown = |file: &str, item: &str, level: &str| {
        let provenance = provenance(file, item).unwrap_or_else(|| panic!("{file}: {item}"));
        assert!(provenance.contains(level), "{provenance}");
    };
    let hidden = |file: &str, item: &str| assert_eq!(provenance(file, item), None);
    hidden("looker/client.rs", "pub fn login(&self)");
    hidden("looker/server.rs", "fn logout(");
    hidden("looker/types.rs", "pub struct AccessToken");
    shown("looker/types.rs", "pub enum UserAttributeType", "page");
    shown("looker/security.rs", "pub static ACCESS_TOKEN", "sdk");
    shown("rownd/client.rs", "pub fn hub_app_config_get(&self)", "sdk");
    shown("prelude_so/client.rs", "pub fn delete_user(", "inferred");
    shown("prelude_so/operations.rs", "BadRequest(types::CreateUserBadRequest)", "inferred");
    shown("stateset/types.rs", "pub last_seen:", "inferred");
    shown("stateset/client.rs", "pub const SANDBOX", "page");
}
