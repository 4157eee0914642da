//! Every operation of Looker, with every documented response.

use std::collections::BTreeMap;

use generated_client::looker::{self, Client, Credentials, operations as o, types};
use serde_json::json;
use specwright_runtime::{MaybeAbsent, Secret};
use tests::Served;
use tests::responses::Covered;
use tests::script::{SECRET, Script};
use tests::scripted::Looker;

async fn served() -> (Served, Script, Client) {
    let script = Script::new();
    let router = axum::Router::new().nest("/api/4.0", looker::server::router(Looker(script.clone())));
    let served = Served::start(router).await;
    let client = Client::builder(format!("{}/api/4.0", served.url()))
        .credentials(Credentials::AccessToken(Secret::from(SECRET)))
        // 429 is one of the responses and must not be retried here.
        .retry(specwright_runtime::client::Retry::none())
        .build()
        .unwrap();
    (served, script, client)
}

fn token() -> types::AccessToken {
    types::AccessToken::new().access_token(SECRET).expires_in(3600).refresh_token(MaybeAbsent::Null)
}

fn user() -> types::User {
    types::User::new().id("1").email(MaybeAbsent::Null).group_ids(MaybeAbsent::Value(vec!["3".into()]))
}

fn users() -> Vec<types::User> {
    vec![user(), types::User::default()]
}

fn with_value() -> types::UserAttributeWithValue {
    types::UserAttributeWithValue::new()
        .can(BTreeMap::from([("show".to_owned(), true)]))
        .rank(MaybeAbsent::Null)
        .value(MaybeAbsent::Value("emea".to_owned()))
        .user_id(MaybeAbsent::Value("1".into()))
        .user_attribute_id(MaybeAbsent::Value("2".into()))
}

fn with_values() -> Vec<types::UserAttributeWithValue> {
    vec![with_value()]
}

fn attribute() -> types::UserAttribute {
    types::UserAttribute::new(types::UserAttributeRequired {
        name: "region".to_owned(),
        label: "Region".to_owned(),
        r#type: types::UserAttributeType::String,
    })
    .id("2")
}

fn attributes() -> Vec<types::UserAttribute> {
    vec![attribute()]
}

fn group() -> types::UserAttributeGroupValue {
    types::UserAttributeGroupValue::new().group_id("3").rank(MaybeAbsent::Value(1))
}

fn groups() -> Vec<types::UserAttributeGroupValue> {
    vec![group()]
}

fn error() -> types::ErrorType {
    types::ErrorType::new(types::ErrorTypeRequired { message: Some("Not found".to_owned()), documentation_url: None })
}

fn invalid() -> types::ValidationError {
    let detail = types::ValidationErrorDetail::new(None).field(MaybeAbsent::Value("name".to_owned()));
    types::ValidationError::new(types::ValidationErrorRequired { message: None, documentation_url: None })
        .errors(MaybeAbsent::Value(vec![detail]))
}

/// One line for each operation: its successes, its errors, and the call.
macro_rules! rounds {
    ($covered:ident $script:ident; $(
        $id:ident($status:literal) $success:ident::$ok:ident$(($value:expr))?, $error:ident [$($variant:ident = $code:literal),*] $($invalid:ident)?: $call:expr;
    )*) => {$(
        $covered.round($script, (stringify!($id), $status), $call, || Ok::<_, o::$error>(o::$success::$ok$(($value))?)).await;
        $($covered.round($script, (stringify!($id), $code), $call, || Err(o::$error::$variant(error()))).await;)*
        $($covered.round($script, (stringify!($id), 422), $call, || Err(o::$error::UnprocessableEntity($invalid()))).await;)?
    )*};
}

