//! The features of a generated crate.

use toml_edit::{Array, DocumentMut, Item, Table, value};

use super::{ManifestError, table};
use crate::emit::scaffold::{FeatureNeed, Needs};

/// Features that crates from one version of the generator or another have, and what they enable.
const KNOWN: [(&str, &[&str]); 14] = [
    ("client", &["specwright-runtime/client", "dep:progenitor-client"]),
    ("rustls", &["specwright-runtime/rustls"]),
    ("server", &["specwright-runtime/server"]),
    ("validate", &["specwright-runtime/validate"]),
    ("http2", &["specwright-runtime/http2"]),
    ("gzip", &["specwright-runtime/gzip"]),
    ("brotli", &["specwright-runtime/brotli"]),
    ("zstd", &["specwright-runtime/zstd"]),
    ("native-tls", &["specwright-runtime/native-tls"]),
    ("system-proxy", &["specwright-runtime/system-proxy"]),
    ("blocking", &["specwright-runtime/blocking"]),
    ("file-bodies", &["specwright-runtime/file-bodies"]),
    ("logins", &["specwright-runtime/logins"]),
    ("cassettes", &["specwright-runtime/cassettes"]),
];

/// Adds the features that are needed, and removes those that are no longer printed. The owner's own
/// features stay, and so do the owner's additions to ours.
pub(super) fn ensure(manifest: &mut DocumentMut, needs: &Needs) -> Result<(), ManifestError> {
    let features = table(manifest, "features")?;
    if !features.contains_key("default") {
        features.insert("default", value(Array::new()));
    }
    for (name, enables) in KNOWN {
        if !needs.features.iter().any(|need| need.name == name) {
            retire(features, name, enables);
        }
    }
    for need in &needs.features {
        add(features, need)?;
    }
    Ok(())
}

fn add(features: &mut Table, need: &FeatureNeed) -> Result<(), ManifestError> {
    if !features.contains_key(&need.name) {
        features.insert(&need.name, value(Array::new()));
        if let Some(mut key) = features.key_mut(&need.name) {
            key.leaf_decor_mut().set_prefix(format!("# {}\n", need.comment));
        }
        if let Some(default) = array(features, "default").filter(|_| need.is_default) {
            default.push(need.name.as_str());
        }
    }
    let enabled = array(features, &need.name)
        .ok_or_else(|| ManifestError(format!("the feature `{}` is not a list", need.name)))?;
    for name in &need.enables {
        if !enabled.iter().any(|entry| entry.as_str() == Some(name)) {
            enabled.push(name.as_str());
        }
    }
    Ok(())
}

/// Removes a feature that enables only what we put there.
fn retire(features: &mut Table, name: &str, enables: &[&str]) {
    let is_ours =
        |array: &mut Array| array.iter().all(|entry| entry.as_str().is_some_and(|text| enables.contains(&text)));
    if !array(features, name).is_some_and(is_ours) {
        return;
    }
    features.remove(name);
    if let Some(default) = array(features, "default") {
        default.retain(|entry| entry.as_str() != Some(name));
    }
}

fn array<'t>(features: &'t mut Table, name: &str) -> Option<&'t mut Array> {
    features.get_mut(name).and_then(Item::as_array_mut)
}
