//! Redaction: removes possible secrets from messages and headers, for errors, `Debug` and logs.

#[cfg(any(feature = "client", feature = "server"))]
mod headers;

#[cfg(any(feature = "client", feature = "server"))]
pub(crate) use headers::RedactedHeaders;
#[cfg(feature = "client")]
pub(crate) use headers::{hide_secret, hide_secrets, is_confidential};

/// The text that serde writes before a value between backticks.
const BEFORE_VALUES: [&str; 5] = ["integer `", "floating point `", "boolean `", "character `", "unknown variant `"];

/// Removes the values from a message of serde: `invalid type: string "…", expected u8`.
pub(crate) fn without_values(message: &str) -> String {
    let mut out = String::with_capacity(message.len().min(256));
    let mut rest = message;
    while let Some(at) = next_value(rest) {
        let (before, value) = rest.split_at(at);
        out.extend([before, "…"]);
        rest = match before.as_bytes().last() {
            Some(b'"') => &value[quoted(value)..],
            // After the value, serde continues with a comma.
            _ => &value[value.find("`,").unwrap_or(value.len())..],
        };
        // The closing quote is skipped, so that it does not open another value.
        let closed = rest.chars().next().map_or(0, char::len_utf8);
        out.push_str(&rest[..closed]);
        rest = &rest[closed..];
    }
    out.push_str(rest);
    out
}

/// The position of the next value.
fn next_value(text: &str) -> Option<usize> {
    let quote = text.find('"').map(|at| at + 1);
    let others = BEFORE_VALUES.iter().filter_map(|before| text.find(before).map(|at| at + before.len()));
    others.chain(quote).min()
}

/// The length of quoted text, up to its closing quote.
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

#[cfg(test)]
mod tests {
    use super::without_values;

    #[test]
    fn values_of_every_kind_are_removed_and_the_rest_stays() {
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
