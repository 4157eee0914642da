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

/// The rejection of a required field that is missing.
pub(super) fn missing(name: &str) -> Rejection {
    Rejection::invalid(vec![Violation::missing(pointer(name))])
}

/// The rejection of a field that occurs several times where one is allowed.
pub(super) fn repeated(name: &str) -> Rejection {
    Rejection::invalid(vec![Violation::repeated(pointer(name))])
}

/// The rejection of a field that the document lacks.
pub(super) fn undocumented() -> Rejection {
    Rejection::invalid(vec![Violation::new("/body/", "additionalProperties", "must be documented")])
}
