//! Matches one path segment: `{page}.{format}` and `a.b.json` → `a.b`, `json`. **Invariant:** a
//! parameter has at least one character and is never `.` or `..`. If several splits match, the
//! parameters on the left are as long as possible.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::decode::Encoding;
use crate::descriptor::Piece;

/// The raw segments of a path. They are short, so a plain loop is faster than a search designed for
/// long text.
pub(crate) fn split(path: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(path.strip_prefix('/').unwrap_or(path));
    std::iter::from_fn(move || {
        let (first, behind) = split_first(rest?);
        rest = behind;
        Some(first)
    })
}

/// The first raw segment of a path without its leading slash, and the rest after the next slash.
pub(crate) fn split_first(text: &str) -> (&str, Option<&str>) {
    match text.bytes().position(|byte| byte == b'/') {
        Some(end) => (text.get(..end).unwrap_or_default(), text.get(end + 1..)),
        None => (text, None),
    }
}

/// Decodes a segment; `None` if it is not UTF-8, since it then matches no template.
pub(crate) fn decode(raw: &str) -> Option<Cow<'_, str>> {
    if raw.bytes().any(|byte| byte == b'%') {
        percent_decode_str(raw).decode_utf8().ok()
    } else {
        Some(Cow::Borrowed(raw))
    }
}

/// Whether a path, query or form is text once it is decoded.
#[cfg(feature = "server")]
pub(crate) fn is_utf8(encoded: &str) -> bool {
    percent_decode_str(encoded).decode_utf8().is_ok()
}

/// Whether a decoded segment matches. `found` receives the index and text of each parameter, from
/// right to left.
pub(crate) fn fits<'s>(pieces: &[Piece], text: &'s str, mut found: impl FnMut(usize, &'s str)) -> bool {
    // A leading literal is matched first, everything else from the end.
    let (pieces, text) = match pieces {
        [Piece::Literal(literal), pieces @ ..] => match text.strip_prefix(literal) {
            Some(text) => (pieces, text),
            None => return false,
        },
        pieces => (pieces, text),
    };
    let mut rest = text;
    let mut pieces = pieces.iter().rev().copied().peekable();
    while let Some(piece) = pieces.next() {
        let index = match piece {
            Piece::Literal(literal) => match rest.strip_suffix(literal) {
                Some(before) => {
                    rest = before;
                    continue;
                }
                None => return false,
            },
            Piece::Parameter(index) => index,
        };
        let start = match pieces.peek() {
            None => Some(0),
            Some(Piece::Literal(literal)) => last_before_end(rest, literal).map(|at| at + literal.len()),
            // Nothing separates adjacent parameters, so the right one gets a single character.
            Some(Piece::Parameter(_)) => rest.char_indices().next_back().map(|(at, _)| at),
        };
        let Some((before, value)) = start.and_then(|start| rest.split_at_checked(start)) else {
            return false;
        };
        if value.is_empty() || value == "." || value == ".." {
            return false;
        }
        found(index, value);
        rest = before;
    }
    rest.is_empty()
}

/// The last position of `literal` with at least one character after it.
fn last_before_end(text: &str, literal: &str) -> Option<usize> {
    let (last, _) = text.char_indices().next_back()?;
    text.get(..last)?.rfind(literal)
}

/// The text of parameter `index` in a path that matches `segments`, and its encoding. A whole
/// segment stays encoded, so that the delimiters of its style differ from those in its values.
pub(crate) fn parameter<'p>(segments: &[&[Piece]], path: &'p str, index: usize) -> Option<(Cow<'p, str>, Encoding)> {
    let wanted = segments.iter().position(|pieces| pieces.contains(&Piece::Parameter(index)))?;
    let raw = split(path).nth(wanted)?;
    let pieces = segments.get(wanted)?;
    if pieces.len() == 1 {
        return Some((Cow::Borrowed(raw), Encoding::Percent));
    }
    let text = match decode(raw)? {
        Cow::Borrowed(text) => one_of(pieces, text, index).map(Cow::Borrowed),
        Cow::Owned(text) => one_of(pieces, &text, index).map(|value| Cow::Owned(value.to_owned())),
    };
    Some((text?, Encoding::Plain))
}

fn one_of<'s>(pieces: &[Piece], text: &'s str, index: usize) -> Option<&'s str> {
    let mut value = None;
    let fits = fits(pieces, text, |found, text| {
        if found == index {
            value = Some(text);
        }
    });
    value.filter(|_| fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'s>(pieces: &[Piece], text: &'s str) -> Option<Vec<&'s str>> {
        let mut values = Vec::new();
        fits(pieces, text, |_, value| values.insert(0, value)).then_some(values)
    }

    #[test]
    fn a_path_is_split_at_every_slash() {
        for (path, segments) in [
            ("/a/b%2Fc", &["a", "b%2Fc"][..]),
            ("/a//b/", &["a", "", "b", ""]),
            ("a", &["a"]),
            ("/", &[""]),
            ("", &[""]),
        ] {
            assert_eq!(split(path).collect::<Vec<_>>(), segments, "{path}");
        }
    }

    #[test]
    fn the_left_parameter_takes_as_much_as_it_can() {
        let pieces = [Piece::Parameter(0), Piece::Literal("."), Piece::Parameter(1)];
        assert_eq!(texts(&pieces, "a.b.json"), Some(vec!["a.b", "json"]));
        assert_eq!(texts(&pieces, "a..json"), Some(vec!["a.", "json"]));
        assert_eq!(texts(&pieces, ".json"), None);
        assert_eq!(texts(&pieces, "a."), None);
        let compare = [Piece::Parameter(0), Piece::Literal("..."), Piece::Parameter(1)];
        assert_eq!(texts(&compare, "main...feature"), Some(vec!["main", "feature"]));
        assert_eq!(texts(&compare, "main..feature"), None);
        assert_eq!(texts(&compare, "a...."), None, "the right one would be a dot alone");
    }

    #[test]
    fn the_first_literal_is_at_the_beginning() {
        assert_eq!(texts(&[Piece::Literal("a"), Piece::Parameter(0)], "aval"), Some(vec!["val"]));
        assert_eq!(texts(&[Piece::Literal("a"), Piece::Parameter(0), Piece::Literal("a")], "aa"), None);
        assert_eq!(texts(&[Piece::Literal("a"), Piece::Parameter(0), Piece::Literal("a")], "aaa"), Some(vec!["a"]));
    }

    #[test]
    fn dots_alone_are_no_value() {
        for text in ["", ".", ".."] {
            assert_eq!(texts(&[Piece::Parameter(0)], text), None);
        }
        assert_eq!(texts(&[Piece::Parameter(0)], "..."), Some(vec!["..."]));
    }

    #[test]
    fn adjacent_parameters_and_multibyte_characters_do_not_panic() {
        let pieces = [Piece::Parameter(0), Piece::Parameter(1)];
        assert_eq!(texts(&pieces, "äöü"), Some(vec!["äö", "ü"]));
        assert_eq!(texts(&pieces, "ä"), None);
        let pieces = [Piece::Literal("ä"), Piece::Parameter(0), Piece::Literal("é")];
        assert_eq!(texts(&pieces, "äxé"), Some(vec!["x"]));
        assert_eq!(texts(&pieces, "äé"), None);
    }
}
