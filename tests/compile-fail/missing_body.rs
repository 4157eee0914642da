//! A call cannot be made without a required body.

use generated_client::prelude_so::Client;
use tests::generated::several_media_types;

async fn create(client: &Client) {
    let _ = client.create_user("54e9ujn").await;
}

async fn add(client: &several_media_types::Client) {
    let _ = client.add_note().await;
}

fn main() {}
