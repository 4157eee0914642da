//! The steps that one request may spend on patterns. Because of them, many short texts cost no more
//! than one long text.

use crate::budget::{Budget, current, pay_steps};
use crate::limits::{PATTERN_STEPS, PATTERN_STEPS_PER_BYTE};

/// Whether this thread reads a request.
pub(super) fn is_bounded() -> bool {
    left().is_some()
}

/// The maximum cost of a text of `length` bytes.
pub(super) fn left_for(length: u64) -> u64 {
    left().unwrap_or(PATTERN_STEPS).saturating_add(free(length))
}

/// Pays for matching a text of `length` bytes, within what [`left_for`] allows.
pub(super) fn pay(steps: u64, length: u64) {
    pay_steps(steps.saturating_sub(free(length)));
}

fn left() -> Option<u64> {
    current().and_then(Budget::steps)
}

fn free(length: u64) -> u64 {
    length.saturating_mul(PATTERN_STEPS_PER_BYTE)
}