#[tokio::test]
async fn every_documented_response_is_received() {
    let (_served, script, client) = served().await;
    let mut covered = Covered::default();
    let s = &script;
    let login = types::LoginRequest::new().client_id("id").client_secret("secret");
    let user_body = types::UserRequest::new().first_name(MaybeAbsent::Value("Jane".to_owned()));
    let attribute_body = types::UserAttributeRequest::new(types::UserAttributeRequestRequired {
        name: "region".to_owned(),
        label: "Region".to_owned(),
        r#type: types::UserAttributeType::String,
    });
    let value = types::UserAttributeWithValueRequest::new().value(MaybeAbsent::Value("emea".to_owned()));
    let group_value = types::UserAttributeGroupValueRequest::new().value(MaybeAbsent::Null);
    let group_values = [group_value.clone()];
    rounds! { covered s;
        login(200) LoginSuccess::Ok(token()), LoginError [BadRequest = 400, NotFound = 404]: client.login().body(&login).send();
        logout(204) LogoutSuccess::NoContent, LogoutError [BadRequest = 400, NotFound = 404]: client.logout().send();
        me(200) MeSuccess::Ok(user()), MeError [BadRequest = 400, NotFound = 404]: client.me().fields("id,email").send();
        all_users(200) AllUsersSuccess::Ok(users()), AllUsersError [BadRequest = 400, NotFound = 404]: client.all_users().limit(10).ids(["1", "2"]).send();
        create_user(200) CreateUserSuccess::Ok(user()), CreateUserError [BadRequest = 400, NotFound = 404, Conflict = 409, TooManyRequests = 429] invalid: client.create_user(&user_body).send();
        user(200) UserSuccess::Ok(user()), UserError [BadRequest = 400, NotFound = 404]: client.user("1").send();
        update_user(200) UpdateUserSuccess::Ok(user()), UpdateUserError [BadRequest = 400, Forbidden = 403, NotFound = 404] invalid: client.update_user("1", &user_body).send();
        delete_user(204) DeleteUserSuccess::NoContent, DeleteUserError [BadRequest = 400, Forbidden = 403, NotFound = 404, TooManyRequests = 429]: client.delete_user("1").send();
        user_attribute_user_values(200) UserAttributeUserValuesSuccess::Ok(with_values()), UserAttributeUserValuesError [BadRequest = 400, NotFound = 404, TooManyRequests = 429]: client.user_attribute_user_values("1").user_attribute_ids(["2", "3"]).all_values(true).send();
        set_user_attribute_user_value(200) SetUserAttributeUserValueSuccess::Ok(with_value()), SetUserAttributeUserValueError [BadRequest = 400, Forbidden = 403, NotFound = 404, TooManyRequests = 429] invalid: client.set_user_attribute_user_value("1", "2", &value).send();
        delete_user_attribute_user_value(204) DeleteUserAttributeUserValueSuccess::NoContent, DeleteUserAttributeUserValueError [BadRequest = 400, Forbidden = 403, NotFound = 404, TooManyRequests = 429]: client.delete_user_attribute_user_value("1", "2").send();
        all_user_attributes(200) AllUserAttributesSuccess::Ok(attributes()), AllUserAttributesError [BadRequest = 400, NotFound = 404, TooManyRequests = 429]: client.all_user_attributes().send();
        create_user_attribute(200) CreateUserAttributeSuccess::Ok(attribute()), CreateUserAttributeError [BadRequest = 400, Forbidden = 403, NotFound = 404, Conflict = 409, TooManyRequests = 429] invalid: client.create_user_attribute(&attribute_body).send();
        user_attribute(200) UserAttributeSuccess::Ok(attribute()), UserAttributeError [BadRequest = 400, NotFound = 404, TooManyRequests = 429]: client.user_attribute("2").send();
        update_user_attribute(200) UpdateUserAttributeSuccess::Ok(attribute()), UpdateUserAttributeError [BadRequest = 400, Forbidden = 403, NotFound = 404, Conflict = 409, TooManyRequests = 429] invalid: client.update_user_attribute("2", &attribute_body).send();
        delete_user_attribute(204) DeleteUserAttributeSuccess::NoContent, DeleteUserAttributeError [BadRequest = 400, Forbidden = 403, NotFound = 404, TooManyRequests = 429] invalid: client.delete_user_attribute("2").send();
        all_user_attribute_group_values(200) AllUserAttributeGroupValuesSuccess::Ok(groups()), AllUserAttributeGroupValuesError [BadRequest = 400, NotFound = 404, TooManyRequests = 429]: client.all_user_attribute_group_values("2").send();
        set_user_attribute_group_values(200) SetUserAttributeGroupValuesSuccess::Ok(groups()), SetUserAttributeGroupValuesError [BadRequest = 400, Forbidden = 403, NotFound = 404, TooManyRequests = 429] invalid: client.set_user_attribute_group_values("2", &group_values).send();
        update_user_attribute_group_value(200) UpdateUserAttributeGroupValueSuccess::Ok(group()), UpdateUserAttributeGroupValueError [BadRequest = 400, Forbidden = 403, NotFound = 404, TooManyRequests = 429] invalid: client.update_user_attribute_group_value("3", "2", &group_value).send();
        delete_user_attribute_group_value(204) DeleteUserAttributeGroupValueSuccess::NoContent, DeleteUserAttributeGroupValueError [BadRequest = 400, Forbidden = 403, NotFound = 404, TooManyRequests = 429]: client.delete_user_attribute_group_value("3", "2").send();
    }
    covered.assert_complete(looker::DOCUMENT);
}

