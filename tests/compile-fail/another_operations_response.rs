//! An operation cannot return the error of another.

use generated_client::prelude_so::{operations, types};
use specwright_runtime::server::Failure;

fn response() -> Result<operations::ListUsersSuccess, Failure<operations::ListUsersError>> {
    let error = types::AppNotFoundError::new("there is no such application");
    Err(operations::GetUserError::NotFound(error.into()).into())
}

fn main() {}
