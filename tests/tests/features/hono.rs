//! A document of Hono. `tests/examples/frameworks` calls the application that it describes.

use serde_json::json;
use specwright_runtime::server::{AuthError, Context, Failure};
use tests::generated::hono::security::Credentials;
use tests::generated::hono::types::{Cat, Pet};
use tests::generated::hono::{operations as o, server as s};

struct Echo;

impl s::Hono for Echo {
    type Principal = ();

    async fn authenticate(&self, _: Credentials, _: &Context) -> Result<(), AuthError> {
        Ok(())
    }

    async fn add_pet(&self, input: s::AddPetInput, _: Context) -> Result<o::AddPetSuccess, Failure<o::AddPetError>> {
        Ok(o::AddPetSuccess::Ok(input.body))
    }
}

#[tokio::test]
async fn members_are_named_after_their_tags() {
    let (client, sent) = connect!(hono, Echo);
    let pet = Pet::from(Cat::new(9));
    assert_eq!(client.add_pet(&pet).await.unwrap().into_body(), pet);
    assert!(matches!(pet, Pet::Cat(_)));
    assert_eq!(sent.requests()[0].json(), json!({"kind": "cat", "lives": 9}));
}
