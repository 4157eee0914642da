//! HTTP digest (RFC 7616): the challenge of a server and a password → the header that proves that
//! the client knows it.
//!
//! **Invariant:** a nonce is never used twice with the same count, and no request contains the
//! password.

mod challenge;

use std::fmt;
use std::sync::{Mutex, PoisonError};

use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue};
use url::Position;

use self::challenge::Challenge;
use super::authorize::Challenged;
use super::request::Request;
use crate::random;
use crate::security::Basic;

/// Credentials that meet the challenges of a server. All clones of a client share the last one.
pub(super) struct Digest {
    credentials: Basic,
    last: Mutex<Option<Asked>>,
}

/// A challenge, and how many requests have met it.
struct Asked {
    challenge: Challenge,
    count: u32,
}

impl Digest {
    pub fn new(credentials: Basic) -> Self {
        Self { credentials, last: Mutex::new(None) }
    }

    /// The header for a request; `None` if there is no challenge yet.
    fn header(&self, method: &str, uri: &str) -> Option<HeaderValue> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = last.as_mut()?;
        let Some(count) = asked.count.checked_add(1) else {
            *last = None;
            return None;
        };
        asked.count = count;
        let own = format!("{:016x}{:016x}", random::bits(), random::bits());
        let text = asked.challenge.proof(&self.credentials, method, uri, count, &own);
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl Challenged for Digest {
    fn enter(&self, request: &mut Request) {
        let uri = &request.url[Position::BeforePath..Position::AfterQuery];
        if let Some(value) = self.header(request.method.as_str(), uri) {
            request.headers.insert(AUTHORIZATION, value);
        }
    }

    fn challenged(&self, headers: &HeaderMap) -> bool {
        let lines = headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|line| line.to_str().ok());
        let challenges = lines.filter_map(|line| http_auth::parse_challenges(line).ok()).flatten();
        let Some(challenge) = challenges.filter_map(|one| Challenge::read(&one)).max_by_key(Challenge::strength) else {
            return false;
        };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Asked { challenge, count: 0 });
        true
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
