//! How many steps an engine that backtracks may need: from the repetitions in an expression, too many rather than too few.

use std::str::CharIndices;

/// What bounds the steps.
#[derive(Clone, Debug)]
pub(super) enum Effort {
    /// The product of these, of which none is more than the length of the text.
    Product(Vec<usize>),
    /// A repetition of what can be taken in several ways: the steps double with each character.
    Exponential,
}

impl Effort {
    /// Of an expression that compiles.
    pub(super) fn of(pattern: &str) -> Self {
        let mut factors = Vec::new();
        // A match may start anywhere, unless it starts at the start.
        if !pattern.starts_with('^') || pattern.contains('|') {
            factors.push(usize::MAX);
        }
        let mut groups = Groups { open: vec![false], closed: None };
        let mut chars = pattern.char_indices();
        while let Some((at, char)) = chars.next() {
            let before = groups.closed.take();
            // A group that is taken or left only adds one way to those that it has.
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

    /// For a text of so many bytes; at least one step.
    pub(super) fn steps(&self, length: usize) -> u64 {
        match self {
            Self::Product(factors) => {
                factors.iter().fold(1, |steps: u64, most| steps.saturating_mul((*most).min(length).max(1) as u64))
            }
            Self::Exponential => u64::MAX,
        }
    }
}

/// The groups around a place in an expression: whether the text of each can be taken in more ways than one.
struct Groups {
    open: Vec<bool>,
    /// The group that ends right before.
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

/// How often something may be taken at most, where a character says that it may be taken more often than another time; goes past escapes
/// and classes.
fn repetition(pattern: &str, at: usize, char: char, chars: &mut CharIndices<'_>) -> Option<usize> {
    match char {
        '*' | '+' => Some(usize::MAX),
        // After `(` it says what kind of group it is, after a repetition that it is lazy.
        '?' => (!pattern[..at].ends_with(['(', '*', '+', '?', '}'])).then_some(2),
        '{' => bounds(&pattern[at + 1..]),
        // A reference to a group can be as long as the group.
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

/// The bound of `{2,5}`, of which the text starts after the brace; `None` if it repeats a fixed number of times, or is no repetition.
fn bounds(text: &str) -> Option<usize> {
    let (least, most) = text.split_once('}')?.0.split_once(',')?;
    let least: usize = least.parse().ok()?;
    if most.is_empty() {
        return Some(usize::MAX);
    }
    let most = most.parse().unwrap_or(usize::MAX);
    (most > least).then_some(most)
}

/// Goes past the end of `[…]`.
fn skip_class(chars: &mut CharIndices<'_>) {
    while let Some((_, char)) = chars.next() {
        match char {
            '\\' => drop(chars.next()),
            ']' => return,
            _ => {}
        }
    }
}
