//! Without a required query parameter, a call compiles neither with `.await` nor with `send`.

use generated_client::prelude_so::Client;

async fn list(client: &Client) {
    let _ = client.list_users("54e9ujn").identifier_value("jane@example.com").await;
}

fn send(client: &Client) {
    let _ = client.list_users("54e9ujn").send();
}

fn main() {}
