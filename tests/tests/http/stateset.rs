//! Every operation of `StateSet`, with every documented response.

use generated_client::stateset::{self, Client, Credentials, operations as o, types};
use serde_json::json;
use specwright_runtime::{Date, Secret};
use tests::Served;
use tests::responses::Covered;
use tests::script::{SECRET, Script};
use tests::scripted::Stateset;

async fn served(credentials: Credentials) -> (Served, Script, Client) {
    let script = Script::new();
    let router = axum::Router::new().nest("/v1", stateset::server::router(Stateset(script.clone())));
    let served = Served::start(router).await;
    let client = Client::builder(format!("{}/v1", served.url())).credentials(credentials).build().unwrap();
    (served, script, client)
}

fn user() -> types::User {
    types::User::new()
        .id("42")
        .active(true)
        .birthday(Date::new("1990-02-03").unwrap())
        .first_name("Jane")
        .last_seen("2026-01-02T03:04:05Z")
}

#[tokio::test]
async fn every_documented_response_is_received() {
    let (_served, script, client) = served(Credentials::Token(Secret::from(SECRET))).await;
    let mut covered = Covered::default();
    let (s, body) = (&script, user());
    let update = || client.update_user("42", &body).send();
    covered.round(s, ("updateUser", 200), update(), || Ok(o::UpdateUserSuccess::Ok(user()))).await;
    covered.round(s, ("updateUser", 404), update(), || Err(o::UpdateUserError::NotFound)).await;
    let get = || client.get_user("42").send();
    covered.round(s, ("getUser", 200), get(), || Ok(o::GetUserSuccess::Ok(user()))).await;
    covered.round(s, ("getUser", 404), get(), || Err(o::GetUserError::NotFound)).await;
    covered
        .round(s, ("listUsers", 200), client.list_users().send(), || Ok(o::ListUsersSuccess::Ok(vec![user(), user()])))
        .await;
    covered
        .round(s, ("createUser", 201), client.create_user(&body).send(), || Ok(o::CreateUserSuccess::Created(user())))
        .await;
    covered.assert_complete(stateset::DOCUMENT);
}

#[tokio::test]
async fn both_kinds_of_token_are_accepted() {
    for (credentials, seen) in
        [(Credentials::Token(Secret::from(SECRET)), "Token"), (Credentials::Bearer(Secret::from(SECRET)), "Bearer")]
    {
        let (_served, script, client) = served(credentials).await;
        script.respond_with::<_, o::GetUserError>(Ok(o::GetUserSuccess::Ok(user())));
        client.get_user("42").await.unwrap();
        assert_eq!(script.credentials(), [seen]);
    }
}

#[tokio::test]
async fn unset_properties_are_not_sent() {
    let (_served, script, client) = served(Credentials::Token(Secret::from(SECRET))).await;
    script.respond_with::<_, o::UpdateUserError>(Ok(o::UpdateUserSuccess::Ok(user())));
    let body = types::User::new().first_name("Jane");
    assert_eq!(serde_json::to_value(&body).unwrap(), json!({"firstName": "Jane"}));
    client.update_user("42", &body).await.unwrap();
    let expected = stateset::server::UpdateUserInput { id: "42".into(), body };
    assert_eq!(script.inputs(), [format!("{expected:?}")]);
}
