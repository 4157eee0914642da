//! Regular expressions of documents: text → whether it matches, each expression compiled once per process.

use std::collections::BTreeMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use regress::Regex;

/// Every expression that was needed so far. They come from static tables, so there are only so many.
static COMPILED: LazyLock<RwLock<BTreeMap<&'static str, Option<&'static Regex>>>> = LazyLock::new(RwLock::default);

/// Whether `pattern` matches somewhere in `text`; an expression that does not compile matches everything, and is logged.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern).copied();
    let expression = known.unwrap_or_else(|| {
        let mut compiled = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
        *compiled.entry(pattern).or_insert_with(|| compile(pattern))
    });
    expression.is_none_or(|expression| expression.find(text).is_some())
}

/// With Unicode semantics, as JSON Schema asks; without them for the few expressions that only compile so.
fn compile(pattern: &str) -> Option<&'static Regex> {
    match Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern)) {
        Ok(expression) => Some(Box::leak(Box::new(expression))),
        Err(error) => {
            tracing::warn!(pattern, %error, "a pattern is not judged, it does not compile");
            None
        }
    }
}
