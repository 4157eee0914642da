//! Makes text of a document safe to show: in documentation, Rust, manifests, terminals and logs.
//!
//! **Invariant:** no character is invisible, reorders others, controls a terminal or starts a
//! command of a CI service, and no link runs code.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character is invisible or changes how others are shown: control characters, marks of
/// the writing direction, and the separators that some programs treat as line breaks.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    character.is_control() || reorders(character) || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Whether a character changes the order in which others are shown. The compiler refuses most of
/// them.
fn reorders(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// One line for a terminal or log. Hidden characters, including line breaks, are written as
/// escapes.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    let text = escaped(text, is_hidden);
    if text.starts_with("::") || text.contains("##[") {
        // Workflow commands begin like this.
        let text = text.replace("##[", "#\\u{23}[");
        return Cow::Owned(text.strip_prefix("::").map_or(text.clone(), |rest| format!("\\u{{3a}}:{rest}")));
    }
    text
}

/// Text of several lines: like [`line()`], but line breaks and tabs stay.
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    let is_plain = |text: &str| {
        !text.contains(|character| is_hidden(character) && !matches!(character, '\n' | '\t'))
            && !text.contains("::")
            && !text.contains("##[")
    };
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let all: Vec<String> = text
        .split('\n')
        .map(|one| one.split('\t').map(|part| line(part).into_owned()).collect::<Vec<_>>().join("\t"))
        .collect();
    Cow::Owned(all.join("\n"))
}

/// Documentation of several lines. Control characters and those that reorder others are written as
/// escapes.
#[must_use]
pub fn documentation(text: &str) -> Cow<'_, str> {
    escaped(text, |character| is_hidden(character) && !matches!(character, '\n' | '\t' | '\u{1}'))
}

/// An equal JSON value, with its hidden characters as escapes.
#[must_use]
pub fn json(text: &str) -> Cow<'_, str> {
    let hides = |character: char| is_hidden(character) && character != '\n';
    if !text.contains(hides) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if hides(character) {
            // All hidden characters are in the basic plane; writing to a string cannot fail.
            let _ = write!(out, "\\u{:04x}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

fn escaped(text: &str, hides: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hides) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' if hides(character) => out.push_str("\\n"),
            '\r' if hides(character) => out.push_str("\\r"),
            '\t' if hides(character) => out.push_str("\\t"),
            character if hides(character) => out.extend(character.escape_unicode()),
            character => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// The scheme of a URL. `None` if it is relative.
#[must_use]
pub fn scheme(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once(':')?;
    let is_scheme = !scheme.is_empty()
        && scheme.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.'))
        && !rest.starts_with(':');
    is_scheme.then_some(scheme)
}

/// Whether a link may be followed: it is relative, or uses `http`, `https` or `mailto`. Browsers
/// ignore blanks and control characters in a URL, so a URL with any is refused.
#[must_use]
pub fn is_safe_link(url: &str) -> bool {
    if url.trim().contains(|character: char| is_hidden(character) || character.is_whitespace()) {
        return false;
    }
    match scheme(url.trim()) {
        Some(scheme) => ["http", "https", "mailto"].iter().any(|safe| scheme.eq_ignore_ascii_case(safe)),
        None => !url.trim().split(['/', '?', '#']).next().unwrap_or_default().contains(['&', ':']),
    }
}

#[cfg(test)]
mod tests {
    use super::{documentation, is_safe_link, json, line, lines};

    #[test]
    fn a_line_has_no_controls_and_starts_no_command() {
        assert_eq!(line("a\n::error::b\u{1b}[31m"), "a\\n::error::b\\u{1b}[31m");
        assert_eq!(line("::error::a"), "\\u{3a}:error::a");
        assert_eq!(line("a ##[error]b"), "a #\\u{23}[error]b");
        assert_eq!(line("std::fmt, é, 日本"), "std::fmt, é, 日本");
        assert_eq!(line("\u{202e}a\u{2069}\r\u{7f}"), "\\u{202e}a\\u{2069}\\r\\u{7f}");
        assert_eq!(lines("a: b::c\n\t::warning::x\n"), "a: b::c\n\t\\u{3a}:warning::x\n");
    }

    #[test]
    fn documentation_keeps_its_lines_and_json_its_meaning() {
        assert_eq!(documentation("a\n\tb\u{202e}c\u{1b}"), "a\n\tb\\u{202e}c\\u{1b}");
        let text = json("\"\u{202e} \u{2066} a\"").into_owned();
        assert_eq!(text, "\"\\u202e \\u2066 a\"");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), "\u{202e} \u{2066} a");
    }

    #[test]
    fn only_links_that_run_no_code_are_safe() {
        for url in ["https://a.example/b?c#d", "HTTP://a", "mailto:a@b.example", "a/b", "#c", "/d?e=f:g", "../x.md"] {
            assert!(is_safe_link(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            "JaVaScript:alert(1)",
            " javascript:x",
            "java\nscript:x",
            "java\tscript:x",
            "data:text/html;base64,x",
            "vbscript:x",
            "file:///etc/passwd",
            "javascript&colon;x",
            "\u{1}javascript:x",
        ] {
            assert!(!is_safe_link(url), "{url:?}");
        }
    }
}
