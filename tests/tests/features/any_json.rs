//! Empty schemas accept any JSON.

use serde_json::{Value, json};
use specwright_runtime::server::{Context, Failure};
use tests::generated::any_json::types::Kept;
use tests::generated::any_json::{operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::AnyJson for Echo {
    async fn keep_value(
        &self,
        input: s::KeepValueInput,
        _: Context,
    ) -> Result<o::KeepValueSuccess, Failure<o::KeepValueError>> {
        Ok(o::KeepValueSuccess::Ok(input.body.value))
    }
}

#[tokio::test]
async fn any_value_survives_the_round_trip() {
    let (client, sent) = connect!(any_json, Echo);
    let values = [json!(null), json!(1.5), json!("a"), json!([1, {"b": null}]), json!({"z": 1, "a": 2})];
    for (index, value) in values.into_iter().enumerate() {
        let response = client.keep_value(&Kept::new(value.clone())).await.unwrap().into_body();
        assert_eq!(response, value);
        assert_eq!(sent.requests()[index].json(), json!({"value": value}));
    }
}

#[test]
fn null_is_a_value_of_an_optional_property() {
    for (optional, text) in [(None, r#"{"value":1}"#), (Some(Value::Null), r#"{"value":1,"optional":null}"#)] {
        let mut kept = Kept::new(json!(1));
        kept.optional = optional;
        assert_eq!(serde_json::to_string(&kept).unwrap(), text);
        assert_eq!(serde_json::from_str::<Kept>(text).unwrap(), kept);
    }
}

#[tokio::test]
async fn required_and_impossible_properties_are_validated() {
    let response = raw_request::json(s::router(Echo), "POST", "/values", &json!({})).await;
    assert_eq!(response.status, 422);
    for (name, value) in [("nothing", json!(1)), ("object", json!([])), ("list", json!({}))] {
        let response = raw_request::json(s::router(Echo), "POST", "/values", &json!({"value": 1, name: value})).await;
        assert_eq!(response.violations(), (422, vec![format!("/body/{name}")]), "{value}");
    }
    let response = raw_request::json(
        s::router(Echo),
        "POST",
        "/values",
        &json!({"value": null, "anything": null, "list": [null]}),
    )
    .await;
    assert_eq!((response.status, response.json()), (200, Value::Null));
}

#[test]
fn objects_without_a_schema_convert_from_and_to_serde_json() {
    let Value::Object(object) = json!({"a": 1, "b": [null]}) else { panic!("no object") };
    let kept = Kept::new(1).object(object.clone());
    let back: serde_json::Map<String, Value> = kept.object.unwrap().into_iter().collect();
    assert_eq!(back, object);
    let kept = Kept::new(1).object([("a", 1), ("b", 2)]);
    assert_eq!(serde_json::to_value(kept.object).unwrap(), json!({"a": 1, "b": 2}));
}
