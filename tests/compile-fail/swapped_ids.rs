//! Two IDs that are text on the wire can't be swapped once they are of their types.

use generated_client::looker::{Client, types};

fn delete(client: &Client, user: types::UserId, attribute: types::UserAttributeId) {
    let _ = client.delete_user_attribute_user_value().user_id(attribute).user_attribute_id(user);
}

fn main() {}
