//! Resources: what is created can be read, listed, changed and deleted.

use serde_json::json;
use specwright_mock::state::StateSettings;

use crate::pets::{get, mock, router, send};

const JSON: [(&str, &str); 1] = [("content-type", "application/json")];

#[tokio::test]
async fn what_is_created_is_read_listed_changed_and_deleted() {
    let router = router(&mock());
    let (status, location, created) = send(&router, "POST /pets", &JSON, r#"{"name": "Ada", "kind": "dog"}"#).await;
    assert_eq!((status, location.as_deref()), (201, Some("/pets/3")));
    assert_eq!((&created["id"], &created["name"]), (&json!(3), &json!("Ada")));
    assert!(created["createdAt"].as_str().unwrap() > "2026-02", "{created}");
    assert_eq!(get(&router, "/pets/3").await, (200, created.clone()));

    let patch = [("content-type", "application/merge-patch+json")];
    let (status, _, changed) = send(&router, "PATCH /pets/3", &patch, r#"{"note": "shy"}"#).await;
    assert_eq!((status, &changed["note"], &changed["name"]), (200, &json!("shy"), &json!("Ada")));
    let (_, _, changed) = send(&router, "PATCH /pets/3", &patch, r#"{"note": null}"#).await;
    assert_eq!(changed, created);

    assert_eq!(send(&router, "DELETE /pets/3", &[], "").await.0, 204);
    assert_eq!(get(&router, "/pets/3").await, (404, json!({"code": 1})));
    assert_eq!(send(&router, "DELETE /pets/3", &[], "").await.0, 404);
}

#[tokio::test]
async fn a_list_starts_with_the_example_and_has_filters_and_pages() {
    let router = router(&mock());
    for name in ["Ada", "Bo", "Cy"] {
        let body = json!({"name": name, "kind": "dog"}).to_string();
        assert_eq!(send(&router, "POST /pets", &JSON, &body).await.0, 201);
    }
    let names = async |target: &str| {
        let (status, list) = get(&router, target).await;
        assert_eq!(status, 200, "{list}");
        let names = list["pets"].as_array().unwrap().iter().map(|pet| pet["name"].as_str().unwrap().to_owned());
        (names.collect::<Vec<_>>(), list["total"].as_u64().unwrap())
    };
    let all = ["Tom", "Tom", "Ada", "Bo", "Cy"].map(str::to_owned).to_vec();
    assert_eq!(names("/pets").await, (all, 5));
    assert_eq!(names("/pets?kind=dog&limit=2").await, (vec!["Ada".to_owned(), "Bo".to_owned()], 3));
    assert_eq!(names("/pets?kind=dog&limit=2&page=2").await, (vec!["Cy".to_owned()], 3));
    assert_eq!(get(&router, "/pets/7").await.1["name"], "Tom");
}

#[tokio::test]
async fn what_was_inferred_is_listed_and_can_be_corrected() {
    let started = mock().start().await.unwrap();
    let rules: Vec<String> = started.behaviours().into_iter().map(|behaviour| behaviour.rule).collect();
    assert!(rules.contains(&"`petId` identifies a pet by its property `id`".to_owned()), "{rules:?}");
    assert!(rules.contains(&"`limit` is the length of a page".to_owned()), "{rules:?}");
    assert!(started.behaviours().iter().all(|behaviour| behaviour.resource == "/pets"));
    started.stop().await;

    let empty = StateSettings::parse(
        "mock.toml",
        "[resources.\"/pets\"]\nseed = 0\nroles = [\"list\", \"create\", \"read\"]\n",
    );
    let router = router(&mock().state_settings("mock.toml", empty.unwrap()));
    assert_eq!(get(&router, "/pets").await.1, json!({"pets": [], "total": 0}));
    assert_eq!(send(&router, "DELETE /pets/3", &[], "").await.0, 204, "the document decides");

    let wrong = StateSettings::parse("mock.toml", "[resources.\"/cows\"]\nseed = 0\n").unwrap();
    let error = mock().state_settings("mock.toml", wrong).router().unwrap_err().to_string();
    assert_eq!(error, "mock.toml: `/cows` is not a resource; the resources are /pets");
}

#[tokio::test]
async fn without_state_every_response_is_that_of_the_document() {
    let router = router(&mock().stateless());
    assert_eq!(send(&router, "POST /pets", &JSON, r#"{"name": "Ada", "kind": "dog"}"#).await.0, 201);
    assert_eq!(get(&router, "/pets/99").await.1["name"], "Tom");
}

#[tokio::test]
async fn state_beyond_its_limit_is_refused_and_can_be_deleted() {
    let router = router(&mock().record_limit(50_000));
    let pet = |note: usize| json!({"name": "Ada", "kind": "dog", "note": "a".repeat(note)}).to_string();
    let (status, location, _) = send(&router, "POST /pets", &JSON, &pet(40_000)).await;
    assert_eq!((status, location.as_deref()), (201, Some("/pets/3")));
    let (status, _, problem) = send(&router, "POST /pets", &JSON, &pet(20_000)).await;
    assert_eq!(status, 507, "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("delete some"), "{problem}");

    // What takes no more room is still changed, and what is deleted makes room.
    let patch = [("content-type", "application/merge-patch+json")];
    let note = |length: usize| json!({"note": "b".repeat(length)}).to_string();
    assert_eq!(send(&router, "PATCH /pets/3", &patch, &note(39_000)).await.0, 200);
    assert_eq!(send(&router, "PATCH /pets/3", &patch, &note(60_000)).await.0, 507);
    assert_eq!(get(&router, "/pets/3").await.1["note"].as_str().unwrap().len(), 39_000);
    assert_eq!(send(&router, "DELETE /pets/3", &[], "").await.0, 204);
    assert_eq!(send(&router, "POST /pets", &JSON, &pet(20_000)).await.0, 201);
}

#[tokio::test]
async fn an_item_that_is_created_at_its_path_has_the_id_of_the_path() {
    let document = r"
openapi: 3.1.0
info: {title: Groups, version: '1'}
paths:
  /groups:
    get: {operationId: list, responses: {'200': {description: All, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Group'}}}}}}}
  /groups/{name}:
    parameters: [{name: name, in: path, required: true, schema: {type: string}}]
    get: {operationId: read, responses: {'200': {description: It, content: {application/json: {schema: {$ref: '#/components/schemas/Group'}}}}}}
    post: {operationId: add, responses: {'201': {description: It, content: {application/json: {schema: {$ref: '#/components/schemas/Group'}}}}}}
    delete: {operationId: remove, responses: {'204': {description: It is gone}}}
components:
  schemas: {Group: {type: object, required: [name], properties: {name: {type: string}}}}
";
    let router = router(&specwright_mock::Mock::text(document));
    assert_eq!(get(&router, "/groups/crew").await.0, 404);
    for _ in 0..2 {
        let (status, _, created) = send(&router, "POST /groups/crew", &[], "").await;
        assert_eq!((status, &created), (201, &json!({"name": "crew"})));
        assert_eq!(send(&router, "POST /groups/crew", &[], "").await.0, 409);
        assert_eq!(get(&router, "/groups/crew").await, (200, created));
        assert_eq!(send(&router, "DELETE /groups/crew", &[], "").await.0, 204);
        assert_eq!(get(&router, "/groups/crew").await.0, 404);
    }
}
