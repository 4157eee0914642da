//! Read-only properties cannot be sent.

use generated_client::{looker, rownd};

fn main() {
    let _ = rownd::types::AppUserDataRequest { rownd_user: None, ..Default::default() };
    let _ = looker::types::UserAttributeWithValueRequest { rank: Default::default(), ..Default::default() };
}
