//! An error of one operation is none of another.

use api_runtime::server::Failure;
use generated_client::prelude_so::{operations, types};

fn answer() -> Result<operations::ListUsersSuccess, Failure<operations::ListUsersError>> {
    let error = types::AppNotFoundError::new("there is no such application");
    Err(operations::GetUserError::NotFound(error.into()).into())
}

fn main() {}
