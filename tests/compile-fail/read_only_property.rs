//! Read-only properties cannot be sent.

use generated_client::{looker, rownd};

fn main() {
    let _ = rownd::types::AppUserDataRequest::new().rownd_user("user_1");
    let _ = looker::types::UserAttributeWithValueRequest::new().rank(1);
}
