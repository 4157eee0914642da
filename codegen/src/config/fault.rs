//! A fault in a configuration file, and its location.

use std::ops::Range;

/// What is wrong in the text, where, and what to do.
pub(super) struct Fault {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Fault {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: None }
    }

    pub(super) fn helped(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// A key that does not exist, in the words that suggestions are made from.
    pub(super) fn unknown(key: &str, range: Range<usize>, known: &[&str]) -> Self {
        Self::new(range, format!("unknown field `{key}`, expected one of {}", listed(known)))
    }
}

/// Names as messages list them.
pub(super) fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
