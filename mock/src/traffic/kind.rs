//! The violations of one kind, counted.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use specwright_codegen::text::line;

use super::exchange::Exchange;

/// The half of an exchange that a violation is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// What the client sent.
    Request,
    /// What the service responded.
    Response,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "request",
            Self::Response => "response",
        })
    }
}

/// What distinguishes one kind of violation from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Key {
    pub(super) method: String,
    /// The path in the document. For an unknown path, the path of the request without IDs.
    pub(super) path: String,
    pub(super) side: Side,
    /// The status, if the response is at fault.
    pub(super) status: Option<u16>,
    pub(super) pointer: String,
    pub(super) kind: &'static str,
    pub(super) detail: String,
}

/// The violations of one kind.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Violations {
    #[serde(flatten)]
    pub(super) key: Key,
    /// The `operationId`, if the document has the operation.
    pub operation: Option<String>,
    /// How many there were.
    pub count: u64,
    /// How many of them are in exchanges whose status is below 400.
    pub accepted: u64,
    /// The words that were found instead of listed ones, with their counts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, u64>,
    /// The smallest and the greatest length or number of items that was found.
    #[serde(skip)]
    pub(super) lengths: Option<(u64, u64)>,
    /// The first exchange, if it is small.
    #[serde(skip)]
    pub(super) sample: Option<Arc<Exchange>>,
}

impl Violations {
    /// The method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.key.method
    }

    /// The path in the document. For an unknown path, the path of the request without its IDs.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.key.path
    }

    /// The half of the exchange.
    #[must_use]
    pub fn side(&self) -> Side {
        self.key.side
    }

    /// The status, if the response is at fault.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.key.status
    }

    /// The JSON Pointer into the request or response. `*` stands for any index of a list.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.key.pointer
    }

    /// The keyword of JSON Schema that is broken, or another word; see
    /// [`Found::kind`](super::Found::kind).
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.key.kind
    }

    /// The requirement.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.key.detail
    }
}

/// `GET /users/{id}: response 200: /body/plan must be one of free, pro (enum; found trial), 12 times`
impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Key { method, path, side, status, pointer, kind, detail } = &self.key;
        // Methods, paths and keys come from whoever sent them.
        write!(f, "{} {}: {side}", line(method), line(path))?;
        if let Some(status) = status {
            write!(f, " {status}")?;
        }
        let gap = if pointer.is_empty() { "" } else { " " };
        write!(f, ": {}{gap}{} ({kind}", line(pointer), line(detail))?;
        if !self.values.is_empty() {
            let values: Vec<&str> = self.values.keys().map(String::as_str).collect();
            write!(f, "; found {}", values.join(", "))?;
        }
        f.write_str(")")?;
        match self.count {
            1 => Ok(()),
            count => write!(f, ", {count} times"),
        }
    }
}
