//! Makes text of a document safe to show: in documentation, Rust, manifests, terminals and logs.
//!
//! **Invariant:** no character is invisible, reorders others, controls a terminal or starts a
//! command of a CI service, and no link runs code.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character is not seen, or changes how others are seen: controls, marks of the writing
/// direction, what has no width or no shape, and the separators that some programs take for line
/// breaks. Those that join or vary the character before them are hidden only where there is none: see
/// [`line()`].
#[must_use]
pub fn is_hidden(character: char) -> bool {
    character.is_control() || reorders(character) || has_no_shape(character)
}

/// Whether a character is shown as nothing, wherever it is: those that Unicode calls ignorable, the
/// separators of lines, fillers and tags.
fn has_no_shape(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}'
    )
}

/// Whether a character joins or varies the one before it, as in emoji and in some scripts.
fn joins(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The characters of a text, each with whether it is to be escaped: what `hides` says, and those that
/// join without a character before them that they belong to. More than two of them hide a message.
fn marked<'t>(text: &'t str, hides: impl Fn(char) -> bool + 't) -> impl Iterator<Item = (char, bool)> + 't {
    let mut characters = text.chars().peekable();
    let mut allowed = 0_u8;
    std::iter::from_fn(move || {
        let character = characters.next()?;
        if joins(character) {
            let is_hidden = allowed == 0;
            allowed = allowed.saturating_sub(1);
            return Some((character, is_hidden));
        }
        let is_hidden = hides(character);
        // `1`, made an emoji, is a key.
        let is_key = characters.peek() == Some(&'\u{fe0f}') && matches!(character, '0'..='9' | '#' | '*');
        allowed = if is_hidden { 0 } else { u8::from(is_key).max(if character.is_ascii() { 0 } else { 2 }) };
        Some((character, is_hidden))
    })
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
        !text.contains(|character| joins(character) || is_hidden(character) && !matches!(character, '\n' | '\t'))
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
    if !text.contains(|character| joins(character) || hides(character)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (character, is_hidden) in marked(text, hides) {
        if is_hidden {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// Rust as it was printed: comments are filtered already, and in texts an escape means the same.
#[must_use]
pub fn rust(text: &str) -> Cow<'_, str> {
    documentation(text)
}

fn escaped(text: &str, hides: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(|character| joins(character) || hides(character)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for marked in marked(text, hides) {
        match marked {
            ('\n', true) => out.push_str("\\n"),
            ('\r', true) => out.push_str("\\r"),
            ('\t', true) => out.push_str("\\t"),
            (character, true) => out.extend(character.escape_unicode()),
            (character, false) => out.push(character),
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
    fn what_has_no_shape_is_an_escape_and_what_joins_belongs_to_something() {
        assert_eq!(line("a\u{200b}b\u{ad}\u{e0041}\u{3164}"), "a\\u{200b}b\\u{ad}\\u{e0041}\\u{3164}");
        for shown in ["⚠\u{fe0f} a", "❤\u{fe0f}\u{200d}🔥", "1\u{fe0f}\u{20e3}", "می\u{200c}خواهم", "葛\u{e0100}"]
        {
            assert_eq!(line(shown), shown);
            assert_eq!(json(shown), shown);
        }
        assert_eq!(line("a\u{200d}b"), "a\\u{200d}b");
        assert_eq!(line("\u{fe0f}\u{e0101}"), "\\u{fe0f}\\u{e0101}");
        assert_eq!(line("é\u{fe01}\u{fe02}\u{fe03}"), "é\u{fe01}\u{fe02}\\u{fe03}");
        assert_eq!(serde_json::from_str::<String>(&json("\"a\u{e0041}\"")).unwrap(), "a\u{e0041}");
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
