//! Writes types as text, as `types.rs` and its siblings print them.
//!
//! Printing tokens would give the same text, but a document has tens of thousands of fields.

use crate::emit::{Absence, Scope, type_text};
use crate::ir::model::{Field, Scalar, Shape, TypeUse};

/// `Option<types::User>`
pub(super) fn ty(scope: Scope<'_>, ty: &TypeUse) -> String {
    let mut out = String::new();
    write(scope, ty, &mut out);
    out
}

/// A type without `null`.
pub(super) fn shape(scope: Scope<'_>, shape: &Shape) -> String {
    let mut out = String::new();
    write_shape(scope, shape, &mut out);
    out
}

/// The type of a field, with `Box`, `Option` or `MaybeAbsent`.
pub(super) fn field(scope: Scope<'_>, field: &Field) -> String {
    let value = shape(scope, &field.ty.shape);
    let value = if field.boxed { format!("Box<{value}>") } else { value };
    match scope.absence(field) {
        Absence::Never => value,
        Absence::Null | Absence::Absent | Absence::AbsentAny => format!("Option<{value}>"),
        Absence::AbsentOrNull => format!("MaybeAbsent<{value}>"),
    }
}

fn write(scope: Scope<'_>, ty: &TypeUse, out: &mut String) {
    if scope.is_nullable(ty) {
        out.push_str("Option<");
        write_shape(scope, &ty.shape, out);
        out.push('>');
    } else {
        write_shape(scope, &ty.shape, out);
    }
}

fn write_shape(scope: Scope<'_>, shape: &Shape, out: &mut String) {
    match shape {
        Shape::Named(id) => {
            out.push_str("types::");
            out.push_str(scope.table().get(*id).name.as_str());
        }
        Shape::Scalar(scalar) => write_scalar(scope, *scalar, out),
        Shape::List(item) => {
            out.push_str("Vec<");
            write(scope, item, out);
            out.push('>');
        }
        Shape::Map(value, key) => {
            out.push_str("BTreeMap<");
            match key {
                Some(key) => write_shape(scope, &Shape::Named(*key), out),
                None => out.push_str("String"),
            }
            out.push_str(", ");
            write(scope, value, out);
            out.push('>');
        }
        Shape::Tuple(items) => {
            out.push('(');
            for item in items {
                write(scope, item, out);
                out.push(',');
            }
            out.push(')');
        }
        Shape::Any => out.push_str("Value"),
    }
}

fn write_scalar(scope: Scope<'_>, scalar: Scalar, out: &mut String) {
    match scalar {
        Scalar::String => out.push_str("String"),
        Scalar::Bool => out.push_str("bool"),
        _ => out.push_str(&plain(&type_text(&scope.scalar(scalar)))),
    }
}

/// A printed type without the paths of crates, which all generated modules have in common.
pub(super) fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    for path in
        ["specwright_runtime::security::", "specwright_runtime::", "serde_json::", "std::collections::", "std::fmt::"]
    {
        text = text.replace(path, "");
    }
    text
}
