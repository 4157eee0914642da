//! Requests lack read-only properties; responses lack write-only properties.

use serde_json::json;
use specwright_runtime::Secret;
use specwright_runtime::client::Error;
use specwright_runtime::server::{Context, Failure};
use tests::generated::read_only_write_only::types::{
    Account, AccountRequest, AccountRequestRequired, AccountRequired, Conflict,
};
use tests::generated::read_only_write_only::{operations as o, server as s};

use crate::raw_request;

struct Bank;

impl s::ReadOnlyWriteOnly for Bank {
    async fn open_account(
        &self,
        input: s::OpenAccountInput,
        _: Context,
    ) -> Result<o::OpenAccountSuccess, Failure<o::OpenAccountError>> {
        if input.body.password.matches("taken") {
            return Err(o::OpenAccountError::Conflict(Conflict::new("a1")).into());
        }
        Ok(o::OpenAccountSuccess::Created(Account::new(AccountRequired { id: "a2".to_owned(), name: input.body.name })))
    }
}

#[tokio::test]
async fn a_request_has_no_id_and_a_response_no_password() {
    let (client, sent) = connect!(read_only_write_only, Bank);
    let body =
        AccountRequest::new(AccountRequestRequired { name: "Jane".to_owned(), password: Secret::from("open-sesame") });
    let response = client.open_account(&body).await.unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.into_body(), Account::new(AccountRequired { id: "a2".to_owned(), name: "Jane".to_owned() }));
    assert_eq!(sent.requests()[0].json(), json!({"name": "Jane", "password": "open-sesame"}));
    assert!(!format!("{body:?}").contains("open-sesame"), "{body:?}");
}

#[tokio::test]
async fn a_schema_of_one_direction_is_one_type() {
    let (client, _) = connect!(read_only_write_only, Bank);
    let body = AccountRequest::new(AccountRequestRequired { name: "Jane".to_owned(), password: Secret::from("taken") });
    let error = client.open_account(&body).await.unwrap_err();
    let Error::Api(response) = error else { panic!("{error}") };
    let o::OpenAccountError::Conflict(conflict) = response.into_inner() else { panic!("another error") };
    assert_eq!(conflict, Conflict::new("a1"));
}

#[tokio::test]
async fn a_read_only_property_in_a_request_is_ignored() {
    let body = json!({"id": "mine", "name": "Jane", "password": "p"});
    let response = raw_request::json(s::router(Bank), "POST", "/accounts", &body).await;
    assert_eq!((response.status, response.json()), (201, json!({"id": "a2", "name": "Jane"})));
    let response = raw_request::json(s::router(Bank), "POST", "/accounts", &json!({"name": "Jane"})).await;
    assert_eq!(response.status, 422);
}
