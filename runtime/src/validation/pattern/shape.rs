//! The work that an expression can cause: an upper bound for each engine, which is never less than
//! what the engine does.

/// The properties of a part of an expression that decide its cost.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// One character of some class.
    Character,
    /// `^`.
    Start,
    /// `$`, `\b`: no character.
    Assertion,
    /// A back reference. Its length is that of its group.
    Reference,
    /// Lookahead and lookbehind. Once they have matched, no other way is tried.
    Look(Box<Shape>),
    /// A group, whose position the engine records.
    Group(Box<Shape>),
    /// One part after another.
    Sequence(Vec<Shape>),
    /// One of several parts.
    Alternatives(Vec<Shape>),
    /// `least` to `most` times.
    Repeated {
        /// The part that is repeated.
        inner: Box<Shape>,
        /// The minimum count.
        least: u64,
        /// The maximum count.
        most: u64,
    },
}

/// The work of a backtracking engine from one position in the text.
#[derive(Clone, Copy)]
struct Work {
    /// The number of ways in which the part can match. The following parts are tried after each of
    /// them.
    ways: u64,
    /// The steps until all ways have been tried.
    steps: u64,
}

impl Shape {
    /// The steps of a backtracking engine on a text of `length` bytes.
    pub(super) fn backtracking(&self, length: u64) -> u64 {
        let steps = self.work(length).steps.saturating_add(1);
        // A match may start anywhere, unless it is anchored.
        if self.starts() { steps.saturating_add(length) } else { steps.saturating_mul(length.saturating_add(1)) }
    }

    /// The states of an automaton in which repetitions are unrolled.
    #[cfg(feature = "linear")]
    pub(super) fn states(&self) -> u64 {
        match self {
            Self::Character | Self::Start | Self::Assertion | Self::Reference => 1,
            Self::Look(inner) | Self::Group(inner) => inner.states().saturating_add(2),
            Self::Sequence(all) | Self::Alternatives(all) => {
                all.iter().fold(1, |sum: u64, one| sum.saturating_add(one.states()).saturating_add(1))
            }
            Self::Repeated { inner, least, most } => {
                let copies = if *most == u64::MAX { least.saturating_add(1) } else { *most };
                inner.states().saturating_add(1).saturating_mul(copies.max(1))
            }
        }
    }

    /// Whether every match begins at the start of the text.
    fn starts(&self) -> bool {
        match self {
            Self::Start => true,
            Self::Group(inner) => inner.starts(),
            Self::Sequence(all) => all.first().is_some_and(Self::starts),
            Self::Alternatives(all) => all.iter().all(Self::starts),
            _ => false,
        }
    }

    /// Whether the part can match empty text.
    fn can_be_empty(&self) -> bool {
        match self {
            Self::Character => false,
            Self::Start | Self::Assertion | Self::Reference | Self::Look(_) => true,
            Self::Group(inner) => inner.can_be_empty(),
            Self::Sequence(all) => all.iter().all(Self::can_be_empty),
            Self::Alternatives(all) => all.iter().any(Self::can_be_empty),
            Self::Repeated { inner, least, .. } => *least == 0 || inner.can_be_empty(),
        }
    }

    fn work(&self, length: u64) -> Work {
        match self {
            Self::Character | Self::Start | Self::Assertion => Work { ways: 1, steps: 1 },
            Self::Reference => Work { ways: 1, steps: length.saturating_add(1) },
            Self::Look(inner) => Work { ways: 1, steps: inner.work(length).steps.saturating_add(2) },
            Self::Group(inner) => {
                let work = inner.work(length);
                Work { steps: work.steps.saturating_add(work.ways).saturating_add(1), ..work }
            }
            Self::Sequence(all) => all.iter().fold(Work { ways: 1, steps: 0 }, |before, one| {
                let work = one.work(length);
                Work {
                    ways: before.ways.saturating_mul(work.ways),
                    steps: before.steps.saturating_add(before.ways.saturating_mul(work.steps)),
                }
            }),
            Self::Alternatives(all) => all.iter().fold(Work { ways: 0, steps: 0 }, |before, one| {
                let work = one.work(length);
                Work {
                    ways: before.ways.saturating_add(work.ways),
                    steps: before.steps.saturating_add(work.steps).saturating_add(1),
                }
            }),
            Self::Repeated { inner, least, most } => {
                // In ECMA-262, a round beyond the minimum count is not repeated if it is empty.
                let longest = if inner.can_be_empty() { least.saturating_add(length) } else { length };
                repeated(inner.work(length), *least, (*most).min(longest.saturating_add(1)))
            }
        }
    }
}

fn repeated(round: Work, least: u64, rounds: u64) -> Work {
    let once = round.steps.saturating_add(1);
    if round.ways <= 1 {
        let ways = rounds.saturating_sub(least).saturating_add(1);
        return Work { ways, steps: once.saturating_mul(rounds.saturating_add(1)) };
    }
    // The sum of all powers is less than twice the last one.
    let power = round.ways.saturating_pow(u32::try_from(rounds).unwrap_or(u32::MAX)).saturating_mul(2);
    Work { ways: power, steps: power.saturating_mul(once) }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;

    fn steps(pattern: &str, length: u64) -> u64 {
        parse(pattern).unwrap().backtracking(length)
    }

    #[test]
    fn several_ways_multiply_wherever_they_are() {
        for pattern in [
            format!("^{}$", "(a|a)".repeat(30)),
            format!("^{}$", "(?:[0-9A-F]{2}|[0-9A-Fa-f]{2})".repeat(30)),
            format!("^{}{}$", "a?".repeat(40), "a".repeat(40)),
            "^(?:a{0,1000}){0,100}$".to_owned(),
            "^(a+)+$".to_owned(),
            "(a|a)*b".to_owned(),
            "^(?:a?){50}a{50}$".to_owned(),
            "(.*)*x".to_owned(),
            "^((ab)*c?)*$".to_owned(),
            r"^(\w+\s?)*$".to_owned(),
            "^(?=(a+)+$)b".to_owned(),
        ] {
            assert!(steps(&pattern, 41) > 1_000_000_000, "{pattern}: {}", steps(&pattern, 41));
        }
    }

    #[test]
    fn one_way_is_linear() {
        for pattern in [
            "^[a-z0-9-]{1,63}$",
            r"^(?=.*[A-Z])(?=.*\d)(?=.*[a-z]).{8,}$",
            r"^[\s\S]{1,65536}$",
            "^[^@]+@b",
            "abc",
            r"^\d{4}-\d{2}-\d{2}$",
            "^(?:ab)*$",
        ] {
            assert!(steps(pattern, 10_000) <= 14 * 10_000, "{pattern}: {}", steps(pattern, 10_000));
        }
        assert_eq!(steps("^a{2}$", 10), 9 + 10);
    }

    #[test]
    fn the_growth_is_that_of_the_expression() {
        let growth = |pattern: &str| steps(pattern, 2_000) / steps(pattern, 1_000);
        assert_eq!(growth("^a*$"), 1);
        assert!((3..=4).contains(&growth("a+b")), "{}", growth("a+b"));
        assert!((7..=8).contains(&growth(r"^\s*(.*)\s*$")), "{}", growth(r"^\s*(.*)\s*$"));
        assert!((3..=4).contains(&growth(r"^(\w+)\s\1$")), "{}", growth(r"^(\w+)\s\1$"));
    }
}
