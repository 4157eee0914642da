//! Diagnostics for machines.

use serde_json::{Value, json};

use super::{Diagnostic, Effect};
use crate::source::Sources;

/// `{code, severity, effect, pointer, file, line, column, message, help}`, with `labels` and
/// `overlay` if there are any; `effect` and `help` may be null.
#[must_use]
pub fn to_json(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let (line, column) = sources.line_column(diagnostic.span);
    let mut value = json!({
        "code": diagnostic.code.id,
        "severity": diagnostic.severity.as_str(),
        "effect": diagnostic.effect.map(Effect::as_str),
        "pointer": diagnostic.pointer,
        "file": sources.path(diagnostic.span),
        "line": line,
        "column": column,
        "message": diagnostic.message,
        "help": diagnostic.help,
    });
    let labels = diagnostic.labels.iter().map(|(span, text)| {
        let (line, column) = sources.line_column(*span);
        json!({ "file": sources.path(*span), "line": line, "column": column, "message": text })
    });
    if let Value::Object(map) = &mut value {
        if !diagnostic.labels.is_empty() {
            map.insert("labels".to_owned(), labels.collect());
        }
        if let Some(overlay) = &diagnostic.overlay {
            map.insert("overlay".to_owned(), overlay.as_str().into());
        }
    }
    value
}
