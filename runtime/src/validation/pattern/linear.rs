//! Translates ECMA-262 expressions for the linear engine, if it can express them.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use regex_lite::Regex;

use crate::limits::PATTERN_BYTES;

/// The meaning of `\s` in ECMA-262. The engine recognizes only ASCII whitespace.
const BLANKS: &str = r"\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}";

/// `None` for back references, lookaround and Unicode classes.
pub(super) fn compile(pattern: &str) -> Option<Regex> {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut chars = pattern.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' => escape(&mut chars, &mut out)?,
            '.' => out.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            '[' => class(&mut chars, &mut out)?,
            '(' => group(&mut chars, &mut out)?,
            '{' if !is_repetition(chars.clone()) => out.push_str(r"\{"),
            ']' => out.push_str(r"\]"),
            '#' | '&' | '~' | '-' => literal(char, &mut out),
            _ => out.push(char),
        }
    }
    regex_lite::RegexBuilder::new(&out).size_limit(PATTERN_BYTES).build().ok()
}

/// After `(`: the kind of group.
fn group(chars: &mut Peekable<Chars<'_>>, out: &mut String) -> Option<()> {
    if chars.peek() != Some(&'?') {
        out.push('(');
        return Some(());
    }
    chars.next();
    match chars.next()? {
        ':' => out.push_str("(?:"),
        '<' if !matches!(chars.peek(), Some('=' | '!')) => {
            // The name is unused, because references are not translated.
            chars.by_ref().find(|char| *char == '>')?;
            out.push('(');
        }
        'i' if chars.next() == Some(':') => out.push_str("(?i:"),
        _ => return None,
    }
    Some(())
}

/// After a backslash outside a class.
fn escape(chars: &mut Peekable<Chars<'_>>, out: &mut String) -> Option<()> {
    match chars.next()? {
        known @ ('d' | 'D' | 'w' | 'W' | 'b' | 'B') => out.extend(['\\', known]),
        's' => write!(out, "[{BLANKS}]").ok()?,
        'S' => write!(out, "[^{BLANKS}]").ok()?,
        other => character(other, chars, out)?,
    }
    Some(())
}

/// After a backslash: an escape for one character.
fn character(first: char, chars: &mut Peekable<Chars<'_>>, out: &mut String) -> Option<()> {
    match first {
        't' | 'n' | 'r' | 'f' | 'v' => out.extend(['\\', first]),
        '0' if !chars.peek().is_some_and(char::is_ascii_digit) => out.push_str(r"\x00"),
        'x' => literal(hexadecimal(chars, 2)?, out),
        'u' if chars.peek() == Some(&'{') => {
            chars.next();
            let digits: String = chars.by_ref().take_while(|char| *char != '}').collect();
            literal(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)?, out);
        }
        'u' => literal(hexadecimal(chars, 4)?, out),
        other if other.is_ascii_punctuation() => literal(other, out),
        _ => return None,
    }
    Some(())
}

fn hexadecimal(chars: &mut Peekable<Chars<'_>>, count: usize) -> Option<char> {
    let digits: String = chars.by_ref().take(count).collect();
    u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)
}

/// After `[`, up to the bracket that closes it.
fn class(chars: &mut Peekable<Chars<'_>>, out: &mut String) -> Option<()> {
    let negated = chars.next_if_eq(&'^').is_some();
    if chars.next_if_eq(&']').is_some() {
        // Any character. Its opposite, no character, is left to the other engine.
        return negated.then(|| out.push_str("(?s:.)"));
    }
    out.push_str(if negated { "[^" } else { "[" });
    loop {
        match chars.next()? {
            ']' => break,
            '\\' => match chars.next()? {
                known @ ('d' | 'D' | 'w' | 'W') => out.extend(['\\', known]),
                's' => out.push_str(BLANKS),
                'b' => out.push_str(r"\x08"),
                other => character(other, chars, out)?,
            },
            '-' => out.push('-'),
            other => literal(other, out),
        }
    }
    out.push(']');
    Some(())
}

/// Whether the text after `{` makes it a repetition.
fn is_repetition(chars: Peekable<Chars<'_>>) -> bool {
    let text: String = chars.collect();
    let inside = text.split_once('}').map_or("", |(inside, _)| inside);
    inside.starts_with(|char: char| char.is_ascii_digit())
        && inside.chars().all(|char| char.is_ascii_digit() || char == ',')
}

/// Writes a character that always means itself.
fn literal(char: char, out: &mut String) {
    if char.is_ascii_alphanumeric() || !char.is_ascii() {
        out.push(char);
    } else {
        // Writing to a string cannot fail.
        let _ = write!(out, r"\x{:02X}", u32::from(char));
    }
}

#[cfg(test)]
mod tests {
    use super::compile;

    const TEXTS: [&str; 24] = [
        "", "a", "ab", "-", "a-b", "]", "a&b", "~", "\n", "\u{2028}", "\u{a0}", "é", "٣", "#", "{", "}", "a{1", "1",
        "12", "/", "\\", "A", "\u{8}", "😀",
    ];

    #[test]
    fn both_engines_agree() {
        for pattern in [
            "^a$",
            ".",
            "^.$",
            r"\s",
            r"\S",
            r"^\w+$",
            r"\W",
            r"^\d+$",
            r"\bb",
            "[^]",
            "[-a]",
            "[a-]",
            "[&&~~]",
            r"[\]]",
            "]",
            "^[^\\s-]+$",
            r"\/",
            r"\-",
            r"[\b]",
            r"\u0061",
            r"\u{1F600}",
            r"\x41",
            "(?<n>a)b",
            "(?:a|-)+",
            "a{1,2}",
            "a{1",
            "#",
            "[[]|\\{",
            r"[\d\-#]+",
            "(?i:A)",
            r"^[\u00e0-\u00ff]$",
            "}",
        ] {
            let linear = compile(pattern).unwrap_or_else(|| panic!("{pattern} is not translated"));
            let other = regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern)).unwrap();
            for text in TEXTS {
                assert_eq!(linear.is_match(text), other.find(text).is_some(), "{pattern} {text:?}");
            }
        }
    }

    #[test]
    fn unsupported_expressions_are_left_to_the_other_engine() {
        for pattern in [r"(a)\1", "(?=a)", "(?!a)", "(?<=a)b", r"\p{L}", "[]", r"\ud83d\ude00", r"\cA", "(?-i:a)"] {
            assert!(compile(pattern).is_none(), "{pattern}");
        }
    }
}
