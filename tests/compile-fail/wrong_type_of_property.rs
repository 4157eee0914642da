//! A property takes values of its type.

use generated_client::{prelude_so, stateset};
use prelude_so::types::{Identifier, IdentifierRequired, IdentifierType};

fn main() {
    let _ = stateset::types::User::new().first_name(7);
    let _ = Identifier::new(IdentifierRequired { r#type: IdentifierType::EmailAddress, value: 7 });
}
