//! Regular expressions of documents, each compiled once per process. **Invariant:** matching takes
//! bounded time, whatever the expression and the text are. An upper bound of the steps is known
//! before anything is matched ([`shape`]). The engine that needs fewer steps runs. One backtracks
//! and supports all of ECMA-262; the other is linear but cannot express every expression. If both
//! need more steps than are left for the request, there is no [`Verdict`].

mod budget;
#[cfg(feature = "linear")]
mod linear;
mod parse;
mod shape;

use std::collections::BTreeMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use regress::Regex;
use shape::Shape;

use crate::limits::{BACKTRACKING_STEPS, PATTERN_STATES, PATTERN_STEPS_PER_BYTE};

/// Steps that the backtracking engine may take even if the bound of the linear one is lower. A
/// bound is seldom reached, and the backtracking engine is faster.
#[cfg(feature = "linear")]
const FEW: u64 = 20_000;

/// All expressions that have been used so far. They come from static tables, so their number is
/// limited.
static COMPILED: LazyLock<RwLock<BTreeMap<&'static str, Option<&'static Pattern>>>> = LazyLock::new(RwLock::default);

/// Whether a text matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It matches.
    Matches,
    /// It does not match.
    Differs,
    /// This is unknown, because it could take too long to find out.
    Unknown,
}

/// A compiled expression.
#[derive(Debug)]
pub struct Pattern {
    regex: Regex,
    /// `None` if the expression nests too deep to be analysed.
    shape: Option<Shape>,
    /// The expression for the linear engine, with the number of its states.
    #[cfg(feature = "linear")]
    linear: Option<(regex_lite::Regex, u64)>,
}

/// The engines.
enum Engine<'p> {
    Backtracking(&'p Regex),
    #[cfg(feature = "linear")]
    Linear(&'p regex_lite::Regex),
}

/// Whether `pattern` matches somewhere in `text`. An expression that does not compile matches
/// everything, and is logged. So does one that could take too long, except in a request, where it
/// could keep a server busy.
pub(crate) fn verdict(pattern: &'static str, text: &str) -> Verdict {
    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern).copied();
    let expression = known.unwrap_or_else(|| {
        let mut compiled = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
        *compiled.entry(pattern).or_insert_with(|| compile(pattern))
    });
    let verdict = expression.map_or(Verdict::Matches, |expression| expression.check(text));
    if verdict == Verdict::Unknown && !budget::is_bounded() {
        tracing::warn!(
            pattern,
            length = text.len(),
            "a pattern is skipped, because matching this text could take too long"
        );
        return Verdict::Matches;
    }
    verdict
}

/// Interns a pattern that is read at run time, because compiled patterns live as long as the
/// process.
#[cfg(feature = "schemas")]
pub(crate) fn interned(pattern: &str) -> &'static str {
    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get_key_value(pattern).map(|(known, _)| *known);
    known.unwrap_or_else(|| {
        let pattern: &'static str = Box::leak(pattern.into());
        let mut compiled = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
        compiled.entry(pattern).or_insert_with(|| compile(pattern));
        pattern
    })
}

impl Pattern {
    /// Compiles with Unicode semantics, as JSON Schema requires, or without them if the expression
    /// compiles only that way.
    ///
    /// The linear engine is prepared if it needs at most `states`, because states take time and
    /// memory.
    ///
    /// # Errors
    /// If it is not an ECMA-262 expression. The error says why.
    pub fn new(pattern: &str, states: u64) -> Result<Self, String> {
        let regex =
            Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern)).map_err(|error| error.to_string())?;
        let shape = parse::parse(pattern);
        #[cfg(feature = "linear")]
        let linear = shape
            .as_ref()
            .map(Shape::states)
            .filter(|needed| *needed <= states)
            .and_then(|needed| linear::compile(pattern).map(|linear| (linear, needed)));
        #[cfg(not(feature = "linear"))]
        let _ = states;
        Ok(Self {
            regex,
            shape,
            #[cfg(feature = "linear")]
            linear,
        })
    }

    /// Whether the expression matches somewhere in `text`, if that can be decided within `most`
    /// steps. A step takes 2 to 10 ns.
    #[must_use]
    pub fn check_within(&self, text: &str, most: u64) -> Verdict {
        match self.engine(text.len() as u64, most) {
            None => Verdict::Unknown,
            Some((_, engine)) => engine.check(text),
        }
    }

    /// As [`check_within`](Self::check_within), with the steps that are left for the request.
    fn check(&self, text: &str) -> Verdict {
        let length = text.len() as u64;
        let Some((steps, engine)) = self.engine(length, budget::left_for(length)) else {
            return Verdict::Unknown;
        };
        budget::pay(steps, length);
        engine.check(text)
    }

    /// The engine for a text of `length` bytes, and the maximum number of its steps; `None` if that
    /// exceeds `most`.
    fn engine(&self, length: u64, most: u64) -> Option<(u64, Engine<'_>)> {
        let deepest = BACKTRACKING_STEPS.saturating_add(length.saturating_mul(PATTERN_STEPS_PER_BYTE));
        let backtracking = self.shape.as_ref().map(|shape| shape.backtracking(length));
        let backtracking = backtracking.filter(|steps| *steps <= most.min(deepest));
        #[cfg(feature = "linear")]
        if let Some((regex, states)) = &self.linear {
            let steps = states.saturating_mul(length.saturating_add(1));
            let is_better = backtracking.is_none_or(|other| other > FEW.max(steps));
            if is_better && steps <= most {
                return Some((steps, Engine::Linear(regex)));
            }
        }
        backtracking.map(|steps| (steps, Engine::Backtracking(&self.regex)))
    }
}

