//! Compiles and matches the ECMA-262 regular expressions in `pattern` and `patternProperties`.

use specwright_runtime::validation::{Pattern, Verdict};

use crate::limits::{MATCHED_PATTERN_BYTES, PATTERN_BYTES, PATTERN_DEPTH, PATTERN_STATES, PATTERN_STEPS};

/// Translates an expression to the syntax of ECMAScript: `(?i)a` becomes `(?i:a)`, and `(?P<n>a)`
/// becomes `(?<n>a)`.
///
/// Returns `None` if there is nothing to translate or the result does not compile either.
#[must_use]
pub fn translated(pattern: &str) -> Option<String> {
    if is_valid(pattern) {
        return None;
    }
    let flagged = match pattern.strip_prefix("(?i)") {
        Some(rest) => format!("(?i:{rest})"),
        None => pattern.to_owned(),
    };
    let meant = flagged.replace("(?P<", "(?<").replace("\\A", "^").replace("\\Z", "$").replace("\\z", "$");
    is_valid(&meant).then_some(meant)
}

/// Whether an expression can be compiled.
#[must_use]
pub fn is_valid(pattern: &str) -> bool {
    compile(pattern).is_ok()
}

/// Whether a text matches. [`Verdict::Unknown`] if finding out could take long: a document can have
/// a text for each hundred of its bytes, so each may take a tenth of a millisecond.
#[must_use]
pub fn check(pattern: &str, text: &str) -> Verdict {
    if pattern.len() > MATCHED_PATTERN_BYTES || check_size(pattern).is_err() {
        return Verdict::Unknown;
    }
    match Pattern::new(pattern, PATTERN_STATES) {
        Ok(compiled) => compiled.check_within(text, PATTERN_STEPS),
        Err(_) => Verdict::Differs,
    }
}

/// Compiles an expression.
///
/// # Errors
/// If it is not an ECMAScript expression, or exceeds a limit.
pub fn compile(pattern: &str) -> Result<regress::Regex, String> {
    check_size(pattern)?;
    // As JSON Schema asks: with Unicode, or without it if the expression has escapes that Unicode
    // mode forbids.
    regress::Regex::with_flags(pattern, "u")
        .or_else(|_| regress::Regex::new(pattern))
        .map_err(|error| error.to_string())
}

fn check_size(pattern: &str) -> Result<(), String> {
    if pattern.len() > PATTERN_BYTES {
        return Err(format!("it is longer than {PATTERN_BYTES} bytes"));
    }
    let mut depth = 0_usize;
    for char in pattern.chars() {
        depth = match char {
            '(' | '[' => depth + 1,
            ')' | ']' => depth.saturating_sub(1),
            _ => depth,
        };
        if depth > PATTERN_DEPTH {
            return Err(format!("its groups are nested deeper than {PATTERN_DEPTH}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use specwright_runtime::validation::Verdict;

    use super::{check, is_valid, translated};

    #[test]
    fn expressions_of_other_dialects_are_translated() {
        assert_eq!(translated("(?i)^a$").as_deref(), Some("(?i:^a$)"));
        assert_eq!(translated("(?P<n>a)").as_deref(), Some("(?<n>a)"));
        assert_eq!(translated("^a$"), None);
        assert_eq!(translated("["), None);
    }

    #[test]
    fn expressions_that_could_exhaust_the_compiler_are_refused() {
        assert!(!is_valid(&"(".repeat(100_000)));
        assert!(!is_valid(&"a".repeat(100_000)));
    }

    #[test]
    fn an_expression_that_could_take_long_is_not_tried() {
        assert_eq!(check("^(?=(a+)+$)a", &"a".repeat(64)), Verdict::Unknown);
        assert_eq!(check(r"^(\w+)\s\1$", &"a".repeat(1_000)), Verdict::Unknown);
        assert_eq!(check("^x$", "y"), Verdict::Differs);
        assert_eq!(check("^(a+)+$", &"a".repeat(64)), Verdict::Matches);
        assert_eq!(check(&format!("^{}$", "(?:a|a)".repeat(40)), &"a".repeat(39)), Verdict::Differs);
    }
}
