//! The steps that one request may spend on patterns. Because of them, many short texts cost no more
//! than one long text.

use std::cell::Cell;

use crate::limits::{PATTERN_STEPS, PATTERN_STEPS_PER_BYTE};

thread_local! {
    /// The remaining steps of the request that this thread reads; `None` outside a request.
    static LEFT: Cell<Option<u64>> = const { Cell::new(None) };
}

/// A guard that exists while a part of a request is read or validated.
#[must_use]
#[cfg(any(feature = "server", test))]
pub(crate) struct Bounded {
    outer: Option<u64>,
}

#[cfg(any(feature = "server", test))]
impl Bounded {
    /// Continues with the remaining steps of a request.
    pub(crate) fn by(left: u64) -> Self {
        Self { outer: LEFT.replace(Some(left)) }
    }

    /// The steps that remain now.
    #[expect(clippy::unused_self, reason = "only the guard knows that a request is read")]
    pub(crate) fn left(&self) -> u64 {
        LEFT.get().unwrap_or(PATTERN_STEPS)
    }
}

#[cfg(any(feature = "server", test))]
impl Drop for Bounded {
    fn drop(&mut self) {
        LEFT.set(self.outer);
    }
}

/// Whether this thread reads a request.
pub(super) fn is_bounded() -> bool {
    LEFT.get().is_some()
}

/// The maximum cost of a text of `length` bytes.
pub(super) fn left_for(length: u64) -> u64 {
    LEFT.get().unwrap_or(PATTERN_STEPS).saturating_add(free(length))
}

/// Pays for matching a text of `length` bytes, within what [`left_for`] allows.
pub(super) fn pay(steps: u64, length: u64) {
    if let Some(left) = LEFT.get() {
        LEFT.set(Some(left.saturating_sub(steps.saturating_sub(free(length)))));
    }
}

fn free(length: u64) -> u64 {
    length.saturating_mul(PATTERN_STEPS_PER_BYTE)
}