impl Engine<'_> {
    fn check(&self, text: &str) -> Verdict {
        let found = match self {
            Self::Backtracking(regex) => regex.find(text).is_some(),
            #[cfg(feature = "linear")]
            Self::Linear(regex) => regex.is_match(text),
        };
        if found { Verdict::Matches } else { Verdict::Differs }
    }
}

fn compile(pattern: &str) -> Option<&'static Pattern> {
    match Pattern::new(pattern, PATTERN_STATES) {
        Ok(pattern) => Some(Box::leak(Box::new(pattern))),
        Err(error) => {
            tracing::warn!(pattern, %error, "a pattern is skipped, because it does not compile");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, verdict};
    use crate::budget::{Bounded, Budget};
    use crate::limits::PATTERN_STEPS;

    const ALTERNATIVES: &str = "^(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)\
                                (a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)$";

    #[cfg(feature = "linear")]
    #[test]
    fn many_ways_to_match_are_left_to_the_linear_engine() {
        let thirty = "a".repeat(30);
        assert_eq!(verdict(ALTERNATIVES, &thirty), Verdict::Matches);
        assert_eq!(verdict(ALTERNATIVES, &format!("{thirty}b")), Verdict::Differs);
        let long = "a".repeat(100_000);
        assert_eq!(verdict("^(a+)+$", &long), Verdict::Matches);
        assert_eq!(verdict("^(a+)+$", &format!("{long}!")), Verdict::Differs);
        assert_eq!(verdict("a+b", &long), Verdict::Differs);
        assert_eq!(verdict("^(?:a{0,1000}){0,100}$", "aaaa!"), Verdict::Differs);
    }

    #[test]
    fn a_value_that_cannot_be_checked_in_time_is_refused() {
        let _request = Bounded::by(Budget::REQUEST);
        for text in ["a".repeat(2_000), "a".repeat(20_000)] {
            assert_eq!(verdict("^(?:a{0,1000}){0,100}$", &text), Verdict::Unknown);
            assert_eq!(verdict("^(?=(a+)+$)a", &text), Verdict::Unknown);
        }
        assert_eq!(verdict("^(?=ab)", "ba"), Verdict::Differs);
    }

    #[test]
    fn outside_of_a_request_it_passes() {
        assert_eq!(verdict("^(?=(a+)+$)b", &"a".repeat(1_000)), Verdict::Matches);
    }

    #[test]
    fn the_texts_of_a_request_share_its_steps() {
        let request = Bounded::by(Budget::of_steps(1_000_000));
        let text = "a".repeat(300);
        let verdicts: Vec<Verdict> = (0..20).map(|_| verdict(r"^(\w+)\s\1$", &text)).collect();
        assert_eq!(verdicts[0], Verdict::Differs);
        assert_eq!(verdicts[19], Verdict::Unknown);
        assert!(request.left().steps().unwrap() < 100_000, "{:?}", request.left());
    }

    #[test]
    fn ordinary_texts_are_free() {
        let request = Bounded::by(Budget::REQUEST);
        for _ in 0..100 {
            assert_eq!(verdict("^[a-z0-9-]{1,63}$", "abc-123"), Verdict::Matches);
        }
        assert_eq!(request.left().steps(), Some(PATTERN_STEPS));
    }
}