#[tokio::test]
async fn a_hidden_value_is_null_and_an_unset_one_is_not_sent() {
    let read = |text| serde_json::from_str::<types::UserAttributeWithValue>(text).unwrap();
    assert_eq!(read(r#"{"value":null,"value_is_hidden":true}"#).value, MaybeAbsent::Null);
    assert_eq!(read("{}").value, MaybeAbsent::Absent);
    let body = |value| serde_json::to_value(types::UserAttributeWithValueRequest::new().value(value)).unwrap();
    assert_eq!(body(MaybeAbsent::Absent), json!({}));
    assert_eq!(body(MaybeAbsent::Null), json!({"value": null}));
    assert_eq!(body(MaybeAbsent::Value("x".to_owned())), json!({"value": "x"}));
    let user = types::UserRequest::new().last_name(MaybeAbsent::Null);
    assert_eq!(serde_json::to_value(user).unwrap(), json!({"last_name": null}));
}

#[tokio::test]
async fn the_host_of_an_instance_makes_the_base_url() {
    let url = looker::client::servers::instance("acme.cloud.looker.com:19999");
    assert_eq!(url, "https://acme.cloud.looker.com:19999/api/4.0");
    assert!(Client::builder(url).build().is_ok());
}

#[tokio::test]
async fn ids_are_read_from_numbers_by_both_sides_and_from_text_unchanged() {
    let (served, script, client) = served().await;
    let http = reqwest::Client::new();
    let url = format!("{}/api/4.0", served.url());
    let body = json!([{ "group_id": 3, "user_attribute_id": "2", "value": "x" }]);
    http.post(format!("{url}/user_attributes/1.0/group_values")).bearer_auth(SECRET).json(&body).send().await.unwrap();
    http.get(format!("{url}/users?ids=007,1e2")).bearer_auth(SECRET).send().await.unwrap();
    let value = types::UserAttributeGroupValueRequest::new()
        .group_id("3")
        .user_attribute_id("2")
        .value(MaybeAbsent::Value("x".to_owned()));
    let written =
        looker::server::SetUserAttributeGroupValuesInput { user_attribute_id: "1.0".into(), body: vec![value] };
    let ids = Some(vec!["007".into(), "1e2".into()]);
    let listed = looker::server::AllUsersInput { fields: None, limit: None, offset: None, sorts: None, ids };
    assert_eq!(script.inputs(), [format!("{written:?}"), format!("{listed:?}")]);

    let response = r#"{"id": 12, "group_ids": [3]}"#;
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{response}",
        response.len()
    );
    let old = tests::Listener::start(head).await;
    let old = Client::builder(old.url()).credentials(Credentials::AccessToken(Secret::from("t"))).build().unwrap();
    let user = old.me().await.unwrap().into_body();
    assert_eq!(user.id.unwrap().as_str(), "12");
    drop(client);
}
