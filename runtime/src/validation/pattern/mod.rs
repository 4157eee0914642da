//! Regular expressions of documents: text → whether it matches, each expression compiled once per process.
//!
//! The rule kept here: validating a text takes time that grows with the text, whatever the expression is. An expression of ECMA-262 is run by
//! an engine that backtracks, which is fast as long as there is little to go back over; what could take long is run by one that never
//! goes back, and what that one can't say is not validated.

mod effort;
#[cfg(feature = "server")]
mod linear;

use std::collections::BTreeMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use effort::Effort;
use regress::Regex;

/// Steps that an engine may go back and forth: some milliseconds.
const STEPS: u64 = 1_000_000;

/// Every expression that was needed so far. They come from static tables, so there are only so many.
static COMPILED: LazyLock<RwLock<BTreeMap<&'static str, Option<&'static Pattern>>>> = LazyLock::new(RwLock::default);

/// An expression, ready to be run.
struct Pattern {
    regex: Regex,
    effort: Effort,
    /// The same expression for the engine that never goes back.
    #[cfg(feature = "server")]
    linear: Option<regex_lite::Regex>,
}

/// Whether `pattern` matches somewhere in `text`; an expression that does not compile, or could take too long, matches everything, and
/// is logged.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern).copied();
    let expression = known.unwrap_or_else(|| {
        let mut compiled = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
        *compiled.entry(pattern).or_insert_with(|| compile(pattern))
    });
    expression.is_none_or(|expression| expression.validate(pattern, text))
}

impl Pattern {
    fn validate(&self, pattern: &str, text: &str) -> bool {
        if self.effort.steps(text.len()) <= STEPS {
            return self.regex.find(text).is_some();
        }
        #[cfg(feature = "server")]
        if let Some(linear) = &self.linear {
            return linear.is_match(text);
        }
        tracing::warn!(pattern, length = text.len(), "a text is not validated by a pattern, it could take too long");
        true
    }
}

/// With Unicode semantics, as JSON Schema asks; without them for the few expressions that only compile so.
fn compile(pattern: &str) -> Option<&'static Pattern> {
    match Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern)) {
        Ok(regex) => Some(Box::leak(Box::new(Pattern {
            regex,
            effort: Effort::of(pattern),
            #[cfg(feature = "server")]
            linear: linear::compile(pattern),
        }))),
        Err(error) => {
            tracing::warn!(pattern, %error, "a pattern is not validated, it does not compile");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{STEPS, compile};

    #[test]
    fn what_explodes_is_never_left_to_the_engine_that_goes_back() {
        for pattern in ["^(a+)+$", "(a|a)*b", "^(?:a?){50}a{50}$", "(.*)*x", "^((ab)*c?)*$"] {
            let effort = &compile(pattern).unwrap().effort;
            assert!(effort.steps(30) > STEPS, "{pattern}: {}", effort.steps(30));
        }
    }

    #[test]
    fn what_grows_fast_is_left_to_it_for_short_texts_only() {
        for pattern in ["a+b", "^\\s*(.*)\\s*$", "^[a-z]*[a-z0-9]*x$"] {
            let effort = &compile(pattern).unwrap().effort;
            assert!(effort.steps(30) <= STEPS && effort.steps(2 << 20) > STEPS, "{pattern}");
        }
        assert!(compile("^[a-z0-9-]{1,63}$").unwrap().effort.steps(2 << 20) <= STEPS);
    }

    #[cfg(feature = "server")]
    #[test]
    fn a_long_text_is_validated_all_the_same() {
        let long = "a".repeat(100_000);
        assert!(super::matches("^(a+)+$", &long));
        assert!(!super::matches("^(a+)+$", &format!("{long}!")));
        assert!(!super::matches("a+b", &long));
    }

    #[test]
    fn what_no_engine_can_do_in_time_is_not_validated() {
        assert!(super::matches("^(?=(a+)+$)b", &"a".repeat(1_000)));
        assert!(!super::matches("^(?=ab)", "ba"));
    }
}
