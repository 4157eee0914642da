//! The log of the last requests.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::extract::Request;
use serde::Serialize;

use crate::limits::{LOGGED_REQUESTS, LOGGED_TARGET};

/// A request and its response.
#[derive(Clone, Debug, Serialize)]
pub struct LogEntry {
    /// The time of the request, in UTC.
    pub at: String,
    /// The method.
    pub method: String,
    /// Path and query, without the values of secrets.
    pub target: String,
    /// The API to which the path belongs, if there are several APIs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The operation, if the document describes one.
    pub operation: Option<String>,
    /// The status of the response.
    pub status: u16,
    /// The time until the response.
    pub milliseconds: f64,
    /// Why the response does not come from the API itself: `forced`, `fault`, `limit` or `problem`.
    pub sandbox: Option<String>,
    /// The faults of the request, if there are any.
    #[serde(rename = "wrong")]
    pub problem: Option<ProblemReport>,
}

/// The faults of a request.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ProblemReport {
    /// One sentence.
    pub detail: String,
    /// Pointers into the request, each with its fault.
    #[serde(rename = "places")]
    pub violations: Vec<(String, String)>,
}

impl LogEntry {
    /// The entry for a request that has just arrived.
    #[must_use]
    pub fn new(request: &Request) -> Self {
        let uri = request.uri();
        let mut target = uri.path().to_owned();
        if let Some(query) = uri.query() {
            let pairs: Vec<_> = query.split('&').map(without_secret).collect();
            target = format!("{target}?{}", pairs.join("&"));
        }
        Self {
            at: jiff::Timestamp::now().to_string(),
            method: request.method().as_str().chars().take(16).collect(),
            target: target.chars().take(LOGGED_TARGET).collect(),
            provider: None,
            operation: None,
            status: 0,
            milliseconds: 0.0,
            sandbox: None,
            problem: None,
        }
    }
}

/// Parts of names whose values are not kept. A name that contains an escape may hide one of them.
const SECRETS: [&str; 9] = ["secret", "token", "pass", "key", "auth", "credential", "session", "signature", "%"];

/// Whether what has this name may be a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    SECRETS.iter().any(|word| lower.contains(word))
}

fn without_secret(pair: &str) -> String {
    let name = pair.split('=').next().unwrap_or_default();
    if is_secret(name) { format!("{name}=…") } else { pair.to_owned() }
}

/// The last requests.
#[derive(Debug, Default)]
pub struct Log {
    requests: Mutex<VecDeque<LogEntry>>,
}

impl Log {
    /// Adds a request. If there are too many, the oldest one is removed.
    pub fn add(&self, entry: LogEntry) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() == LOGGED_REQUESTS {
            requests.pop_front();
        }
        requests.push_back(entry);
    }

    /// The last requests, newest first.
    #[must_use]
    pub fn newest(&self) -> Vec<LogEntry> {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().rev().cloned().collect()
    }

    /// Forgets all requests.
    pub fn clear(&self) {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
