//! Reads the claims of the fixtures and checks each of them against its document and the
//! diagnostics of the generator.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde::Deserialize;
use specwright_codegen::diagnostics::Severity;
use specwright_codegen::openapi::grammar::Kind;
use specwright_codegen::openapi::walk::walk_in;
use specwright_codegen::pipeline;

use crate::fixture::Fixture;
use crate::workspace::Workspace;

/// One entry of `x-coverage`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The feature, in a few words.
    pub feature: String,
    /// The keys that describe it: `Parameter.style`, or with a value `Parameter.style=matrix`.
    /// Empty for a feature that no key describes.
    #[serde(default)]
    pub keys: Vec<Key>,
    /// The version of the format that introduced it.
    #[serde(default)]
    pub since: Since,
    /// How far the client supports it.
    #[serde(default)]
    pub client: Support,
    /// How far the server supports it.
    #[serde(default)]
    pub server: Support,
    /// The diagnostic that reports what is left out or degraded.
    pub diagnostic: Option<String>,
}

/// The version of the format that introduced a feature.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub enum Since {
    #[serde(rename = "2.0")]
    V2_0,
    #[default]
    #[serde(rename = "3.0")]
    V3_0,
    #[serde(rename = "3.1")]
    V3_1,
    #[serde(rename = "3.2")]
    V3_2,
}

/// How far one side supports a feature.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Support {
    /// It is fully supported.
    #[default]
    Yes,
    /// It is not supported.
    No,
    /// It appears in the documentation, which is its only purpose.
    #[serde(rename = "documentation only")]
    DocumentationOnly,
    /// It requires nothing from generated code.
    #[serde(rename = "not applicable")]
    NotApplicable,
}

/// A key of an object of the format, optionally with a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Key {
    /// The object.
    pub kind: Kind,
    /// Its name, as the format writes it.
    pub name: String,
    /// The value, if the claim concerns only one value.
    pub value: Option<String>,
}

impl TryFrom<String> for Key {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (path, value) = text.split_once('=').map_or((&*text, None), |(path, value)| (path, Some(value.to_owned())));
        let (kind, key) = path.split_once('.').ok_or_else(|| format!("`{text}` is not `Object.key`"))?;
        let known = Kind::ALL.iter().find(|known| format!("{known:?}") == kind);
        let kind = *known.ok_or_else(|| format!("there is no object `{kind}`"))?;
        if !kind.rows().iter().any(|field| field.key == key) {
            return Err(format!("`{kind:?}` has no key `{key}`"));
        }
        Ok(Self { kind, name: key.to_owned(), value })
    }
}

/// The claims of one fixture, and their problems.
#[derive(Debug, Default)]
pub struct Claims {
    /// The claims.
    pub rows: Vec<Claim>,
    /// The claims that do not hold, with one sentence each.
    pub problems: Vec<String>,
}

/// Our extension in a fixture.
#[derive(Deserialize)]
struct Extension {
    #[serde(rename = "x-coverage", default)]
    coverage: Vec<Claim>,
}

/// Reads the claims of a fixture and checks them.
///
/// # Errors
///
/// If the document can't be read, or `x-coverage` has an unknown key.
pub fn of(workspace: &Workspace, fixture: &Fixture) -> Result<Claims, Box<dyn std::error::Error>> {
    let path = fixture.document();
    let text = fs::read_to_string(workspace.root().join(&path))?;
    let extension: Extension = serde_yaml::from_str(&text).map_err(|error| format!("{path}: x-coverage: {error}"))?;
    let mut claims = Claims { rows: extension.coverage, problems: Vec::new() };
    if claims.rows.is_empty() {
        claims.problems.push(format!("{path} has no `x-coverage`: list the features that it shows"));
    }
    let used = used(workspace, &path);
    for key in claims.rows.iter().flat_map(|claim| &claim.keys) {
        if !used.contains(key) {
            let value = key.value.as_ref().map(|value| format!("={value}")).unwrap_or_default();
            claims.problems.push(format!("{path} claims `{:?}.{}{value}`, which it does not use", key.kind, key.name));
        }
    }
    let reported = reported(workspace, fixture);
    let claimed: BTreeSet<&str> = claims.rows.iter().filter_map(|claim| claim.diagnostic.as_deref()).collect();
    for code in claimed.iter().filter(|code| !reported.contains_key(**code)) {
        claims.problems.push(format!("{path} claims `{code}`, which the generator does not report for it"));
    }
    for (code, severity) in &reported {
        if *severity != Severity::Note && !claimed.contains(code) {
            claims.problems.push(format!("{path} does not claim `{code}`, which the generator reports for it"));
        }
    }
    Ok(claims)
}

/// Every key in a document, once without its value and once with it if the value is a string.
fn used(workspace: &Workspace, path: &str) -> BTreeSet<Key> {
    let mut used = BTreeSet::new();
    let Ok(read) = pipeline::read(path, &workspace.reader(), None) else { return used };
    let version = read.document.version.line;
    walk_in(version, &read.document.root, &mut |kind, node, _| {
        for field in kind.rows() {
            if let Some(value) = node.get(field.key) {
                let key = Key { kind, name: field.key.to_owned(), value: None };
                used.extend(value.as_str().map(|value| Key { value: Some(value.to_owned()), ..key.clone() }));
                used.insert(key);
            }
        }
    });
    used
}

/// The codes that the generator reports for a fixture, each with its worst severity.
fn reported(workspace: &Workspace, fixture: &Fixture) -> BTreeMap<&'static str, Severity> {
    let generation = pipeline::build_api(&fixture.document(), &workspace.reader(), None, &fixture.config);
    let mut reported = BTreeMap::new();
    for diagnostic in &generation.diagnostics {
        let severity = reported.entry(diagnostic.code.id).or_insert(diagnostic.severity);
        if *severity == Severity::Note {
            *severity = diagnostic.severity;
        }
    }
    reported
}
