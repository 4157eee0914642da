//! Checks at compile time that a request has its required values.

/// The type parameter of a required value that is given. Until then, it is the type with the name of
/// the value in the module `missing` of the API.
#[derive(Debug)]
pub struct Given;

/// A required value of a request that is given.
#[diagnostic::on_unimplemented(
    message = "this request lacks a required value: `{Self}`",
    label = "needs `{Self}`",
    note = "call the setter of this name before `send` or `.await`; for `Body`, a setter of one of the media types"
)]
pub trait IsGiven {}

impl IsGiven for Given {}
