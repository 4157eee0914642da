//! Tag values: their sources, and that they are always sent.

use serde_json::{Value, json};
use specwright_runtime::server::{Context, Failure};
use tests::generated::tag_values::types::{Connection, Dog, First, Group, Limit, MembersItem, Pet, User, Version, Web};
use tests::generated::tag_values::{operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::TagValues for Echo {
    async fn connect(&self, input: s::ConnectInput, _: Context) -> Result<o::ConnectSuccess, Failure<o::ConnectError>> {
        Ok(o::ConnectSuccess::Ok(input.body))
    }

    async fn keep_version(
        &self,
        input: s::KeepVersionInput,
        _: Context,
    ) -> Result<o::KeepVersionSuccess, Failure<o::KeepVersionError>> {
        Ok(o::KeepVersionSuccess::Ok(input.body))
    }

    async fn keep_members(
        &self,
        input: s::KeepMembersInput,
        _: Context,
    ) -> Result<o::KeepMembersSuccess, Failure<o::KeepMembersError>> {
        Ok(o::KeepMembersSuccess::Ok(input.body))
    }

    async fn keep_pet(
        &self,
        input: s::KeepPetInput,
        _: Context,
    ) -> Result<o::KeepPetSuccess, Failure<o::KeepPetError>> {
        Ok(o::KeepPetSuccess::Ok(input.body))
    }

    async fn keep_limit(
        &self,
        input: s::KeepLimitInput,
        _: Context,
    ) -> Result<o::KeepLimitSuccess, Failure<o::KeepLimitError>> {
        Ok(o::KeepLimitSuccess::Ok(input.body))
    }
}

/// The status and body of the response to a value.
async fn echo(path: &str, value: Value) -> (u16, Value) {
    let response = raw_request::json(s::router(Echo), "POST", path, &value).await;
    (response.status, response.json())
}

#[tokio::test]
async fn a_boolean_and_a_number_select_a_member() {
    let (client, sent) = connect!(tag_values, Echo);
    let response = client.connect(&Web::new().port(443).into()).await.unwrap();
    assert_eq!(sent.requests()[0].json(), json!({"web": true, "port": 443}));
    assert!(matches!(response.into_body(), Connection::Web(_)));
    let response = client.keep_version(&First::new().text("a").into()).await.unwrap();
    assert_eq!(sent.requests()[1].json(), json!({"version": 1, "text": "a"}));
    assert!(matches!(response.into_body(), Version::First(_)));
    for value in [json!({"web": false, "key": "k"}), json!({"web": true})] {
        assert_eq!(echo("/connections", value.clone()).await, (200, value));
    }
    assert_eq!(echo("/versions", json!({"version": 2})).await, (200, json!({"version": 2})));
    for wrong in [json!({"version": 3}), json!({"version": "1"})] {
        assert_eq!(echo("/versions", wrong).await.0, 422);
    }
}

#[tokio::test]
async fn members_inherit_the_discriminator() {
    let (client, sent) = connect!(tag_values, Echo);
    let members = vec![User::new().mail("a@b.c").into(), Group::new().into()];
    let response = client.keep_members(&members).await.unwrap();
    assert_eq!(sent.requests()[0].json(), json!([{"kind": "u", "mail": "a@b.c"}, {"kind": "g"}]));
    assert!(matches!(response.into_body().as_slice(), [MembersItem::User(_), MembersItem::Group(_)]));
}

#[tokio::test]
async fn an_optional_tag_is_always_sent() {
    let (client, sent) = connect!(tag_values, Echo);
    let mut dog = Dog::new(1.5);
    dog.pet_type = None;
    let response = client.keep_pet(&Pet::from(dog)).await.unwrap();
    assert_eq!(sent.requests()[0].json(), json!({"pet_type": "dog", "bark": 1.5}));
    assert!(matches!(response.into_body(), Pet::Dog(_)));
    let tagged = json!({"pet_type": "dog", "bark": 1.0});
    assert_eq!(echo("/pets", json!({"bark": 1.0})).await, (200, tagged));
    assert_eq!(echo("/pets", json!({"pet_type": "cat", "bark": 1.0})).await.0, 422);
}

#[tokio::test]
async fn an_inherited_list_of_values_selects_no_member() {
    let daily = json!({"type": "daily_limit", "seconds": 1});
    let weekly = json!({"type": "weekly_limit", "seconds": 1, "day": 2});
    assert!(matches!(serde_json::from_value(daily.clone()), Ok(Limit::Other(_))));
    assert!(matches!(serde_json::from_value(weekly.clone()), Ok(Limit::Weekly(_))));
    for value in [daily, weekly] {
        assert_eq!(echo("/limits", value.clone()).await, (200, value));
    }
}
