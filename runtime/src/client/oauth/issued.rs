//! Responses of token endpoints: a token, or the reason why there is none. Neither is shown as
//! received.

use std::fmt;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::client::raw_response::{Decoded, FromResponse, RawResponse};
use crate::value::Secret;

/// Longer lifetimes are cut to this, because a clock cannot hold every number that a server can
/// send.
const LONGEST: Duration = Duration::from_secs(10 * 365 * 24 * 3600);

/// A token as the endpoint issues it.
#[derive(Debug)]
pub(super) struct Issued {
    pub access: Secret,
    pub refresh: Option<Secret>,
    pub expires_in: Option<Duration>,
}

/// Why an endpoint refuses to issue a token. Only the standard error code is kept, because
/// descriptions may repeat secrets.
#[derive(Debug)]
pub(super) struct Refusal {
    code: String,
}

impl Refusal {
    /// Whether the endpoint gives this code as its reason.
    pub fn is(&self, code: &str) -> bool {
        self.code == code
    }

    /// A refusal with this code, if it is one.
    pub fn new(code: &str) -> Self {
        let is_code = !code.is_empty() && code.len() <= 64;
        let is_code = is_code && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-. ".contains(&byte));
        Self { code: if is_code { code.to_owned() } else { "no reason that OAuth 2 defines".to_owned() } }
    }

    /// The refusal in the body of an error. Without a code, its status is named.
    fn of_error(status: u16, body: &Map<String, Value>) -> Self {
        text(body, "error")
            .map_or_else(|| Self { code: format!("status {status}, and no reason that OAuth 2 defines") }, Self::new)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the token endpoint refused the request: {}", self.code)
    }
}

impl std::error::Error for Refusal {}

/// The response with status 200. Some endpoints also refuse with this status.
#[derive(Debug)]
pub(super) struct Responded(pub Result<Issued, Refusal>);

impl FromResponse for Responded {
    fn from_response(response: &mut RawResponse) -> Decoded<Self> {
        match response.status() {
            200..=299 => response.json(|body| Self(read(&body))),
            _ => Decoded::Undocumented,
        }
    }
}

impl FromResponse for Refusal {
    fn from_response(response: &mut RawResponse) -> Decoded<Self> {
        match response.status() {
            status @ 400..=499 => response.json(|body| Self::of_error(status, &body)),
            _ => Decoded::Undocumented,
        }
    }
}

/// Text that is not empty.
pub(super) fn text<'b>(body: &'b Map<String, Value>, key: &str) -> Option<&'b str> {
    body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// A number of seconds, as servers write it.
pub(super) fn seconds(body: &Map<String, Value>, key: &str) -> Option<Duration> {
    let number = body.get(key).and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()));
    number.map(|seconds| Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(LONGEST).min(LONGEST))
}

fn read(body: &Map<String, Value>) -> Result<Issued, Refusal> {
    let Some(access) = text(body, "access_token") else {
        return Err(Refusal::new(text(body, "error").unwrap_or("the response has no access token")));
    };
    if text(body, "token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err(Refusal::new("the token is not a bearer token"));
    }
    Ok(Issued {
        access: access.into(),
        refresh: text(body, "refresh_token").map(Secret::from),
        expires_in: seconds(body, "expires_in"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(body: &Value) -> Result<Issued, String> {
        read(body.as_object().unwrap()).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn lifetimes_are_read_as_servers_write_them() {
        for (written, expected) in [
            (json!(3600), Some(3600)),
            (json!("3600"), Some(3600)),
            (json!(3599.9), Some(3599)),
            (json!(-1), Some(0)),
            (json!(1e300), Some(LONGEST.as_secs())),
            (json!("soon"), None),
            (json!(null), None),
        ] {
            let issued = of(&json!({"access_token": "a", "expires_in": written})).unwrap();
            assert_eq!(issued.expires_in.map(|life| life.as_secs()), expected, "{written}");
        }
    }

    #[test]
    fn a_refusal_repeats_nothing_but_its_code() {
        let refused = of(&json!({"error": "invalid_grant", "error_description": "hunter2"})).unwrap_err();
        assert_eq!(refused, "the token endpoint refused the request: invalid_grant");
        for body in [
            json!({}),
            json!({"access_token": ""}),
            json!({"access_token": "a", "token_type": "mac"}),
            json!({"error": "\u{1b}[31mhunter2\n"}),
        ] {
            let refused = of(&body).unwrap_err();
            assert!(
                refused.starts_with("the token endpoint refused the request: ") && !refused.contains("hunter2"),
                "{refused}"
            );
        }
    }
}
