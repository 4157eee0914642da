//! Counts the requests per second of each credential.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The start of a window of one second, and the requests in it.
type Window = (Option<Instant>, u32);

/// Counts requests by credential.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    counts: Mutex<BTreeMap<Vec<u8>, Window>>,
}

impl Meter {
    /// Counts a request, and returns how many more are allowed in this second; `None` if the
    /// request itself exceeds the limit.
    pub(super) fn remaining(&self, credential: &[u8], limit: u32) -> Option<u32> {
        let now = Instant::now();
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let is_current = |start: Option<Instant>| start.is_some_and(|at| now - at < Duration::from_secs(1));
        if counts.len() > 10_000 {
            counts.retain(|_, (start, _)| is_current(*start));
        }
        let (start, count) = counts.entry(credential.to_vec()).or_default();
        if !is_current(*start) {
            (*start, *count) = (Some(now), 0);
        }
        *count = count.saturating_add(1);
        limit.checked_sub(*count)
    }
}
