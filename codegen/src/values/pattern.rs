//! Text that matches a regular expression, made from its parts: the first alternative, the fewest
//! repetitions, and a plain character of each class.
//!
//! **Invariant:** this only proposes. Whoever asks checks with the rules of ECMAScript, whose
//! expressions differ from those that are parsed here.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::limits::{PATTERN_BYTES, PATTERN_DEPTH, VALUE_CHARS};

/// Texts that may match a pattern, from the shortest one on. At least `least` characters are wanted.
pub(super) fn proposals(pattern: &str, least: u64) -> Vec<String> {
    let depth = u32::try_from(PATTERN_DEPTH).unwrap_or(u32::MAX);
    if pattern.len() > PATTERN_BYTES {
        return Vec::new();
    }
    let Ok(parsed) = ParserBuilder::new().nest_limit(depth).build().parse(pattern) else { return Vec::new() };
    let mut made = Vec::new();
    for more in [0, 1, u32::try_from(least).unwrap_or(u32::MAX)] {
        let mut text = Text { text: String::new(), more };
        if text.add(&parsed).is_some() && !made.contains(&text.text) {
            made.push(text.text);
        }
    }
    made
}

/// A text while it grows.
struct Text {
    text: String,
    /// Repetitions beyond the fewest.
    more: u32,
}

impl Text {
    fn add(&mut self, part: &Hir) -> Option<()> {
        if self.text.len() as u64 > VALUE_CHARS {
            return None;
        }
        match part.kind() {
            HirKind::Empty | HirKind::Look(_) => Some(()),
            HirKind::Literal(literal) => {
                self.text.push_str(std::str::from_utf8(&literal.0).ok()?);
                Some(())
            }
            HirKind::Class(class) => {
                self.text.push(character(class)?);
                Some(())
            }
            HirKind::Repetition(repeated) => {
                let most = repeated.max.unwrap_or(u32::MAX);
                let times = repeated.min.saturating_add(self.more).min(most);
                (0..times).try_for_each(|_| self.add(&repeated.sub))
            }
            HirKind::Capture(group) => self.add(&group.sub),
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.add(part)),
            HirKind::Alternation(parts) => parts.first().map_or(Some(()), |part| self.add(part)),
        }
    }
}

/// A plain character of a class.
fn character(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let has = |wanted: char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&wanted));
    let plain = ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("-_. /".chars());
    let mut plain = plain.filter(|wanted| has(*wanted));
    plain.next().or_else(|| class.ranges().first().map(regex_syntax::hir::ClassUnicodeRange::start))
}

#[cfg(test)]
mod tests {
    use super::proposals;

    #[test]
    fn a_text_is_made_from_the_parts_of_an_expression() {
        for (pattern, expected) in [
            ("^[a-f\\d]{24}$", "aaaaaaaaaaaaaaaaaaaaaaaa"),
            ("^(pk|sk)_(live|test)_[A-Za-z0-9]{4,}$", "pk_live_aaaa"),
            ("stable|([0-9]+)(?:\\.([0-9]+))?(-.*)?", "stable"),
            ("^rdme_\\w+$", "rdme_a"),
            ("^#?[0-9a-fA-F]{3}$", "aaa"),
            ("^\\/images\\/([a-f\\d]{4})$", "/images/aaaa"),
            ("^\\+[1-9]\\d{1,3}$", "+10"),
        ] {
            assert_eq!(proposals(pattern, 0).first().map(String::as_str), Some(expected), "{pattern}");
        }
        assert!(proposals("^[a-z]+$", 9).iter().any(|text| text.len() >= 9));
        assert_eq!(proposals("(a", 0), [""; 0]);
        assert_eq!(proposals("((((a{1000}){1000}){1000}){1000})", 0), [""; 0]);
    }
}
