//! The API of the guide: it does what the pages describe.

use serde_json::{Value, json};
use specwright_runtime::server::{Context, Failure};
use tests::generated::petstore::types::Pet;
use tests::generated::petstore::{operations as o, server as s};

use crate::raw_request;

struct Store;

impl s::Petstore for Store {
    async fn add_pet(&self, input: s::AddPetInput, _: Context) -> Result<o::AddPetSuccess, Failure<o::AddPetError>> {
        Ok(o::AddPetSuccess::Created(input.body.id(7)))
    }
}

#[tokio::test]
async fn a_pet_comes_back_with_its_id() {
    let (client, sent) = connect!(petstore, Store);
    let added = client.add_pet(&Pet::new("Rex")).await.unwrap().into_body();
    assert_eq!(added, Pet::new("Rex").id(7));
    assert_eq!(sent.requests()[0].json(), json!({"name": "Rex"}));
}

/// The first JSON block in a page.
fn json_of(page: &str) -> Value {
    let block = page.split("```json\n").nth(1).and_then(|rest| rest.split("```").next());
    serde_json::from_str(block.expect("a block of JSON")).expect("JSON")
}

#[tokio::test]
async fn a_name_that_is_too_long_gets_the_rejection_that_the_pages_show() {
    let body = json!({"name": "x".repeat(41)});
    let response = raw_request::json(s::router(Store), "POST", "/pets", &body).await;
    assert_eq!(response.status, 422);
    for page in [include_str!("../../../docs/guide/servers.md"), include_str!("../../../docs/tour.md")] {
        assert_eq!(response.json(), json_of(page));
    }
}
