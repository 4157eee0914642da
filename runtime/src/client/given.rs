//! Tells at compile time whether a request has what it requires.

/// Stands for a required value of a request once it is given. Until then, the type of its name in
/// the module `missing` of the API stands for it.
#[derive(Debug)]
pub struct Given;

/// A required value of a request that is given.
#[diagnostic::on_unimplemented(
    message = "this request lacks a required value: `{Self}`",
    label = "needs `{Self}`",
    note = "call the setter of this name before `send` or `.await`; for `Body`, one of the setters of the body"
)]
pub trait IsGiven {}

impl IsGiven for Given {}
