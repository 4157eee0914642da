//! The fields of multipart forms: which parts belong to them, and their faults.

use super::Rejection;
use crate::descriptor::{MultipartField, Style};
use crate::validation::Violation;
use crate::validation::validator::push_key;

/// Whether a part with this name belongs to a field: it has the field's name, or one below it in the
/// style `deepObject`.
pub(super) fn belongs(part: &str, field: &MultipartField) -> bool {
    let below = |style| style == Style::DeepObject && part.starts_with(field.name);
    let rest = |name: &str| part.get(name.len()..).is_some_and(|rest| rest.starts_with('['));
    part == field.name || field.style.is_some_and(|(style, _)| below(style) && rest(field.name))
}

/// The pointer to a field.
pub(super) fn pointer(name: &str) -> String {
    let mut pointer = "/body".to_owned();
    push_key(&mut pointer, name);
    pointer
}

/// A field that is missing, repeated, or not documented.
pub(super) fn invalid_field(name: &str, detail: &str) -> Rejection {
    let kind = match detail {
        "must be given" => "required",
        "must be documented" => "additionalProperties",
        _ => "repeated",
    };
    Rejection::invalid(vec![Violation::new(pointer(name), kind, detail)])
}
