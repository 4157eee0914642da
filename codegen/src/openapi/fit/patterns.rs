//! Compiles and matches the regular expressions of ECMA-262 in `pattern` and `patternProperties`.

/// Longer expressions are not compiled.
const LONGEST: usize = 8_192;

/// Groups that are nested deeper could exhaust the stack of the compiler.
const DEEPEST: usize = 100;

/// Translates an expression to the syntax of ECMAScript: `(?i)a` is `(?i:a)`, `(?P<n>a)` is
/// `(?<n>a)`.
///
/// `None` if there is nothing to translate or the result does not compile either.
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

/// Whether a text matches; `true` too if a match could take long.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let repeats = pattern.matches(['*', '+', '{']).count();
    let nested = [")*", ")+", "){", "\\1"].iter().any(|risk| pattern.contains(risk));
    if repeats > 3 || nested || text.len() > 100 {
        return true;
    }
    compile(pattern).is_ok_and(|regex| regex.find(text).is_some())
}

/// Compiles an expression.
///
/// # Errors
/// If it is not an expression of ECMAScript, or exceeds a limit.
pub fn compile(pattern: &str) -> Result<regress::Regex, String> {
    if pattern.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    let mut depth = 0_usize;
    for char in pattern.chars() {
        depth = match char {
            '(' | '[' => depth + 1,
            ')' | ']' => depth.saturating_sub(1),
            _ => depth,
        };
        if depth > DEEPEST {
            return Err(format!("its groups are nested deeper than {DEEPEST}"));
        }
    }
    // JSON Schema asks for Unicode mode; older expressions have escapes that this mode refuses.
    regress::Regex::with_flags(pattern, "u")
        .or_else(|_| regress::Regex::new(pattern))
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{is_valid, matches, translated};

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
    fn an_expression_that_could_take_long_is_not_matched() {
        assert!(matches("^(a+)+$", &"a".repeat(64)));
        assert!(!matches("^x$", "y"));
    }
}
