//! Messages, headers and URLs → the same without what may be a secret, for errors, `Debug` and logs.

use std::fmt;

use http::{HeaderMap, HeaderName};

/// What serde writes before a value that it repeats between backticks.
const BEFORE_VALUES: [&str; 5] = ["integer `", "floating point `", "boolean `", "character `", "unknown variant `"];

/// Takes the values out of a message of serde's: `invalid type: string "…", expected u8`.
pub(crate) fn without_values(message: &str) -> String {
    let mut out = String::with_capacity(message.len().min(256));
    let mut rest = message;
    while let Some(at) = next_value(rest) {
        let (before, value) = rest.split_at(at);
        out.extend([before, "…"]);
        rest = match before.as_bytes().last() {
            Some(b'"') => &value[quoted(value)..],
            // Behind the value serde goes on with a comma.
            _ => &value[value.find("`,").unwrap_or(value.len())..],
        };
        // The closing mark, so that it opens nothing.
        let closed = rest.chars().next().map_or(0, char::len_utf8);
        out.push_str(&rest[..closed]);
        rest = &rest[closed..];
    }
    out.push_str(rest);
    out
}

/// Where the next value begins.
fn next_value(text: &str) -> Option<usize> {
    let quote = text.find('"').map(|at| at + 1);
    let others = BEFORE_VALUES.iter().filter_map(|before| text.find(before).map(|at| at + before.len()));
    others.chain(quote).min()
}

/// How long a quoted text is, up to the quote that ends it.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at,
            _ => {}
        }
    }
    text.len()
}

/// Whether one would expect a secret in a header of this name. One pass over the name: this is asked for every header of every call,
/// and to search for each mark by itself takes ten times as long.
fn is_confidential(name: &HeaderName) -> bool {
    let name = name.as_str().as_bytes();
    name.iter().enumerate().any(|(at, first)| {
        let marks: &[&str] = match first {
            b'a' => &["auth"],
            b'c' => &["cookie", "credential"],
            b'k' => &["key"],
            b'p' => &["password"],
            b's' => &["secret", "session", "signature"],
            b't' => &["token"],
            _ => return false,
        };
        marks.iter().any(|mark| name[at..].starts_with(mark.as_bytes()))
    })
}

/// Marks headers by whose names one would expect a secret, so that `Debug` does not show them.
#[cfg(feature = "client")]
pub(crate) fn hide_secrets(headers: &mut HeaderMap) {
    for (name, value) in headers {
        if is_confidential(name) {
            value.set_sensitive(true);
        }
    }
}

/// Headers for `Debug`, without the values in which one would expect a secret.
#[cfg(feature = "server")]
pub(crate) struct Shown<'h>(pub(crate) &'h HeaderMap);

#[cfg(feature = "server")]
impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.0 {
            if is_confidential(name) {
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

    use super::{is_confidential, without_values};

    #[test]
    fn names_of_headers_hint_at_secrets() {
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
        ] {
            assert!(is_confidential(&HeaderName::from_static(name)), "{name}");
        }
        for name in ["content-type", "x-sess", "x-task-id", "to", "cooking", "ke", "x-request-id"] {
            assert!(!is_confidential(&HeaderName::from_static(name)), "{name}");
        }
    }

    #[test]
    fn values_of_every_kind_are_taken_out_and_the_rest_stays() {
        for (message, expected) in [
            ("invalid type: string \"a \\\"b\\\" \\\\\", expected u8", "invalid type: string \"…\", expected u8"),
            ("invalid type: integer `77`, expected a string", "invalid type: integer `…`, expected a string"),
            (
                "invalid value: floating point `7.7`, expected u8 in `/a`",
                "invalid value: floating point `…`, expected u8 in `/a`",
            ),
            (
                "A: string \"x\", expected u8; B: boolean `true`, expected B",
                "A: string \"…\", expected u8; B: boolean `…`, expected B",
            ),
            ("unknown variant `a`b`, expected one of `x`, `y`", "unknown variant `…`, expected one of `x`, `y`"),
            ("string \"cut", "string \"…"),
            ("missing field `id`", "missing field `id`"),
            ("", ""),
        ] {
            assert_eq!(without_values(message), expected);
        }
    }
}
