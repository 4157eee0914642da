//! IDs of different types cannot be swapped.

use generated_client::looker::{Client, types};

fn delete(client: &Client, user: types::UserId, attribute: types::UserAttributeId) {
    let _ = client.delete_user_attribute_user_value(attribute, user);
}

fn main() {}
