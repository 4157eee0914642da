//! An ECMA-262 expression → the [`Shape`] of its repetitions and alternatives. The expression
//! compiles, so nothing is refused here. If its syntax is ambiguous, the costlier reading is used.

use super::shape::Shape;
use crate::limits::PATTERN_DEPTH;

/// Reads an expression; `None` if its groups nest deeper than [`PATTERN_DEPTH`].
pub(super) fn parse(pattern: &str) -> Option<Shape> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut parser = Parser { chars: &chars, at: 0, depth: 0 };
    let mut alternatives = vec![parser.alternatives()?];
    // A stray parenthesis cannot occur in an expression that compiles.
    while parser.next().is_some() {
        alternatives.push(parser.alternatives()?);
    }
    Some(Shape::Sequence(alternatives))
}

struct Parser<'p> {
    chars: &'p [char],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.peek();
        self.at += usize::from(char.is_some());
        char
    }

    fn skip(&mut self, text: &str) -> bool {
        let found = text.chars().enumerate().all(|(offset, char)| self.chars.get(self.at + offset) == Some(&char));
        self.at += if found { text.chars().count() } else { 0 };
        found
    }

    /// Parses up to the end of the group or of the expression.
    fn alternatives(&mut self) -> Option<Shape> {
        self.depth += 1;
        if self.depth > PATTERN_DEPTH {
            return None;
        }
        let mut all = vec![self.sequence()?];
        while self.skip("|") {
            all.push(self.sequence()?);
        }
        self.depth -= 1;
        Some(if all.len() == 1 { all.swap_remove(0) } else { Shape::Alternatives(all) })
    }

    fn sequence(&mut self) -> Option<Shape> {
        let mut all = Vec::new();
        while let Some(char) = self.peek().filter(|char| !matches!(char, '|' | ')')) {
            self.at += 1;
            let atom = self.atom(char)?;
            all.push(match self.repetition() {
                Some((least, most)) => Shape::Repeated { inner: Box::new(atom), least, most },
                None => atom,
            });
        }
        Some(Shape::Sequence(all))
    }

    fn atom(&mut self, char: char) -> Option<Shape> {
        Some(match char {
            '(' => self.group()?,
            '[' => {
                self.class();
                Shape::Character
            }
            '\\' => self.escape(),
            '^' => Shape::Start,
            '$' => Shape::Assertion,
            _ => Shape::Character,
        })
    }

    fn group(&mut self) -> Option<Shape> {
        let is_look = ["?=", "?!", "?<=", "?<!"].iter().any(|kind| self.skip(kind));
        if !is_look && self.skip("?") {
            // A name ends with `>`, flags with `:`.
            let ends = if self.skip("<") { '>' } else { ':' };
            while self.next().is_some_and(|char| char != ends) {}
        }
        let inner = Box::new(self.alternatives()?);
        self.skip(")");
        Some(if is_look { Shape::Look(inner) } else { Shape::Group(inner) })
    }

    /// After `[`, up to the bracket that closes it.
    fn class(&mut self) {
        while let Some(char) = self.next() {
            match char {
                '\\' => drop(self.next()),
                ']' => return,
                _ => {}
            }
        }
    }

    fn escape(&mut self) -> Shape {
        let Some(char) = self.next() else { return Shape::Character };
        let braced = matches!(char, 'p' | 'P' | 'u') && self.skip("{");
        if braced {
            while self.next().is_some_and(|char| char != '}') {}
        }
        match char {
            'b' | 'B' => Shape::Assertion,
            '1'..='9' => Shape::Reference,
            'k' if self.skip("<") => {
                while self.next().is_some_and(|char| char != '>') {}
                Shape::Reference
            }
            // The digits are read as further characters, which cost at least as much.
            _ => Shape::Character,
        }
    }

    /// The bounds of the repetition at this position, if there is one.
    fn repetition(&mut self) -> Option<(u64, u64)> {
        let bounds = match self.peek()? {
            '*' => (0, u64::MAX),
            '+' => (1, u64::MAX),
            '?' => (0, 1),
            '{' => {
                let (bounds, length) = braces(&self.chars[self.at + 1..])?;
                self.at += length;
                bounds
            }
            _ => return None,
        };
        self.at += 1;
        self.skip("?");
        Some(bounds)
    }
}

/// The bounds after `{`, and the number of characters up to and including the closing brace; `None`
/// if this is not a repetition.
fn braces(chars: &[char]) -> Option<((u64, u64), usize)> {
    let end = chars.iter().position(|char| *char == '}')?;
    let text: String = chars[..end].iter().collect();
    let number = |digits: &str| {
        let valid = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        valid.then(|| digits.parse().unwrap_or(u64::MAX))
    };
    let bounds = match text.split_once(',') {
        None => (number(&text)?, number(&text)?),
        Some((least, "")) => (number(least)?, u64::MAX),
        Some((least, most)) => (number(least)?, number(most)?),
    };
    Some((bounds, end + 1))
}
