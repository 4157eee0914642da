//! Checks at compile time that all required values of a request are set.

/// The type parameter of a required value that is set. Until it is set, the parameter is the type
/// of that value's name in the module `missing` of the API.
#[derive(Debug)]
pub struct Given;

/// A required value of a request that is set.
#[diagnostic::on_unimplemented(
    message = "this request lacks a required value: `{Self}`",
    label = "needs `{Self}`",
    note = "call the setter of this name before `send` or `.await`; for `Body`, a setter of one of the media types"
)]
pub trait IsGiven {}

impl IsGiven for Given {}
