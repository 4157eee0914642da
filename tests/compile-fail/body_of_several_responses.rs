//! A response that may have no body, or another one, has to be matched on.

use generated_client::prelude_so::Client;

async fn delete(client: &Client) {
    let _ = client.delete_user("54e9ujn", "usr_1").await.unwrap().into_body();
}

fn main() {}
