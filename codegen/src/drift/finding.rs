//! What is known about one change between two documents.

use std::fmt;

use super::rules::Rule;
use super::verdict::{Level, RustVerdict, Wire};

/// Where something stands in one of the two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as it was named.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// JSON Pointer in the bundled document.
    pub pointer: String,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One change.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that speaks.
    pub rule: &'static Rule,
    /// Normally that of the rule; configuration and circumstances can change it.
    pub level: Level,
    /// Normally that of the rule.
    pub wire: Wire,
    /// From the generated API of both sides where there is one, else that of the rule.
    pub rust: RustVerdict,
    /// The first operation through which the change is reached, such as `GET /pets`.
    pub operation: Option<String>,
    /// All operations through which it is reached, in the document's order.
    pub operations: Vec<String>,
    /// JSON Pointer of the changed element: in the new document, or in the old one if it is gone.
    pub pointer: String,
    /// Lower-case sentence without full stop.
    pub message: String,
    /// Where it stands, or stood, or would stand in the old document.
    pub old: Place,
    /// The same in the new document.
    pub new: Place,
    /// Names this change in configuration: the same as long as rule, pointer and values are.
    pub fingerprint: String,
}

impl Finding {
    /// The rule's id.
    #[must_use]
    pub fn id(&self) -> &'static str {
        &self.rule.id
    }
}

/// 64 bits that name a list of texts, in hexadecimal (FNV-1a; stable over versions and machines).
pub(super) fn fingerprint(parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain(std::iter::once(0xff)) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
