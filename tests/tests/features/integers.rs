//! Integers are defined by their value: `1.0` is an integer.

use serde_json::{Value, json};
use specwright_runtime::client::{MockResponse, Recorder};
use specwright_runtime::server::{Context, Failure};
use tests::generated::integers::types::Numbers;
use tests::generated::integers::{Client, operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Echo(Inputs<Numbers>);

impl s::Integers for Echo {
    async fn keep(&self, input: s::KeepInput, _: Context) -> Result<o::KeepSuccess, Failure<o::KeepError>> {
        Ok(o::KeepSuccess::Ok(input.body))
    }

    async fn keep_form(
        &self,
        input: s::KeepFormInput,
        _: Context,
    ) -> Result<o::KeepFormSuccess, Failure<o::KeepFormError>> {
        self.0.record(input.body.numbers);
        Ok(o::KeepFormSuccess::NoContent)
    }
}

/// Each kind of integer, written as a number with a point or an exponent.
const FLOATING: &str = r#"{"plain":1e2,"small":-2.0,"unset":3.0,"list":[4.0,5,6E0],"map":{"7.0":7.0},
    "age":80e-1,"level":2.0,"either":9.0,"ratio":1.0}"#;

/// The integers in their encoded form.
fn integers() -> Value {
    json!({
        "plain": 100, "small": -2, "unset": 3, "list": [4, 5, 6], "map": {"7.0": 7},
        "age": 8, "level": 2, "either": 9, "ratio": 1.0,
    })
}

#[tokio::test]
async fn a_server_accepts_whole_numbers_and_encodes_integers() {
    let response =
        raw_request::body(s::router(Echo::default()), "POST", "/numbers", "application/json", FLOATING).await;
    assert_eq!((response.status, response.json()), (200, integers()));
}

#[tokio::test]
async fn a_client_accepts_whole_numbers() {
    let responses = Recorder::new();
    responses.respond_with(MockResponse::json(200, FLOATING));
    let client = Client::builder("http://recorded").transport(responses).build().unwrap();
    let response = client.keep(&Numbers::default()).await.unwrap();
    assert_eq!(serde_json::to_value(response.into_body()).unwrap(), integers());
}

#[tokio::test]
async fn integers_in_forms_are_read_in_the_same_way() {
    let service = Echo::default();
    let form: String = format!("numbers={FLOATING}");
    let media = "application/x-www-form-urlencoded";
    let response = raw_request::body(s::router(service.clone()), "POST", "/forms", media, form).await;
    assert_eq!(response.status, 204, "{}", response.json());
    assert_eq!(serde_json::to_value(service.0.only()).unwrap(), integers());
}

#[tokio::test]
async fn a_fraction_is_refused_with_its_pointer() {
    for (body, pointer) in [
        (r#"{"plain":1.5}"#, "/body/plain"),
        (r#"{"plain":1.0,"list":[2.0,1.5]}"#, "/body/list/1"),
        (r#"{"map":{"a":15e-1}}"#, "/body/map/a"),
        (r#"{"small":1e10}"#, "/body/small"),
        (r#"{"age":151.0}"#, "/body/age"),
        (r#"{"plain":1.0,"ratio":"much"}"#, "/body/ratio"),
        (r#"{"plain":1e99}"#, "/body/plain"),
    ] {
        let response =
            raw_request::body(s::router(Echo::default()), "POST", "/numbers", "application/json", body).await;
        assert_eq!(response.violations(), (422, vec![pointer.to_owned()]), "{body}");
    }
}

#[tokio::test]
async fn integers_of_more_than_64_bits_keep_their_digits_but_any_json_has_16_and_unions_refuse_them() {
    let digits = "18446744073709551617";
    let sent = format!("{{\"huge\":-{digits},\"beyond\":{digits}}}");
    let response =
        raw_request::body(s::router(Echo::default()), "POST", "/numbers", "application/json", sent.clone()).await;
    assert_eq!((response.status, String::from_utf8(response.body).unwrap()), (200, sent));
    let sent = format!("{{\"anything\":{digits},\"wide\":18446744073709551615}}");
    let response = raw_request::body(s::router(Echo::default()), "POST", "/numbers", "application/json", sent).await;
    assert_eq!(
        (response.status, response.json()),
        (200, json!({ "anything": 18_446_744_073_709_551_616.0, "wide": u64::MAX }))
    );
    let sent = format!("{{\"wide\":{digits}}}");
    let response = raw_request::body(s::router(Echo::default()), "POST", "/numbers", "application/json", sent).await;
    assert_eq!(response.violations(), (422, vec!["/body/wide".to_owned()]));
}
