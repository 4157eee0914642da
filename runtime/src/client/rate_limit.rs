//! Rate limits: reads the headers in which servers state how many requests are left.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue};

use super::time;

/// How many requests are left, if the response says so: in `RateLimit` and `RateLimit-*`, or in the
/// older headers `X-RateLimit-*`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of requests that are allowed in a period.
    pub limit: Option<u64>,
    /// The number of requests that are left.
    pub remaining: Option<u64>,
    /// The time until all requests are available again.
    pub reset: Option<Duration>,
}

const PREFIXES: [&str; 4] = ["ratelimit-", "x-ratelimit-", "x-rate-limit-", "ratelimit-requests-"];

impl RateLimit {
    /// The rate limit in the headers of a response; `None` if they contain none.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        Self::at(headers, time::now())
    }

    fn at(headers: &HeaderMap, now: SystemTime) -> Option<Self> {
        let text = |name: &str| PREFIXES.iter().find_map(|prefix| text(headers.get(format!("{prefix}{name}"))?));
        let mut found = Self {
            limit: text("limit").and_then(number),
            remaining: text("remaining").and_then(number),
            reset: text("reset").and_then(|text| reset(text, now)),
        };
        // `limit=100, remaining=50, reset=10`, or `"default";r=50;t=10` in later drafts.
        let both = headers.get("ratelimit").and_then(self::text).unwrap_or_default();
        for (name, value) in both.split([',', ';']).filter_map(|pair| pair.split_once('=')) {
            match name.trim() {
                "limit" | "q" => found.limit = found.limit.or(number(value)),
                "remaining" | "r" => found.remaining = found.remaining.or(number(value)),
                "reset" | "t" => found.reset = found.reset.or_else(|| reset(value.trim(), now)),
                _ => {}
            }
        }
        (found != Self::default()).then_some(found)
    }
}

fn text(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok().map(str::trim)
}

/// The first number of a text: `100, 100;w=60` has a policy after it.
fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end)?.parse().ok()
}

/// Seconds from now, a point in time in seconds or milliseconds, a date, or a duration such as
/// `6m0s`.
fn reset(text: &str, now: SystemTime) -> Option<Duration> {
    if let Ok(number) = text.parse::<u64>() {
        let at = match number {
            1_000_000_000_000.. => Duration::from_millis(number),
            1_000_000_000.. => Duration::from_secs(number),
            _ => return Some(Duration::from_secs(number)),
        };
        return Some((SystemTime::UNIX_EPOCH + at).duration_since(now).unwrap_or_default());
    }
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    if let Ok(date) = httpdate::parse_http_date(text) {
        return Some(date.duration_since(now).unwrap_or_default());
    }
    units(text)
}

/// `1h6m0s`, `20ms`
fn units(mut text: &str) -> Option<Duration> {
    let mut sum = (!text.is_empty()).then_some(Duration::ZERO)?;
    while !text.is_empty() {
        let (number, rest) = text.split_at(text.find(|char: char| char.is_ascii_alphabetic())?);
        let (unit, rest) = rest.split_at(rest.find(|char: char| !char.is_ascii_alphabetic()).unwrap_or(rest.len()));
        let scale = match unit {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return None,
        };
        let part = Duration::try_from_secs_f64(number.parse::<f64>().ok()? * scale).ok()?;
        sum = sum.checked_add(part)?;
        text = rest;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    fn of(pairs: &[(&'static str, &'static str)]) -> Option<(Option<u64>, Option<u64>, Option<u64>)> {
        let pairs = pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let found = RateLimit::at(&pairs.collect(), now)?;
        Some((found.limit, found.remaining, found.reset.map(|reset| reset.as_secs())))
    }

    #[test]
    fn the_headers_of_each_time_are_read() {
        let all = Some((Some(100), Some(7), Some(30)));
        assert_eq!(
            of(&[("ratelimit-limit", "100, 100;w=60"), ("ratelimit-remaining", "7"), ("ratelimit-reset", "30")]),
            all
        );
        assert_eq!(
            of(&[("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", "7"), ("x-ratelimit-reset", "1700000030")]),
            all
        );
        assert_eq!(
            of(&[
                ("x-rate-limit-limit", "100"),
                ("x-rate-limit-remaining", "7"),
                ("x-rate-limit-reset", "1700000030000")
            ]),
            all
        );
        assert_eq!(of(&[("ratelimit", "limit=100, remaining=7, reset=30")]), all);
        assert_eq!(of(&[("ratelimit", "\"default\";r=7;t=30"), ("x-ratelimit-limit", "100")]), all);
        assert_eq!(of(&[("x-ratelimit-reset", "1m30.5s")]), Some((None, None, Some(90))));
        assert_eq!(of(&[("x-ratelimit-reset", "Tue, 14 Nov 2023 22:13:50 GMT")]), Some((None, None, Some(30))));
        assert_eq!(of(&[("x-ratelimit-reset", "1600000000")]), Some((None, None, Some(0))));
    }

    #[test]
    fn anything_else_is_nothing() {
        assert_eq!(of(&[]), None);
        for text in ["", "many", "-1", "inf", "1e300", "5parsecs", "99999999999999999999999"] {
            let found = of(&[("x-ratelimit-limit", text), ("x-ratelimit-reset", text)]);
            assert!(found.is_none_or(|(_, _, reset)| reset.is_none()), "{text}: {found:?}");
        }
    }
}
