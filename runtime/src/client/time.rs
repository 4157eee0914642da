//! Clocks and timers: tokio's, and the browser's on wasm32.

use std::time::Duration;

#[cfg(not(target_arch = "wasm32"))]
mod clock {
    use std::time::SystemTime;

    // Re-exported unchanged, because an `async fn` around them would hold the future twice.
    pub(in crate::client) use tokio::time::{Instant, sleep, timeout_at as until};

    pub(in crate::client) fn now() -> SystemTime {
        SystemTime::now()
    }
}

#[cfg(target_arch = "wasm32")]
mod clock {
    use std::time::{Duration, SystemTime};

    use futures::future::{Either, select};
    pub(in crate::client) use web_time::Instant;

    /// The deadline has passed.
    pub(in crate::client) struct Elapsed;

    /// The longest timer of a browser, 24 days. A longer one would fire at once.
    const LONGEST: Duration = Duration::from_millis(2_147_483_647);

    pub(in crate::client) async fn sleep(pause: Duration) {
        gloo_timers::future::sleep(pause.min(LONGEST)).await;
    }

    pub(in crate::client) async fn until<T>(end: Instant, future: impl Future<Output = T>) -> Result<T, Elapsed> {
        let pause = sleep(super::left(end));
        match select(std::pin::pin!(future), std::pin::pin!(pause)).await {
            Either::Left((value, _)) => Ok(value),
            Either::Right(_) => Err(Elapsed),
        }
    }

    pub(in crate::client) fn now() -> SystemTime {
        let since = web_time::SystemTime::now().duration_since(web_time::SystemTime::UNIX_EPOCH);
        SystemTime::UNIX_EPOCH + since.unwrap_or_default()
    }
}

pub(super) use clock::{Instant, now, sleep, until};

/// The time left until `end`.
pub(super) fn left(end: Instant) -> Duration {
    end.saturating_duration_since(Instant::now())
}
