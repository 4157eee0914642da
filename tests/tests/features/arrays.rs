//! Lists and tuples.

use serde_json::json;
use specwright_runtime::server::{Context, Failure};
use tests::generated::arrays::types::Lists;
use tests::generated::arrays::{operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::Arrays for Echo {
    async fn add_lists(
        &self,
        input: s::AddListsInput,
        _: Context,
    ) -> Result<o::AddListsSuccess, Failure<o::AddListsError>> {
        Ok(o::AddListsSuccess::Ok(input.body))
    }
}

#[tokio::test]
async fn lists_and_tuples_survive_the_round_trip() {
    let (client, sent) = connect!(arrays, Echo);
    let lists = Lists::new()
        .tags(["a", "b"])
        .pair(("p".to_owned(), 1))
        .fixed([1, 2, 3])
        .long(0..10_000)
        .matrix([vec![1.5], Vec::new()]);
    let response = client.add_lists(&lists).await.unwrap().into_body();
    assert_eq!(response, lists);
    assert_eq!(sent.requests()[0].json()["pair"], json!(["p", 1]));
}

#[tokio::test]
async fn an_empty_list_is_sent_and_an_absent_one_is_not() {
    let (client, sent) = connect!(arrays, Echo);
    let lists = Lists::new().long(Vec::new());
    client.add_lists(&lists).await.unwrap();
    assert_eq!(sent.requests()[0].body, r#"{"long":[]}"#);
}

#[tokio::test]
async fn length_and_uniqueness_are_validated() {
    for (body, pointer) in [
        (json!({"tags": []}), "/body/tags"),
        (json!({"tags": ["a", "b", "c", "d"]}), "/body/tags"),
        (json!({"tags": ["a", "a"]}), "/body/tags"),
        (json!({"fixed": [1, 2]}), "/body/fixed"),
        (json!({"fixed": [1, 2, 3, 4]}), "/body/fixed"),
    ] {
        let response = raw_request::json(s::router(Echo), "POST", "/lists", &body).await;
        assert_eq!(response.violations(), (422, vec![pointer.to_owned()]), "{body}");
    }
    for pair in [json!(["p"]), json!(["p", 1, 2]), json!([1, "p"])] {
        let response = raw_request::json(s::router(Echo), "POST", "/lists", &json!({"pair": pair})).await;
        assert_eq!(response.status, 422, "{pair}");
    }
}
