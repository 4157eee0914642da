//! A change as the comparison of one element describes it.

use crate::drift::model::Spot;
use crate::drift::verdict::{Level, Wire};

/// Through which operations a change is reached.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reach {
    Nowhere,
    Operation(usize),
    Pair(usize),
}

/// A change that is being described.
pub(super) struct Change {
    pub(super) id: String,
    pub(super) spot: Spot,
    pub(super) detail: String,
    pub(super) message: String,
    pub(super) level: Option<Level>,
    pub(super) wire: Option<Wire>,
}

impl Change {
    pub(super) fn new(
        id: impl Into<String>,
        spot: Spot,
        detail: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        let (detail, message) = (detail.into(), message.into());
        Self { id: id.into(), spot, detail, message, level: None, wire: None }
    }

    /// Breaks clients, whatever the rule says.
    pub(super) fn breaking(mut self) -> Self {
        self.level = Some(Level::Error);
        self.wire = Some(Wire::BreaksClients);
        self
    }
}
