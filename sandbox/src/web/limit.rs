//! How many requests each credential makes in a second.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// When a second began, and the requests in it.
type Second = (Option<Instant>, u32);

/// Counts requests by credential.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    counts: Mutex<BTreeMap<Vec<u8>, Second>>,
}

impl Meter {
    /// Counts a request, and says how many more there may be in this second; nothing if it is one
    /// too many itself.
    pub(super) fn left(&self, credential: &[u8], limit: u32) -> Option<u32> {
        let now = Instant::now();
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |begun: Option<Instant>| begun.is_some_and(|at| now - at < Duration::from_secs(1));
        if counts.len() > 10_000 {
            counts.retain(|_, (begun, _)| fresh(*begun));
        }
        let (begun, count) = counts.entry(credential.to_vec()).or_default();
        if !fresh(*begun) {
            (*begun, *count) = (Some(now), 0);
        }
        *count = count.saturating_add(1);
        limit.checked_sub(*count)
    }
}
