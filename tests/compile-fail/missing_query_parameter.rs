//! A call cannot be sent without a required parameter of its query, in either way.

use generated_client::prelude_so::Client;

async fn list(client: &Client) {
    let _ = client.list_users("54e9ujn").identifier_value("jane@example.com").await;
}

fn send(client: &Client) {
    let _ = client.list_users("54e9ujn").send();
}

fn main() {}
