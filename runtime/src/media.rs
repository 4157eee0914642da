//! Media types, and ranges of them such as `image/*`.

/// A borrowed media type, as in `Content-Type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Media<'t> {
    essence: &'t str,
    parameters: &'t str,
}

impl<'t> Media<'t> {
    /// Splits a media type from its parameters. Any text is accepted; an invalid one matches
    /// nothing.
    #[must_use]
    pub fn parse(text: &'t str) -> Self {
        let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
        Self { essence: essence.trim_ascii(), parameters }
    }

    /// Type and subtype without parameters, as written.
    #[must_use]
    pub fn essence(&self) -> &'t str {
        self.essence
    }

    /// A parameter without quotes, such as `charset` or `boundary`.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&'t str> {
        if !self.has_parameters() {
            return None;
        }
        split_parameters(self.parameters).find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
        })
    }

    /// Whether there are parameters.
    pub(crate) fn has_parameters(&self) -> bool {
        !self.parameters.is_empty()
    }

    /// Whether it is JSON: `application/json`, `text/json` or any type with the suffix `+json`.
    #[must_use]
    pub fn is_json(&self) -> bool {
        let ends = |suffix: &str| {
            let at = self.essence.len().checked_sub(suffix.len());
            at.and_then(|at| self.essence.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
        };
        ends("/json") || ends("+json")
    }

    /// Whether this range or plain media type, such as `*/*`, `image/*` or `application/*+json`,
    /// covers another.
    #[must_use]
    pub fn covers(&self, other: &Media<'_>) -> bool {
        if self.essence.eq_ignore_ascii_case(other.essence) {
            return self.essence.bytes().any(|byte| byte == b'/');
        }
        let (Some((top, sub)), Some((other_top, other_sub))) =
            (self.essence.split_once('/'), other.essence.split_once('/'))
        else {
            return false;
        };
        if top != "*" && !top.eq_ignore_ascii_case(other_top) {
            return false;
        }
        match sub.strip_prefix('*') {
            Some("") => true,
            Some(suffix) => other_sub.to_ascii_lowercase().ends_with(&suffix.to_ascii_lowercase()),
            None => sub.eq_ignore_ascii_case(other_sub),
        }
    }

    /// Whether it is a range and not a single media type.
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.essence.contains('*')
    }
}

/// Splits parameters at semicolons outside quotes.
fn split_parameters(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c| {
        quoted ^= c == '"';
        c == ';' && !quoted
    })
}

/// Whether a documented media type or range covers a `Content-Type`.
#[must_use]
pub fn covers(documented: &str, content_type: &str) -> bool {
    Media::parse(documented).covers(&Media::parse(content_type))
}

/// Whether a `Content-Type` is JSON.
#[must_use]
pub fn is_json(content_type: &str) -> bool {
    Media::parse(content_type).is_json()
}

/// Decodes text in the charset of its `Content-Type`: Latin-1, or otherwise UTF-8 with `U+FFFD` for
/// invalid bytes.
#[must_use]
pub fn decode_text(bytes: &[u8], content_type: &str) -> String {
    let charset = Media::parse(content_type).parameter("charset").unwrap_or("utf-8");
    if charset.eq_ignore_ascii_case("iso-8859-1") || charset.eq_ignore_ascii_case("latin1") {
        return bytes.iter().map(|byte| char::from(*byte)).collect();
    }
    String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Media, covers, decode_text, is_json};

    #[test]
    fn ranges_cover_what_they_say() {
        for (range, text, expected) in [
            ("*/*", "image/png", true),
            ("image/*", "Image/PNG; q=1", true),
            ("image/*", "text/plain", false),
            ("application/json", "application/json; charset=utf-8", true),
            ("application/*+json", "application/problem+json", true),
            ("application/*+json", "application/json", false),
            ("application/json; v=2", "APPLICATION/JSON", true),
            ("", "", false),
        ] {
            assert_eq!(covers(range, text), expected, "{range} {text}");
        }
    }

    #[test]
    fn json_has_many_names() {
        assert!(is_json("application/vnd.api+JSON; charset=utf-8"));
        assert!(is_json("application/json"));
        assert!(!is_json("application/jsonl"));
        assert!(!is_json("ü"));
    }

    #[test]
    fn parameters_may_be_quoted() {
        let media = Media::parse("multipart/form-data; x=\"a;b\"; Boundary=\"q w\"");
        assert_eq!(media.parameter("boundary"), Some("q w"));
        assert_eq!(media.parameter("x"), Some("a;b"));
        assert_eq!(media.parameter("y"), None);
    }

    #[test]
    fn text_is_utf_8_unless_it_says_otherwise() {
        assert_eq!(decode_text(b"\xEF\xBB\xBFa", "text/plain"), "a");
        assert_eq!(decode_text(b"\xE9", "text/plain; charset=ISO-8859-1"), "é");
        assert_eq!(decode_text(b"\xFF", ""), "\u{FFFD}");
    }
}
