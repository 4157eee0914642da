//! Regular expressions of documents, each compiled once per process. **Invariant:** matching takes
//! time proportional to the text, whatever the expression is. A backtracking engine for ECMA-262
//! runs expressions for which that is fast. Others run on a linear engine; if that cannot express
//! them, they are skipped.

mod effort;
#[cfg(feature = "server")]
mod linear;

use std::collections::BTreeMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use effort::Effort;
use regress::Regex;

/// Maximum steps of the backtracking engine: some milliseconds.
const STEPS: u64 = 1_000_000;

/// All expressions used so far. They come from static tables, so their number is limited.
static COMPILED: LazyLock<RwLock<BTreeMap<&'static str, Option<&'static Pattern>>>> = LazyLock::new(RwLock::default);

/// A compiled expression.
struct Pattern {
    regex: Regex,
    effort: Effort,
    /// The expression for the linear engine.
    #[cfg(feature = "server")]
    linear: Option<regex_lite::Regex>,
}

/// Whether `pattern` matches somewhere in `text`. An expression that does not compile or could take
/// too long matches everything, and is logged.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern).copied();
    let expression = known.unwrap_or_else(|| {
        let mut compiled = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
        *compiled.entry(pattern).or_insert_with(|| compile(pattern))
    });
    expression.is_none_or(|expression| expression.matches(pattern, text))
}

impl Pattern {
    fn matches(&self, pattern: &str, text: &str) -> bool {
        if self.effort.steps(text.len()) <= STEPS {
            return self.regex.find(text).is_some();
        }
        #[cfg(feature = "server")]
        if let Some(linear) = &self.linear {
            return linear.is_match(text);
        }
        tracing::warn!(
            pattern,
            length = text.len(),
            "a pattern is skipped, because matching this text could take too long"
        );
        true
    }
}

/// Compiles with Unicode semantics, as JSON Schema requires, or without if the expression only
/// compiles so.
fn compile(pattern: &str) -> Option<&'static Pattern> {
    match Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern)) {
        Ok(regex) => Some(Box::leak(Box::new(Pattern {
            regex,
            effort: Effort::of(pattern),
            #[cfg(feature = "server")]
            linear: linear::compile(pattern),
        }))),
        Err(error) => {
            tracing::warn!(pattern, %error, "a pattern is skipped, because it does not compile");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{STEPS, compile};

    #[test]
    fn exponential_expressions_never_run_on_the_backtracking_engine() {
        for pattern in ["^(a+)+$", "(a|a)*b", "^(?:a?){50}a{50}$", "(.*)*x", "^((ab)*c?)*$"] {
            let effort = &compile(pattern).unwrap().effort;
            assert!(effort.steps(30) > STEPS, "{pattern}: {}", effort.steps(30));
        }
    }

    #[test]
    fn polynomial_expressions_run_on_it_for_short_texts_only() {
        for pattern in ["a+b", "^\\s*(.*)\\s*$", "^[a-z]*[a-z0-9]*x$"] {
            let effort = &compile(pattern).unwrap().effort;
            assert!(effort.steps(30) <= STEPS && effort.steps(2 << 20) > STEPS, "{pattern}");
        }
        assert!(compile("^[a-z0-9-]{1,63}$").unwrap().effort.steps(2 << 20) <= STEPS);
    }

    #[cfg(feature = "server")]
    #[test]
    fn a_long_text_is_still_matched() {
        let long = "a".repeat(100_000);
        assert!(super::matches("^(a+)+$", &long));
        assert!(!super::matches("^(a+)+$", &format!("{long}!")));
        assert!(!super::matches("a+b", &long));
    }

    #[test]
    fn an_expression_that_no_engine_can_run_in_time_is_skipped() {
        assert!(super::matches("^(?=(a+)+$)b", &"a".repeat(1_000)));
        assert!(!super::matches("^(?=ab)", "ba"));
    }
}
