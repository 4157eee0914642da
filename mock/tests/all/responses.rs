//! Responses from the document, and refusals.

use serde_json::{Value, json};

use crate::pets::{get, mock, router, send};

#[tokio::test]
async fn a_preference_chooses_the_status_and_the_example() {
    let router = router(&mock());
    let preferring = async |prefer: &str| {
        let (status, _, body) = send(&router, "GET /pets/1", &[("prefer", prefer)], "").await;
        (status, body)
    };
    assert_eq!(preferring("code=404").await, (404, json!({"code": 1})));
    let (status, dog) = preferring("example=dog").await;
    assert_eq!((status, &dog["name"]), (200, &json!("Rex")));
    let (status, made) = preferring("dynamic").await;
    assert_eq!((status, &made["kind"]), (200, &json!("cat")));
    let (status, refusal) = preferring("code=409").await;
    assert_eq!(status, 400);
    assert_eq!(refusal["detail"], "`getPet` documents these statuses: 200, 404");
    let (status, refusal) = preferring("example=cow").await;
    assert_eq!(status, 400);
    assert!(refusal["detail"].as_str().unwrap().ends_with("it has these examples: cat, dog"), "{refusal}");
}

#[tokio::test]
async fn a_response_without_a_resource_is_made_from_its_schema() {
    assert_eq!(get(&router(&mock()), "/reports/q1").await, (200, Value::from("text")));
}

#[tokio::test]
async fn an_invalid_request_is_refused_with_its_pointers() {
    let router = router(&mock());
    let (status, problem) = get(&router, "/pets?limit=0").await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/query/limit")));
    let (status, problem) = get(&router, "/pets/x").await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (400, &json!("/path/petId")));
    let json = [("content-type", "application/json")];
    let (status, _, problem) = send(&router, "POST /pets", &json, r#"{"name": "", "kind": "cow"}"#).await;
    assert_eq!(status, 422);
    let errors = problem["errors"].as_array().unwrap();
    let pointers: Vec<&str> = errors.iter().filter_map(|error| error["pointer"].as_str()).collect();
    assert_eq!(pointers, ["/body/name", "/body/kind"]);
    assert_eq!(get(&router, "/cows").await.0, 404);
}
