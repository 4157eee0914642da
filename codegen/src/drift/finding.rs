//! One difference between two documents, with everything that reports say about it.

use std::fmt;
use std::sync::Arc;

use super::rules::Rule;
use super::verdict::{Level, RustVerdict, Wire};

/// Where an element is in one of the two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The path of the file, as it was given.
    pub file: String,
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1, in characters.
    pub column: u32,
    /// The JSON Pointer into the bundled document.
    pub pointer: String,
}

impl fmt::Display for Location {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Pointers into the old and the new document, in pairs.
pub(super) type Uses = Arc<[(String, String)]>;

/// What code that names an item has to name instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// The line of the item in the old surface, such as `types::User.age: i64 required`.
    pub old: String,
    /// The line that replaces it, unless nothing does.
    pub new: Option<String>,
}

/// One difference between two documents.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that the difference falls under.
    pub rule: &'static Rule,
    /// The level of the rule, unless the configuration or the context overrides it.
    pub level: Level,
    /// The verdict of the rule, unless the context overrides it.
    pub wire: Wire,
    /// The verdict from the generated APIs of both documents; where one cannot be generated, that
    /// of the rule.
    pub rust: RustVerdict,
    /// The first affected operation, such as `GET /pets`.
    pub operation: Option<String>,
    /// All affected operations, in document order.
    pub operations: Vec<String>,
    /// Where both documents use the changed schema. Rust verdicts follow from the uses as well.
    pub(super) uses: Uses,
    /// The JSON Pointer of the changed element: into the new document, or into the old one if the
    /// element was removed.
    pub pointer: String,
    /// A lower-case sentence without a full stop.
    pub message: String,
    /// The element in the old document, or what would hold it.
    pub old: Location,
    /// The element in the new document, or what would hold it.
    pub new: Location,
    /// What code has to change, if the finding breaks Rust code and both APIs can be generated.
    pub migration: Vec<Migration>,
    /// Identifies the finding in configuration; depends on rule, pointer and values only.
    pub fingerprint: String,
}

impl Finding {
    /// The id of the rule.
    #[must_use]
    pub fn id(&self) -> &'static str {
        &self.rule.id
    }
}

/// Hashes a list of texts to 64 bits in hexadecimal. FNV-1a is stable across versions and machines.
pub(super) fn fingerprint(parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain(std::iter::once(0xff)) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
