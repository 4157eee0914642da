//! The file that corrects what was recognized.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::resource::{Resource, Role};

/// Corrections of what was recognized, as TOML:
///
/// ```toml
/// [resources."/pets"]
/// id = "petId"
/// filters = ["status"]
/// roles = ["create", "read"]
/// seed = 0
///
/// [resources."/reports"]
/// ignore = true
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StateSettings {
    /// The corrections, by the path of the collection.
    pub resources: BTreeMap<String, ResourceSettings>,
}

/// Corrections of one resource.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ResourceSettings {
    /// Whether it is not a resource. Its responses then come from the document.
    pub ignore: bool,
    /// The property to which the last parameter of an item's path refers.
    pub id: Option<String>,
    /// The query parameters that filter lists.
    pub filters: Option<Vec<String>>,
    /// The roles of operations. Other operations respond from the document.
    pub roles: Option<Vec<Role>>,
    /// The number of initial items.
    pub seed: Option<usize>,
}

/// The settings cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError(String);

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SettingsError {}

impl StateSettings {
    /// Reads the file. `path` is for the message.
    ///
    /// # Errors
    /// If it is not TOML or has an unknown key. The error has the line and column.
    pub fn parse(path: &str, text: &str) -> Result<Self, SettingsError> {
        toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            SettingsError(format!("{path}:{line}:{column}: {}", error.message()))
        })
    }

    pub(super) fn resource(&self, collection: &str) -> Option<&ResourceSettings> {
        self.resources.get(collection)
    }

    /// Checks that every correction refers to something that was recognized.
    ///
    /// # Errors
    /// The first correction that does not. The text lists what was recognized.
    pub fn check(&self, path: &str, recognized: &[Resource]) -> Result<(), SettingsError> {
        for (collection, chosen) in &self.resources {
            let found = recognized.iter().find(|resource| resource.collection == collection);
            match found {
                None if chosen.ignore => {}
                None => {
                    let known: Vec<&str> = recognized.iter().map(|resource| resource.collection).collect();
                    let reason = if chosen.id.is_some() { ", or its items have no such `id`" } else { "" };
                    return Err(SettingsError(format!(
                        "{path}: `{collection}` is not a resource{reason}; the resources are {}",
                        known.join(", ")
                    )));
                }
                Some(resource) => {
                    let wrong = chosen.filters.iter().flatten().find(|name| !resource.filters.contains(&name.as_str()));
                    if let Some(wrong) = wrong {
                        return Err(SettingsError(format!(
                            "{path}: `{collection}` cannot be filtered by `{wrong}`: a filter is a query parameter of \
                             its list that has the name of a property"
                        )));
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::StateSettings;

    #[test]
    fn a_mistake_is_reported_with_its_line_and_column() {
        let error = StateSettings::parse("mock.toml", "[resources.\"/pets\"]\nids = 1\n").unwrap_err();
        assert!(error.to_string().starts_with("mock.toml:2:1: unknown field `ids`"), "{error}");
    }
}
