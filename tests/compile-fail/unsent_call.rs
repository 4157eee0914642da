//! A call that is built but not sent is a warning, here denied.

#![deny(unused_must_use)]

use generated_client::prelude_so::Client;

fn get(client: &Client) {
    client.get_user("a", "u");
}

fn main() {}
