//! The last requests, and what was wrong with them.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::extract::Request;
use serde::Serialize;

use crate::providers::{Provider, Wrong};

/// How many requests are kept.
const KEPT: usize = 500;
/// How much of a target is kept.
const LONGEST: usize = 300;

/// A request that was answered.
#[derive(Clone, Debug, Serialize)]
pub struct Noted {
    /// When it came, in UTC.
    pub at: String,
    /// Its method.
    pub method: String,
    /// Its path and query; values of secrets are left out.
    pub target: String,
    /// Whose it is, if it is anyone's.
    pub provider: Option<Provider>,
    /// The operation, if the document has one for it.
    pub operation: Option<String>,
    /// The status of the response.
    pub status: u16,
    /// How long the response took.
    pub milliseconds: f64,
    /// What the sandbox did to the response, if that was not the provider's: `forced`, `fault`,
    /// `limit` or `problem`.
    pub sandbox: Option<String>,
    /// What was wrong with it, if anything was.
    pub wrong: Option<Wrong>,
}

impl Noted {
    pub(super) fn new(request: &Request) -> Self {
        let uri = request.uri();
        let mut target = uri.path().to_owned();
        if let Some(query) = uri.query() {
            let pairs: Vec<_> = query.split('&').map(without_secret).collect();
            target = format!("{target}?{}", pairs.join("&"));
        }
        Self {
            at: jiff::Timestamp::now().to_string(),
            method: request.method().as_str().chars().take(16).collect(),
            target: target.chars().take(LONGEST).collect(),
            provider: None,
            operation: None,
            status: 0,
            milliseconds: 0.0,
            sandbox: None,
            wrong: None,
        }
    }
}

fn without_secret(pair: &str) -> String {
    let name = pair.split('=').next().unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    if lower.contains("secret") || lower.contains("token") || lower.contains('%') {
        format!("{name}=…")
    } else {
        pair.to_owned()
    }
}

/// The last requests.
#[derive(Debug, Default)]
pub(crate) struct Log {
    requests: Mutex<VecDeque<Noted>>,
}

impl Log {
    pub(super) fn note(&self, noted: Noted) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() == KEPT {
            requests.pop_front();
        }
        requests.push_back(noted);
    }

    /// The last requests, the newest first.
    pub(crate) fn newest(&self) -> Vec<Noted> {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().rev().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
