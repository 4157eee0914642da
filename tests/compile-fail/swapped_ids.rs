//! IDs of different types cannot be swapped.

use generated_client::looker::{Client, types};

fn delete(client: &Client, user: types::UserId, attribute: types::UserAttributeId) {
    let _ = client.delete_user_attribute_user_value().user_id(attribute).user_attribute_id(user);
}

fn main() {}
