//! A call cannot be made without the parameters of its path.

use generated_client::prelude_so::Client;

async fn get(client: &Client) {
    let _ = client.get_user("54e9ujn").await;
}

fn main() {}
