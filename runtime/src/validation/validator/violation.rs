//! A violation: where it is, the keyword, and what was expected and found.

use serde_json::Value;

use crate::limits::{FAULT_DETAIL, FAULT_POINTER};
#[cfg(any(feature = "server", feature = "cassettes"))]
use crate::validation::MISSING;
#[cfg(feature = "server")]
use crate::validation::REPEATED;

/// A part of a request that violates the document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Violation {
    /// The JSON Pointer into the request: `/body/profile/name`, `/query/limit`.
    pub pointer: String,
    /// The keyword of JSON Schema that is broken, such as `maxLength`. `syntax` means that a part
    /// cannot be read, `repeated` that it is given twice, and `custom` that a check of the
    /// application failed.
    pub kind: &'static str,
    /// The requirement, such as `must have at least 1 character`.
    pub detail: String,
    /// The value of the keyword, if it has one, such as the JSON types of `type` or the number of
    /// `maxLength`.
    pub expected: Option<Value>,
    /// The JSON type that was found, or the length or count, but never a value.
    pub found: Option<Value>,
}

impl Violation {
    /// A violation without further data. Long texts are truncated.
    #[must_use]
    pub fn new(pointer: impl Into<String>, kind: &'static str, detail: impl Into<String>) -> Self {
        let (pointer, detail) = (cut(pointer.into(), FAULT_POINTER), cut(detail.into(), FAULT_DETAIL));
        Self { pointer, kind, detail, expected: None, found: None }
    }

    /// A part that is required and missing.
    #[cfg(any(feature = "server", feature = "cassettes"))]
    pub(crate) fn missing(pointer: impl Into<String>) -> Self {
        Self::new(pointer, "required", MISSING)
    }

    /// A part that occurs several times where one is allowed.
    #[cfg(feature = "server")]
    pub(crate) fn repeated(pointer: impl Into<String>) -> Self {
        Self::new(pointer, "repeated", REPEATED)
    }

    /// The part of the request: `path`, `query`, `header`, `cookie` or `body`.
    #[must_use]
    pub fn location(&self) -> &str {
        self.pointer.split('/').nth(1).unwrap_or_default()
    }

    /// The name of the parameter; `None` for the body.
    #[must_use]
    pub fn parameter(&self) -> Option<String> {
        let name = self.pointer.split('/').nth(2).filter(|_| self.location() != "body")?;
        Some(name.replace("~1", "/").replace("~0", "~"))
    }
}

/// Truncates a text to at most this number of bytes.
fn cut(mut text: String, most: usize) -> String {
    if text.len() > most {
        let end = (0..=most - '…'.len_utf8()).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        text.truncate(end);
        text.push('…');
    }
    text
}
