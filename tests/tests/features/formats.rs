//! Formats of strings and numbers.

use serde_json::{Value, json};
use specwright_runtime::server::{Context, Failure};
use specwright_runtime::{Base64, DateTime, Uuid};
use tests::generated::formats::types::Record;
use tests::generated::formats::{operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Echo(Inputs<Option<DateTime>>);

impl s::Formats for Echo {
    async fn keep(&self, input: s::KeepInput, _: Context) -> Result<o::KeepSuccess, Failure<o::KeepError>> {
        self.0.record(input.since);
        Ok(o::KeepSuccess::Ok(input.body))
    }
}

fn example() -> Value {
    json!({
        "at": "2024-02-29T23:59:60.5+02:00", "day": "2024-02-29", "clock": "10:00:00Z", "takes": "P1DT2H",
        "id": "67e55044-10b1-426f-9247-bb680e5fe0c8", "link": "https://example.com/a?b", "mail": "a@example.com",
        "four": "192.0.2.1", "six": "2001:db8::1", "bytes": "AQI=", "encoded": "AQI=",
        "small": 2_147_483_647, "large": i64::MIN, "count": u32::MAX, "total": u64::MAX,
        "ratio": 0.5, "exact": 0.1, "price": "10.50", "shade": "#fff", "inner": "{\"a\":1}",
    })
}

#[tokio::test]
async fn every_format_survives_the_round_trip() {
    let service = Echo::default();
    let (client, sent) = connect!(formats, service.clone());
    let body: Record = serde_json::from_value(example()).unwrap();
    let since = DateTime::new("2024-01-01T00:00:00Z").unwrap();
    let response = client.keep(&body).since(since.clone()).await.unwrap();
    assert_eq!(serde_json::to_value(response.into_body()).unwrap(), example());
    assert_eq!(sent.requests()[0].json(), example());
    assert_eq!(service.0.only(), Some(since));
}

#[test]
fn values_parse_only_from_valid_text() {
    Uuid::new("67e55044").unwrap_err();
    DateTime::new("2023-02-29T00:00:00Z").unwrap_err();
    assert_eq!(Base64::from(vec![1, 2]), serde_json::from_value(json!("AQI=")).unwrap());
}

#[tokio::test]
async fn values_of_another_format_are_refused_with_their_pointer() {
    for (name, value) in [
        ("at", json!("yesterday")),
        ("day", json!("2023-02-29")),
        ("id", json!("67e55044")),
        ("four", json!("192.0.2.256")),
        ("six", json!("::g")),
        ("bytes", json!("?")),
        ("small", json!(2_147_483_648_i64)),
        ("count", json!(-1)),
        ("price", json!("ten")),
    ] {
        let response = raw_request::json(s::router(Echo::default()), "POST", "/records", &json!({name: value})).await;
        assert_eq!(response.violations(), (422, vec![format!("/body/{name}")]), "{value}");
    }
}
