//! Required properties cannot be left out.

use generated_client::prelude_so::types;

fn main() {
    let _ = types::CreateUserRequest { profile: None, id: None };
    let _ = types::CreateUserRequest::default();
}
