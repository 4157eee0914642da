//! An upper bound for the steps of a backtracking engine, from the repetitions in an expression.

use std::str::CharIndices;

/// The bound of the steps.
#[derive(Clone, Debug)]
pub(super) enum Effort {
    /// The product of these factors, each at most the length of the text.
    Product(Vec<usize>),
    /// Exponential: a repeated group can match in several ways, so the steps double with each
    /// character.
    Exponential,
}

impl Effort {
    /// The effort of a valid expression.
    pub(super) fn of(pattern: &str) -> Self {
        let mut factors = Vec::new();
        // A match may start anywhere, unless it is anchored.
        if !pattern.starts_with('^') || pattern.contains('|') {
            factors.push(usize::MAX);
        }
        let mut groups = Groups { open: vec![false], closed: None };
        let mut chars = pattern.char_indices();
        while let Some((at, char)) = chars.next() {
            let before = groups.closed.take();
            // An optional group only adds one way to match.
            if before == Some(true)
                && (matches!(char, '*' | '+') || char == '{' && starts_with_digit(&pattern[at + 1..]))
            {
                return Self::Exponential;
            }
            let Some(most) = repetition(pattern, at, char, &mut chars) else {
                groups.step(char);
                continue;
            };
            groups.vary();
            factors.push(most);
        }
        Self::Product(factors)
    }

    /// The steps for a text of `length` bytes; at least one.
    pub(super) fn steps(&self, length: usize) -> u64 {
        match self {
            Self::Product(factors) => {
                factors.iter().fold(1, |steps: u64, most| steps.saturating_mul((*most).min(length).max(1) as u64))
            }
            Self::Exponential => u64::MAX,
        }
    }
}

/// The open groups: whether the text of each can match in more than one way.
struct Groups {
    open: Vec<bool>,
    /// The group that was just closed.
    closed: Option<bool>,
}

impl Groups {
    fn step(&mut self, char: char) {
        match char {
            '(' => self.open.push(false),
            '|' => self.vary(),
            ')' => {
                self.closed = self.open.pop();
                if self.closed == Some(true) {
                    self.vary();
                }
            }
            _ => {}
        }
    }

    fn vary(&mut self) {
        if let Some(varies) = self.open.last_mut() {
            *varies = true;
        }
    }
}

/// The maximum count of a repetition at this character, if its count varies. Skips escapes and
/// classes.
fn repetition(pattern: &str, at: usize, char: char, chars: &mut CharIndices<'_>) -> Option<usize> {
    match char {
        '*' | '+' => Some(usize::MAX),
        // After `(` it marks the kind of a group, after a repetition laziness.
        '?' => (!pattern[..at].ends_with(['(', '*', '+', '?', '}'])).then_some(2),
        '{' => bounds(&pattern[at + 1..]),
        // A back reference can be as long as its group.
        '\\' => matches!(chars.next(), Some((_, '1'..='9' | 'k'))).then_some(usize::MAX),
        '[' => {
            skip_class(chars);
            None
        }
        _ => None,
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_digit())
}

/// The upper bound of `{2,5}`, given the text after the brace; `None` if the count is fixed or this
/// is not a repetition.
fn bounds(text: &str) -> Option<usize> {
    let (least, most) = text.split_once('}')?.0.split_once(',')?;
    let least: usize = least.parse().ok()?;
    if most.is_empty() {
        return Some(usize::MAX);
    }
    let most = most.parse().unwrap_or(usize::MAX);
    (most > least).then_some(most)
}

/// Skips to the end of `[…]`.
fn skip_class(chars: &mut CharIndices<'_>) {
    while let Some((_, char)) = chars.next() {
        match char {
            '\\' => drop(chars.next()),
            ']' => return,
            _ => {}
        }
    }
}
