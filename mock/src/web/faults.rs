//! Faults on demand: latency, and failures of a share of the requests.

use std::time::Duration;

use axum::response::Response;
use http::{HeaderValue, StatusCode};

use super::{SANDBOX_HEADER, problem};

/// The faults that a server causes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Faults {
    /// The shortest and the longest delay of a response.
    pub latency: (Duration, Duration),
    /// The share of requests that fail with 503, from 0 to 1.
    pub fail_rate: f64,
}

impl Faults {
    /// Waits, and returns a failure if the request is to fail.
    pub async fn inject(&self) -> Option<Response> {
        let (least, most) = self.latency;
        if !most.is_zero() {
            tokio::time::sleep(least + most.saturating_sub(least).mul_f64(random_fraction())).await;
        }
        if self.fail_rate > 0.0 && random_fraction() < self.fail_rate {
            let mut response = problem(StatusCode::SERVICE_UNAVAILABLE, "a failure requested by `--fail-rate`");
            response.headers_mut().insert(SANDBOX_HEADER, HeaderValue::from_static("fault"));
            return Some(response);
        }
        None
    }
}

/// A random number from 0 to 1.
fn random_fraction() -> f64 {
    getrandom::u32().map_or(0.5, |number| f64::from(number) / f64::from(u32::MAX))
}
