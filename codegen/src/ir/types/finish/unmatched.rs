//! Reports the provider's choices about types that match no schema.

use crate::diagnostics::{Diagnostic, Diagnostics, codes, nearest};
use crate::document::Span;
use crate::ir::types::made::Made;

/// Reports the choices that match nothing, once all types are made.
pub(super) fn report(made: &Made<'_>, out: &mut Diagnostics) {
    let choices = &made.choices;
    for (key, names, wanted) in [
        ("strict_enums", &choices.strict_enums, "an enum"),
        ("read_numbers", &choices.read_numbers, "a text without a format"),
    ] {
        for (name, span) in names.unmatched() {
            if !is_known(made, name) {
                out.report(unmatched(made, key, name, span));
            } else if is_made(made, name) {
                let message = format!("the schema `{name}` in `types.{key}` is not {wanted}");
                out.report(
                    Diagnostic::new(&codes::UNMATCHED_TYPE, span, message)
                        .help("name the schema that holds the values, or remove the name"),
                );
            }
        }
    }
    for (name, renamed) in &choices.rename {
        if let Some(span) = renamed.span.filter(|_| !is_known(made, name)) {
            out.report(unmatched(made, "rename", name, span));
        }
    }
}

fn is_known(made: &Made<'_>, name: &str) -> bool {
    made.schema_names.contains(&name)
}

/// Whether a type was made of the schema: a selection of operations may have left it out.
fn is_made(made: &Made<'_>, name: &str) -> bool {
    made.table.definitions.iter().any(|definition| definition.schema_name.as_deref() == Some(name))
}

fn unmatched(made: &Made<'_>, key: &str, name: &str, span: Span) -> Diagnostic {
    let known = made.schema_names.iter().copied();
    let help = match nearest(name, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            "name a key of `components.schemas`, or remove the entry if upstream no longer has the schema".to_owned()
        }
    };
    let message = format!("`{name}` in `types.{key}` names no schema of the document");
    Diagnostic::new(&codes::UNMATCHED_TYPE, span, message).help(help)
}
