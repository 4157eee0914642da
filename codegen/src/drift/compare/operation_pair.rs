//! An operation that both documents have.

use crate::drift::model::Operation;

/// An operation that both documents have.
pub(super) struct OperationPair<'c, 'd> {
    pub(super) index: usize,
    pub(super) old: &'c Operation<'d>,
    pub(super) new: &'c Operation<'d>,
    /// Whether the API is the client, as for webhooks and callbacks.
    pub(super) flipped: bool,
}
