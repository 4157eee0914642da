//! Rownd's responses in the newer and older formats, and properties that are never sent.

use generated_client::rownd::{Client, types};
use serde_json::json;
use specwright_runtime::MaybeAbsent;
use tests::Listener;

use super::rownd::{keys, page_response, profile};

#[tokio::test]
async fn read_only_properties_are_read_and_never_sent() {
    let profile = profile();
    assert_eq!(profile.rownd_user.as_deref(), Some("user_a7b53gwdaml5jt7t71442nt7"));
    let listener =
        Listener::start("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}").await;
    let client = Client::builder(listener.url()).credentials(keys()).build().unwrap();
    let mut body = types::AppUserDataRequest::new();
    (body.data, body.attributes) = (profile.data, profile.attributes);
    client.application_user_data_update("a", "u").json(&body).await.unwrap();
    assert_eq!(listener.only().json(), json!({ "data": page_response()["data"] }));
}

#[tokio::test]
async fn null_and_absent_stay_distinct() {
    let mut groups = [json!({"id": "g"}), json!({"id": "g", "meta": null}), json!({"id": "g", "meta": {"a": 1}})];
    let read = groups.clone().map(|group| serde_json::from_value::<types::Group>(group).unwrap());
    assert!(matches!(
        read,
        [
            types::Group { meta: MaybeAbsent::Absent, .. },
            types::Group { meta: MaybeAbsent::Null, .. },
            types::Group { meta: MaybeAbsent::Value(_), .. },
        ]
    ));
    for (group, original) in read.iter().zip(&mut groups) {
        assert_eq!(serde_json::to_value(group).unwrap(), *original);
    }
}

#[tokio::test]
async fn the_client_reads_the_older_format() {
    let text = page_response().to_string();
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{text}", text.len());
    let listener = Listener::start(head).await;
    let old = Client::builder(listener.url()).credentials(keys()).build().unwrap();
    let read = old.application_user_data_get("a", "u").await.unwrap().into_body();
    assert_eq!(read.state, None);
    assert_eq!(read.groups.unwrap()[0].member.roles, ["owner", "editor"]);
    let written = old.application_user_data_update("a", "u").await.unwrap().into_body();
    assert_eq!(tests::json::by_value(serde_json::to_value(written).unwrap()), tests::json::by_value(page_response()));
}
