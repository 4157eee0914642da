//! An operation that both documents have.

use crate::drift::model::Operation;

/// An operation on both sides.
pub(super) struct Exchange<'c, 'd> {
    pub(super) index: usize,
    pub(super) old: &'c Operation<'d>,
    pub(super) new: &'c Operation<'d>,
    /// Whether the API is the client: webhooks and callbacks.
    pub(super) flipped: bool,
}
