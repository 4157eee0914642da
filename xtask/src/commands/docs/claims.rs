//! What the fixtures say they show → claims, each held against the document it stands in and against what the generator finds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde::Deserialize;
use specwright_codegen::diagnostics::{Diagnostics, Severity};
use specwright_codegen::document::Sources;
use specwright_codegen::openapi::grammar::Kind;
use specwright_codegen::openapi::walk::walk;
use specwright_codegen::pipeline;

use crate::fixture::Fixture;
use crate::workspace::Workspace;

/// One row of `x-coverage`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// What is shown, in a few words.
    pub feature: String,
    /// The keys that ask for it: `Parameter.style`, or with a value `Parameter.style=matrix`. None for what no key asks for.
    #[serde(default)]
    pub keys: Vec<Key>,
    /// The version of the format that brought it.
    #[serde(default)]
    pub since: Since,
    /// What the client does with it.
    #[serde(default)]
    pub client: Face,
    /// What the server does with it.
    #[serde(default)]
    pub server: Face,
    /// The diagnostic that tells of what is left out or kept with less precision.
    pub diagnostic: Option<String>,
}

/// The version of the format that brought a feature.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub enum Since {
    #[default]
    #[serde(rename = "3.0")]
    V3_0,
    #[serde(rename = "3.1")]
    V3_1,
    #[serde(rename = "3.2")]
    V3_2,
}

/// What one side does with a feature.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Face {
    /// All that it means.
    #[default]
    Yes,
    /// Nothing.
    No,
    /// It is told in the documentation, as it asks for no more.
    Told,
    /// It asks for nothing that code could do.
    Unneeded,
}

/// A key of an object of the format, perhaps with a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Key {
    /// The object.
    pub kind: Kind,
    /// Its name, as the grammar spells it.
    pub name: String,
    /// The value, if only that one is meant.
    pub value: Option<String>,
}

impl TryFrom<String> for Key {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (path, value) = text.split_once('=').map_or((&*text, None), |(path, value)| (path, Some(value.to_owned())));
        let (kind, key) = path.split_once('.').ok_or_else(|| format!("`{text}` is not `Object.key`"))?;
        let known = Kind::ALL.iter().find(|known| format!("{known:?}") == kind);
        let kind = *known.ok_or_else(|| format!("there is no object `{kind}`"))?;
        if !kind.fields().any(|field| field.key == key) {
            return Err(format!("`{kind:?}` has no key `{key}`"));
        }
        Ok(Self { kind, name: key.to_owned(), value })
    }
}

/// What one fixture says, and what is wrong with that.
#[derive(Debug, Default)]
pub struct Claims {
    /// Its rows.
    pub rows: Vec<Claim>,
    /// Why they can't be believed.
    pub problems: Vec<String>,
}

/// The part of a fixture that is ours.
#[derive(Deserialize)]
struct Told {
    #[serde(rename = "x-coverage", default)]
    coverage: Vec<Claim>,
}

/// Reads the claims of a fixture and checks them.
///
/// # Errors
///
/// If the document can't be read, or has something unknown in `x-coverage`.
pub fn of(workspace: &Workspace, fixture: &Fixture) -> Result<Claims, Box<dyn std::error::Error>> {
    let path = fixture.document();
    let text = fs::read_to_string(workspace.root().join(&path))?;
    let told: Told = serde_yaml::from_str(&text).map_err(|error| format!("{path}: x-coverage: {error}"))?;
    let mut claims = Claims { rows: told.coverage, problems: Vec::new() };
    if claims.rows.is_empty() {
        claims.problems.push(format!("{path} has no `x-coverage`: say which features it shows"));
    }
    let used = used(workspace, &path);
    for key in claims.rows.iter().flat_map(|claim| &claim.keys) {
        if !used.contains(key) {
            let value = key.value.as_ref().map(|value| format!("={value}")).unwrap_or_default();
            claims.problems.push(format!("{path} says it shows `{:?}.{}{value}`, which it lacks", key.kind, key.name));
        }
    }
    let found = found(workspace, fixture);
    let said: BTreeSet<&str> = claims.rows.iter().filter_map(|claim| claim.diagnostic.as_deref()).collect();
    for code in said.iter().filter(|code| !found.contains_key(**code)) {
        claims.problems.push(format!("{path} says it shows `{code}`, which the generator does not find in it"));
    }
    for (code, severity) in &found {
        if *severity != Severity::Note && !said.contains(code) {
            claims.problems.push(format!("{path} does not say that the generator finds `{code}` in it"));
        }
    }
    Ok(claims)
}

/// Every key in a document, by itself and with its value if that is text.
fn used(workspace: &Workspace, path: &str) -> BTreeSet<Key> {
    let mut used = BTreeSet::new();
    let mut ignored = Diagnostics::new();
    let document = pipeline::read(path, &workspace.reader(), None, &mut Sources::new(), &mut ignored);
    let Some(document) = document else { return used };
    walk(&document.root, &mut |kind, node, _| {
        for field in kind.fields() {
            if let Some(value) = node.get(field.key) {
                let key = Key { kind, name: field.key.to_owned(), value: None };
                used.extend(value.as_str().map(|value| Key { value: Some(value.to_owned()), ..key.clone() }));
                used.insert(key);
            }
        }
    });
    used
}

/// What the generator finds in a fixture, each code with the gravest severity.
fn found(workspace: &Workspace, fixture: &Fixture) -> BTreeMap<&'static str, Severity> {
    let generation = pipeline::build_api(&fixture.document(), &workspace.reader(), None, &fixture.config);
    let mut found = BTreeMap::new();
    for finding in &generation.diagnostics {
        let severity = found.entry(finding.code.id).or_insert(finding.severity);
        if *severity == Severity::Note {
            *severity = finding.severity;
        }
    }
    found
}
