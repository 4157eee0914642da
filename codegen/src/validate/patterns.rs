//! Regular expressions: `pattern` and the names in `patternProperties` are ECMA-262 expressions that can be compiled.

use super::Finding;
use super::grammar::Kind;
use super::place::Place;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::Node;

/// Longer expressions are not compiled.
const LONGEST: usize = 8_192;

/// Groups nested deeper could exhaust the stack of the compiler.
const DEEPEST: usize = 100;

/// The expression in the syntax of ECMAScript, where another one's is recognised: `(?i)a` is `(?i:a)`, `(?P<n>a)` is `(?<n>a)`.
///
/// `None` when there is nothing to translate or the result is no expression either.
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

/// Whether a text matches; true as well where the response could take long.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let repeats = pattern.matches(['*', '+', '{']).count();
    let nested = [")*", ")+", "){", "\\1"].iter().any(|risk| pattern.contains(risk));
    if repeats > 3 || nested || text.len() > 100 {
        return true;
    }
    compile(pattern).is_ok_and(|regex| regex.find(text).is_some())
}

fn compile(pattern: &str) -> Result<regress::Regex, String> {
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
    // As JSON Schema asks: with Unicode, and without where older expressions escape what Unicode mode does not let them escape.
    regress::Regex::with_flags(pattern, "u")
        .or_else(|_| regress::Regex::new(pattern))
        .map_err(|error| error.to_string())
}

pub(super) fn check(kind: Kind, node: &Node, _: &Place<'_>, found: &mut Finding<'_, '_>) {
    if kind != Kind::Schema {
        return;
    }
    if let Some(node) = node.get("pattern")
        && let Some(pattern) = node.as_str()
        && let Err(reason) = compile(pattern)
    {
        report(pattern, &reason, translated(pattern), node.span, "pattern", found);
    }
    let names = node.get("patternProperties").and_then(Node::as_object);
    for entry in names.into_iter().flatten() {
        if let Err(reason) = compile(&entry.key) {
            report(&entry.key, &reason, None, entry.key_span, "patternProperties", found);
        }
    }
}

fn report(
    pattern: &str,
    reason: &str,
    meant: Option<String>,
    span: crate::document::Span,
    keyword: &str,
    found: &mut Finding<'_, '_>,
) {
    let message = format!("`{pattern}` is no regular expression of ECMAScript: {}", reason.to_lowercase());
    let diagnostic = Diagnostic::new(&codes::INVALID_PATTERN, span, message);
    let schema = found.place.pointer();
    found.report(match meant {
        Some(meant) => {
            let diagnostic = diagnostic.note().help(format!("it is read as `{meant}`"));
            let repair = format!("pattern: {}", serde_json::Value::from(meant));
            diagnostic.overlay(super::overlay::update(&schema, &repair))
        }
        None if keyword == "pattern" => diagnostic
            .help("it is not checked; note that `\\\\` in JSON is one backslash")
            .overlay(super::overlay::remove(&found.place.key(keyword).pointer())),
        None => diagnostic.help("it is not checked; note that `\\\\` in JSON is one backslash"),
    });
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
    fn an_expression_that_could_take_long_is_not_tried() {
        assert!(matches("^(a+)+$", &"a".repeat(64)));
        assert!(!matches("^x$", "y"));
    }
}
