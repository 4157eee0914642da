//! Requests lack read-only properties; responses lack write-only properties.

use serde_json::json;
use specwright_runtime::Secret;
use specwright_runtime::client::Error;
use specwright_runtime::server::{Context, Failure};
use tests::generated::read_only_write_only::types::{
    Account, AccountRequest, AccountRequestRequired, AccountRequired, Closed, ClosedRequired, Conflict, Labels,
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

    async fn close(&self, input: s::CloseInput, _: Context) -> Result<o::CloseSuccess, Failure<o::CloseError>> {
        let choice = serde_json::to_value(&input.body.choice).map_err(Failure::internal)?;
        let choice = serde_json::from_value(choice).map_err(Failure::internal)?;
        Ok(o::CloseSuccess::Ok(Closed::new(ClosedRequired { id: 2, choice })))
    }

    async fn label(&self, input: s::LabelInput, _: Context) -> Result<o::LabelSuccess, Failure<o::LabelError>> {
        let labels = Labels::new("a2").additional_properties(input.body.additional_properties);
        Ok(o::LabelSuccess::Ok(labels))
    }

    async fn fill_in(&self, input: s::FillInInput, _: Context) -> Result<o::FillInSuccess, Failure<o::FillInError>> {
        let labels = match input.body {
            s::FillInBody::Form(labels) => labels.additional_properties,
            s::FillInBody::Multipart(labels) => labels.additional_properties,
        };
        Ok(o::FillInSuccess::Ok(labels.into_keys().collect()))
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

#[tokio::test]
async fn a_closed_object_accepts_what_is_sent_only_in_the_other_direction() {
    let close = |body| async move { raw_request::json(s::router(Bank), "POST", "/closed", &body).await };
    // Clients send back what they have received.
    let sent = close(json!({"id": 1, "secret": "s", "choice": {"id": 5, "left": "l"}})).await;
    assert_eq!((sent.status, sent.json()), (200, json!({"id": 2, "choice": {"left": "l"}})));
    let sent = close(json!({"id": "of any type", "choice": {"right": "r"}})).await;
    assert_eq!(sent.status, 200);
    for body in [json!({"choice": {"right": "r"}, "other": 1}), json!({"choice": {"right": "r", "id": 5}})] {
        assert_eq!(close(body).await.status, 422);
    }
}

#[tokio::test]
async fn what_is_sent_only_in_the_other_direction_is_no_other_property() {
    let body = json!({"id": "mine", "hidden": true, "a": 1});
    let sent = raw_request::json(s::router(Bank), "POST", "/labels", &body).await;
    assert_eq!((sent.status, sent.json()), (200, json!({"id": "a2", "a": 1})));
    let received: Labels = serde_json::from_value(json!({"id": "a2", "hidden": true, "a": 1})).unwrap();
    assert_eq!(received, Labels::new("a2").additional_properties([("a".to_owned(), 1)]));
    let form = raw_request::body(
        s::router(Bank),
        "POST",
        "/forms",
        "application/x-www-form-urlencoded",
        "id=mine&hidden=true&a=1",
    );
    assert_eq!(form.await.json(), json!(["a"]));
    let parts = "--x\r\ncontent-disposition: form-data; name=\"id\"\r\n\r\nmine\r\n\
                 --x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n";
    let form = raw_request::body(s::router(Bank), "POST", "/forms", "multipart/form-data; boundary=x", parts);
    assert_eq!(form.await.json(), json!(["a"]));
}
