//! Retries: when, how often, and after which pause.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode, header};

use super::time;
use crate::random;

/// When and how often to retry. Idempotent operations, and calls with `RequestOptions::repeatable`,
/// are retried after connection errors, timeouts of an attempt, and the statuses 408, 425, 429,
/// 500, 502, 503 and 504, as long as their body can be sent again. The pause doubles each time,
/// with jitter. A longer `Retry-After` replaces it, unless it exceeds the limit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing before it is passed to a builder or a call"]
pub struct Retry {
    attempts: u32,
    base: Duration,
    cap: Duration,
    longest_wait: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(200),
            cap: Duration::from_secs(10),
            longest_wait: Duration::from_secs(30),
        }
    }
}

impl Retry {
    /// Three attempts, pauses from 200 milliseconds to 10 seconds, and a `Retry-After` of up to 30
    /// seconds.
    pub fn standard() -> Self {
        Self::default()
    }

    /// A single attempt.
    pub fn none() -> Self {
        Self::standard().attempts(1)
    }

    /// Sets the maximum number of attempts, including the first one.
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts: attempts.max(1), ..self }
    }

    /// Sets the first pause and the longest one.
    pub fn pauses(self, first: Duration, longest: Duration) -> Self {
        Self { base: first, cap: longest.max(first), ..self }
    }

    /// Sets the longest `Retry-After` to wait for. A response that asks for a longer wait is
    /// returned at once.
    pub fn longest_wait(self, wait: Duration) -> Self {
        Self { longest_wait: wait, ..self }
    }

    /// Whether another attempt follows this one.
    pub(super) fn goes_on_after(&self, attempt: u32) -> bool {
        attempt < self.attempts
    }

    /// The pause after this attempt: between half of the doubled base and all of it.
    pub(super) fn pause(&self, attempt: u32) -> Duration {
        let doubled = self.base.saturating_mul(1u32.checked_shl(attempt - 1).unwrap_or(u32::MAX));
        let full = doubled.min(self.cap);
        full / 2 + (full / 2).mul_f64(random::fraction())
    }

    /// The pause after this response; `None` if it asks for a longer wait than allowed.
    pub(super) fn pause_after(&self, attempt: u32, headers: &HeaderMap) -> Option<Duration> {
        match retry_after(headers, time::now()) {
            Some(wait) if wait > self.longest_wait => None,
            Some(wait) => Some(wait.max(self.pause(attempt))),
            None => Some(self.pause(attempt)),
        }
    }
}

/// Whether this status is transient.
pub(super) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// `Retry-After`, in seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too large to parse is no reason to retry early.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use http::{HeaderMap, HeaderValue, header};

    use super::{Retry, retry_after};

    fn headers(text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::RETRY_AFTER, HeaderValue::from_static(text))])
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let wait = |text| retry_after(&headers(text), now);
        assert_eq!(wait("120"), Some(Duration::from_secs(120)));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:47 GMT"), Some(Duration::from_secs(10)));
        assert_eq!(wait("Sun, 06 Nov 1994 08:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(wait("99999999999999999999999"), Some(Duration::from_secs(u64::MAX)));
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-1"), None);
    }

    #[test]
    fn pauses_double_up_to_the_cap_with_jitter() {
        let retry = Retry::standard().pauses(Duration::from_millis(100), Duration::from_millis(350));
        for (attempt, full) in [(1, 100), (2, 200), (3, 350), (40, 350)] {
            let pause = retry.pause(attempt);
            assert!(
                pause <= Duration::from_millis(full) && pause >= Duration::from_millis(full / 2),
                "{attempt}: {pause:?}"
            );
        }
    }

    #[test]
    fn an_endless_pause_does_not_overflow() {
        let retry = Retry::standard().pauses(Duration::MAX, Duration::MAX);
        for attempt in [1, 40] {
            assert!((0..1000).all(|_| retry.pause(attempt) >= Duration::MAX / 2));
        }
    }

    #[test]
    fn a_long_retry_after_ends_the_retries() {
        let retry = Retry::standard().longest_wait(Duration::from_secs(5));
        assert_eq!(retry.pause_after(1, &headers("6")), None);
        assert_eq!(retry.pause_after(1, &headers("5")), Some(Duration::from_secs(5)));
    }
}
