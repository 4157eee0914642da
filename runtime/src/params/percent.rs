//! Percent-encoding: which bytes are encoded in which place.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode, utf8_percent_encode};

/// All characters except the unreserved ones of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// In a literal path segment, sub-delimiters, `:` and `@` also remain.
pub(super) const SEGMENT: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// If a query parameter allows them, reserved characters remain, except `&`, `+`, `#`, `[` and `]`,
/// which would change the meaning of the query.
const ALLOW_RESERVED: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Letters and digits, which are never encoded.
static PLAIN: [bool; 256] = {
    let (mut table, mut byte) = ([false; 256], 0u8);
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// Characters that would end a cookie's value, and the percent sign.
pub(super) const COOKIE: &AsciiSet =
    &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\').add(b'%');

/// The form encoding of the URL standard; spaces become `+` afterwards.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

/// Encodes text as a component of a URL: everything except unreserved characters.
#[must_use]
pub fn encode_component(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

pub(super) fn push(out: &mut String, text: &str, set: &'static AsciiSet) {
    // Most text needs no encoding and is copied at once.
    if text.bytes().all(|byte| PLAIN[usize::from(byte)]) {
        return out.push_str(text);
    }
    out.extend(utf8_percent_encode(text, set));
}

pub(super) fn push_component(out: &mut String, text: &str) {
    push(out, text, RESERVED);
}

/// Writes a query value. If reserved characters are allowed, existing percent triplets remain.
pub(super) fn push_value(out: &mut String, text: &str, allow_reserved: bool) {
    if !allow_reserved {
        return push_component(out, text);
    }
    let bytes = text.as_bytes();
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        let hex = |offset: usize| bytes.get(at + offset).is_some_and(u8::is_ascii_hexdigit);
        if bytes[at] == b'%' && hex(1) && hex(2) {
            out.extend(percent_encode(&bytes[start..at], ALLOW_RESERVED));
            out.push_str(&text[at..at + 3]);
            at += 3;
            start = at;
        } else {
            at += 1;
        }
    }
    out.extend(percent_encode(&bytes[start..], ALLOW_RESERVED));
}

/// Writes text with reserved characters unencoded, except those that end a pair or mean a space.
pub fn push_reserved(out: &mut String, text: &str) {
    push_value(out, text, true);
}

/// Writes text as in `application/x-www-form-urlencoded`.
pub fn push_form(out: &mut String, text: &str) {
    for piece in utf8_percent_encode(text, FORM) {
        let mut words = piece.split(' ');
        out.push_str(words.next().unwrap_or_default());
        for word in words {
            out.push('+');
            out.push_str(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{encode_component, push_form, push_value};

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(
            encode_component("aZ9-._~/?#[]@!$&'()*+,;=: %é"),
            "aZ9-._~%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A%20%25%C3%A9"
        );
    }

    #[test]
    fn reserved_characters_stay_where_allowed_but_never_those_that_end_the_pair() {
        let mut out = String::new();
        push_value(&mut out, "a/b?c=d&e+f#g[h]%2F%zz é", true);
        assert_eq!(out, "a/b?c=d%26e%2Bf%23g%5Bh%5D%2F%25zz%20%C3%A9");
    }

    #[test]
    fn forms_write_blanks_as_plus() {
        let mut out = String::new();
        push_form(&mut out, " a b+c&d~*");
        assert_eq!(out, "+a+b%2Bc%26d%7E*");
    }
}
