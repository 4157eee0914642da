//! The exchanges that were checked, and their violations by kind. **Invariant:** the memory for
//! them is limited.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use super::checker::{Checked, Checker, Found};
use super::exchange::Exchange;
use super::kind::{Key, Violations};
use super::report::Report;
use super::words::{is_word, masked, place};
use crate::document::{Document, Original};
use crate::limits::{KINDS, SAMPLE_BYTES, SAMPLES_BYTES, WORDS_OF_KIND};
use crate::web::decode_unreserved;

/// Checks exchanges and counts their violations.
#[derive(Debug)]
pub struct Traffic {
    pub(super) original: Original,
    document: &'static Document,
    checker: Checker,
    tally: Mutex<Tally>,
}

#[derive(Debug, Default)]
struct Tally {
    exchanges: u64,
    partial: u64,
    failed: u64,
    operations: BTreeMap<&'static str, u64>,
    kinds: BTreeMap<Key, Violations>,
    /// Violations beyond the limit of kinds.
    unlisted: u64,
    /// Bytes of all samples.
    samples: usize,
    listener: Option<UnboundedSender<Violations>>,
}

impl Traffic {
    /// The traffic of a document that was compiled from `original`.
    pub(crate) fn new(original: Original, document: &'static Document) -> Self {
        Self { original, document, checker: Checker::new(document), tally: Mutex::default() }
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &'static Document {
        self.document
    }

    /// Checks an exchange and counts its violations. Returns what was found.
    pub async fn check(&self, mut exchange: Exchange) -> Checked {
        decode_unreserved(&mut exchange.uri);
        let checked = self.checker.check(&exchange).await;
        self.with(|tally| tally.add(&checked, exchange));
        checked
    }

    /// Counts a request to which there was no response.
    #[cfg(feature = "proxy")]
    pub(crate) fn failed(&self) {
        self.with(|tally| tally.failed += 1);
    }

    /// Receives each kind of violation when it occurs for the first time. Only the last listener
    /// receives anything.
    pub fn listen(&self) -> UnboundedReceiver<Violations> {
        let (listener, heard) = mpsc::unbounded_channel();
        self.with(|tally| tally.listener = Some(listener));
        heard
    }

    /// Forgets everything that was counted.
    pub fn reset(&self) {
        self.with(|tally| *tally = Tally { listener: tally.listener.take(), ..Tally::default() });
    }

    /// Whether an operation of the document has this path and method.
    pub(super) async fn knows(&self, exchange: &Exchange) -> bool {
        self.checker.check(exchange).await.operation.is_some()
    }

    /// What was counted.
    #[must_use]
    pub fn report(&self) -> Report {
        self.with(|tally| Report {
            title: self.document.api.title.clone(),
            exchanges: tally.exchanges,
            partial: tally.partial,
            failed: tally.failed,
            operations: tally.operations.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect(),
            documented: self.document.operations.len(),
            violations: tally.kinds.values().cloned().collect(),
            unlisted: tally.unlisted,
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Tally) -> T) -> T {
        work(&mut self.tally.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Tally {
    fn add(&mut self, checked: &Checked, exchange: Exchange) {
        self.exchanges += 1;
        self.partial += u64::from(checked.is_partial);
        if let Some(operation) = checked.operation {
            *self.operations.entry(operation.descriptor.id).or_default() += 1;
        }
        let exchange = Arc::new(exchange);
        for found in &checked.found {
            self.count(found, checked, &exchange);
        }
    }

    fn count(&mut self, found: &Found, checked: &Checked, exchange: &Arc<Exchange>) {
        let descriptor = checked.operation.map(|operation| operation.descriptor);
        let status = exchange.status.as_u16();
        let key = Key {
            method: descriptor.map_or(exchange.method.as_str(), |one| one.method).chars().take(16).collect(),
            path: descriptor.map_or_else(|| masked(exchange.uri.path()), |one| one.path.to_owned()),
            side: found.side,
            status: (found.side == super::kind::Side::Response).then_some(status),
            pointer: place(&found.pointer),
            kind: found.kind,
            detail: found.detail.clone(),
        };
        let is_new = !self.kinds.contains_key(&key);
        if is_new && self.kinds.len() >= KINDS {
            self.unlisted += 1;
            return;
        }
        let size = exchange.size();
        let fits = size <= SAMPLE_BYTES && self.samples + size <= SAMPLES_BYTES;
        if is_new && fits {
            self.samples += size;
        }
        let violations = self.kinds.entry(key.clone()).or_insert_with(|| Violations {
            key,
            operation: descriptor.map(|one| one.id.to_owned()),
            count: 0,
            accepted: 0,
            values: BTreeMap::new(),
            lengths: None,
            sample: fits.then(|| Arc::clone(exchange)),
        });
        violations.count += 1;
        violations.accepted += u64::from(status < 400);
        violations.observe(found);
        if is_new && let Some(listener) = &self.listener {
            // There may be no receiver.
            let _ = listener.send(violations.clone());
        }
    }
}

impl Violations {
    /// Remembers the word that was found, or a length.
    fn observe(&mut self, found: &Found) {
        let Some(value) = &found.value else { return };
        let word = match value {
            Value::String(text) if found.kind == "enum" && is_word(&found.pointer, text) => Some(text.clone()),
            Value::Number(number) if found.kind == "enum" => Some(number.to_string()),
            Value::Null => Some("null".to_owned()),
            _ => None,
        };
        if let Some(word) = word
            && (self.values.len() < WORDS_OF_KIND || self.values.contains_key(&word))
        {
            *self.values.entry(word).or_default() += 1;
        }
        let length = match value {
            Value::String(text) => text.chars().count(),
            Value::Array(items) => items.len(),
            Value::Object(properties) => properties.len(),
            _ => return,
        } as u64;
        let (least, most) = self.lengths.unwrap_or((length, length));
        self.lengths = Some((least.min(length), most.max(length)));
    }
}
