//! Separates the parameters that are part of a body from the others.

use crate::document::Node;

/// What a parameter becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A parameter.
    Plain,
    /// The body of the request.
    Body,
    /// A property of the body.
    Form,
}

impl Role {
    pub fn of(parameter: &Node) -> Self {
        match parameter.get("in").and_then(Node::as_str).unwrap_or_default().trim() {
            place if place.eq_ignore_ascii_case("body") => Self::Body,
            place if place.eq_ignore_ascii_case("formData") => Self::Form,
            _ => Self::Plain,
        }
    }
}
