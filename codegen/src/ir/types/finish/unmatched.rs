//! Reports the provider's choices about types that match no schema.

use crate::diagnostics::{Diagnostic, Diagnostics, codes, nearest};
use crate::document::Span;
use crate::ir::model::TypeKind;
use crate::ir::types::made::Made;

/// Reports the choices that match nothing, after all types have been made.
pub(super) fn report(made: &Made<'_>, out: &mut Diagnostics) {
    let choices = &made.choices;
    for (key, names, wanted) in [
        ("open_enums", &choices.open_enums, "an enum"),
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
    replaced(made, out);
    members(made, out);
    for (name, renamed) in &choices.rename {
        if let Some(span) = renamed.span.filter(|_| !is_known(made, name)) {
            out.report(unmatched(made, "rename", name, span));
        }
    }
}

/// Reports the replaced schemas and formats that match nothing.
fn replaced(made: &Made<'_>, out: &mut Diagnostics) {
    for (name, span) in made.choices.replaced.unmatched() {
        if !is_known(made, name) {
            out.report(unmatched(made, "replace", name, span));
        }
    }
    // A selection of operations may have left out the schemas that have the format.
    for (format, span) in made.choices.formats.unmatched().into_iter().filter(|_| !made.choices.prune) {
        let message = format!("`{format}` in `types.replace_formats` is not the format of a generated schema");
        let help = "correct the format, or remove the entry if upstream no longer uses it";
        out.report(Diagnostic::new(&codes::UNMATCHED_TYPE, span, message).help(help));
    }
}

/// Reports names for properties and values that no schema has.
fn members(made: &Made<'_>, out: &mut Diagnostics) {
    let choices = &made.choices;
    for (key, names, wanted) in [
        ("rename_fields", &choices.rename_fields, "property"),
        ("rename_variants", &choices.rename_variants, "value of an enum"),
    ] {
        for (name, span) in names.unmatched() {
            // A selection of operations may have left out the schema.
            let schema = made.schema_names.iter().find(|schema| is_member_of(name, schema));
            if schema.is_some_and(|schema| !is_made(made, schema)) {
                continue;
            }
            let known = known_members(made);
            let help = match nearest(name, known.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name a schema and its member, such as `User.email`, or remove the entry".to_owned(),
            };
            let message = format!("`{name}` in `types.{key}` is not a {wanted} of the document");
            out.report(Diagnostic::new(&codes::UNMATCHED_TYPE, span, message).help(help));
        }
    }
}

fn is_member_of(name: &str, schema: &str) -> bool {
    name.strip_prefix(schema).is_some_and(|rest| rest.starts_with('.'))
}

/// `User.email`, `Color.red`
fn known_members(made: &Made<'_>) -> Vec<String> {
    let mut known = Vec::new();
    for definition in &made.table.definitions {
        let Some(schema) = &definition.schema_name else { continue };
        match &definition.kind {
            TypeKind::Struct(object) => {
                known.extend(object.fields.iter().map(|field| format!("{schema}.{}", field.wire)));
            }
            TypeKind::Enum(values) => known.extend(values.variants.iter().map(|one| format!("{schema}.{}", one.wire))),
            TypeKind::IntegerEnum(values) => {
                known.extend(values.variants.iter().map(|(_, value, _)| format!("{schema}.{value}")));
            }
            _ => {}
        }
    }
    known
}

fn is_known(made: &Made<'_>, name: &str) -> bool {
    made.schema_names.contains(&name)
}

/// Whether a type was made from the schema. A selection of operations may have left it out.
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
    let message = format!("`{name}` in `types.{key}` is not a schema of the document");
    Diagnostic::new(&codes::UNMATCHED_TYPE, span, message).help(help)
}
