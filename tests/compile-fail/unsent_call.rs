//! A call that is put together and not sent is a warning, here an error.

#![deny(unused_must_use)]

use generated_client::prelude_so::Client;

fn get(client: &Client) {
    client.get_user().app_id("a").user_id("u");
}

fn main() {}
