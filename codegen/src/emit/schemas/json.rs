//! JSON text whose members keep the order in which they are added.

use std::fmt;

use serde_json::Value;

/// An object.
#[derive(Clone, Debug, Default)]
pub(super) struct Object(Vec<(&'static str, String)>);

impl Object {
    /// Adds a member; `value` is JSON.
    pub(super) fn add(&mut self, name: &'static str, value: impl fmt::Display) {
        self.0.push((name, value.to_string()));
    }

    /// Adds a member that is text.
    pub(super) fn add_text(&mut self, name: &'static str, value: &str) {
        self.add(name, text(value));
    }

    /// Adds a member if there is a value.
    pub(super) fn add_some(&mut self, name: &'static str, value: Option<impl fmt::Display>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }

    /// Whether there is such a member.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| *known == name)
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members: Vec<String> = self.0.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
        write!(f, "{{{}}}", members.join(", "))
    }
}

/// A list of values that are JSON.
pub(super) fn list(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(", "))
}

/// Text as JSON.
pub(super) fn text(text: &str) -> String {
    Value::from(text).to_string()
}
