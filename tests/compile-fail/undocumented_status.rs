//! A server cannot return an undocumented response.

use generated_client::{prelude_so, rownd};

fn conflict() -> prelude_so::operations::PatchUserProfileError {
    prelude_so::operations::PatchUserProfileError::Conflict
}

fn any_error() -> rownd::operations::ApplicationUserDataGetError {
    rownd::operations::ApplicationUserDataGetError::NotFound
}

fn main() {}
