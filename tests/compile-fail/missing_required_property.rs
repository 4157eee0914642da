//! Required properties cannot be left out, however many there are.

use generated_client::prelude_so::types;

fn main() {
    let _ = types::CreateUserRequest::new();
    let _ = types::CreateUserRequest::default();
    let _ = types::Identifier::new(types::IdentifierRequired { value: "jane@example.com".to_owned() });
}
