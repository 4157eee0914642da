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

/// Whether an expression can be compiled.
#[must_use]
pub fn is_valid(pattern: &str) -> bool {
    compile(pattern).is_ok()
}

/// Whether a text matches; true as well where the answer could take long.
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
        report(pattern, &reason, node.span, found);
    }
    let names = node.get("patternProperties").and_then(Node::as_object);
    for entry in names.into_iter().flatten() {
        if let Err(reason) = compile(&entry.key) {
            report(&entry.key, &reason, entry.key_span, found);
        }
    }
}

fn report(pattern: &str, reason: &str, span: crate::document::Span, found: &mut Finding<'_, '_>) {
    let message = format!("`{pattern}` is no regular expression: {}", reason.to_lowercase());
    found.say(
        Diagnostic::new(&codes::INVALID_PATTERN, span, message)
            .help("it is not checked; expressions are those of ECMAScript, and `\\\\` in JSON is one backslash"),
    );
}
