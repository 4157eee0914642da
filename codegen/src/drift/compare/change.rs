//! A change, as the comparison of one element reports it.

use crate::drift::model::ChangeSite;
use crate::drift::rules;
use crate::drift::verdict::{Level, Wire};

/// The operations that a change affects.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reach {
    /// None: the change concerns the document.
    Document,
    /// One, by its index in the comparison.
    Operation(usize),
    /// All that lead to a pair of schemas.
    Schema(usize),
}

/// A change before it becomes a finding.
pub(super) struct Change {
    pub(super) id: String,
    pub(super) site: ChangeSite,
    /// What tells the change from others with the same rule and pointer; part of the fingerprint.
    pub(super) detail: String,
    pub(super) message: String,
    pub(super) level: Option<Level>,
    pub(super) wire: Option<Wire>,
}

impl Change {
    pub(super) fn new(
        id: impl Into<String>,
        site: ChangeSite,
        detail: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        let (detail, message) = (detail.into(), message.into());
        Self { id: id.into(), site, detail, message, level: None, wire: None }
    }

    /// Overrides the rule: the change is an error that breaks clients.
    pub(super) fn breaking(mut self) -> Self {
        self.level = Some(Level::Error);
        self.wire = Some(Wire::BreaksClients);
        self
    }

    /// Overrides the rule: the change is a warning and breaks clients.
    pub(super) fn warning(mut self) -> Self {
        self.level = Some(Level::Warning);
        self.wire = Some(Wire::BreaksClients);
        self
    }

    /// Overrides the rule: existing clients keep working.
    pub(super) fn keeps_clients(mut self) -> Self {
        self.level = Some(Level::Info);
        self.wire = Some(Wire::BreaksServers);
        self
    }

    /// The change as it affects a schema that refuses these values: what widens them narrows it.
    pub(super) fn negated(self) -> Self {
        match self.wire.unwrap_or_else(|| rules::rule(&self.id).wire) {
            Wire::BreaksServers => self.breaking(),
            Wire::BreaksClients if !self.id.ends_with("-changed") => self.keeps_clients(),
            _ => self,
        }
    }
}
