//! Documentation in the document becomes documentation of the code.
#![expect(deprecated, reason = "the service implements deprecated operations")]

use specwright_runtime::server::{Context, Failure};
use tests::generated::documentation::types::User;
use tests::generated::documentation::{operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::Documentation for Echo {
    async fn add_user(
        &self,
        input: s::AddUserInput,
        _: Context,
    ) -> Result<o::AddUserSuccess, Failure<o::AddUserError>> {
        let headers = o::AddUserOkHeaders { x_left: Some(i64::from(input.dry)), x_right: None };
        Ok(o::AddUserSuccess::Ok(input.body, headers))
    }
}

#[tokio::test]
async fn the_example_of_the_document_is_a_working_call() {
    let (client, sent) = connect!(documentation, Echo);
    let body: User = serde_json::from_value(serde_json::json!({"name": "Jane", "age": 7})).unwrap();
    let response = client.add_user(&body).dry(true).team("blue").await.unwrap();
    let o::AddUserSuccess::Ok(user, headers) = response.into_inner();
    assert_eq!((user, headers.x_left), (body, Some(1)));
    assert_eq!(sent.requests()[0].query.as_deref(), Some("dry=true&team=blue"));
    let response = raw_request::empty(s::router(Echo), "GET", "/users").await;
    assert_eq!(response.status, 501, "deprecated operations are still routed");
}

/// The documentation and attributes above the first line that contains `item`.
fn above(text: &str, item: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains(item)).expect("the item");
    let above = lines[..at].iter().rev().take_while(|line| line.trim_start().starts_with(['/', '#']));
    above.copied().collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n")
}

fn assert_says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "`{word}` is missing in\n{text}");
    }
}

#[test]
fn the_module_has_the_documentation_of_the_document() {
    let module = include_str!("../../src/generated/documentation/mod.rs");
    assert_says(
        module,
        &["An API with descriptions", "The purpose of the API.", "See [The manual](https://example.com/manual)"],
    );
}

#[test]
fn methods_have_the_documentation_of_operations_and_an_example_that_compiles() {
    let client = include_str!("../../src/generated/documentation/client.rs");
    assert_says(
        &above(client, "pub fn add_user("),
        &[
            "Add a user",
            "The name must be new.",
            "* `body`, as `application/json`: The user to add",
            "https://example.com/manual/users",
        ],
    );
    let example = above(client, "pub struct AddUserRequestBuilder");
    assert_says(&example, &["```no_run", ".add_user(&body)", ".dry(true)", ".await?"]);
    assert_says(&example, &[r##"serde_json::from_str(r#"{"age":7,"name":"Jane"}"#)?"##]);
    assert!(!client.contains("```ignore"), "every example is compiled");
    assert_says(&above(client, "pub fn dry("), &["Whether this is a dry run"]);
    let server = include_str!("../../src/generated/documentation/server.rs");
    assert_says(&above(server, "fn add_user("), &["Add a user"]);
}

#[test]
fn types_have_the_documentation_and_examples_of_schemas() {
    let types = include_str!("../../src/generated/documentation/types.rs");
    assert_says(&above(types, "pub struct User"), &["A user.", "https://example.com/manual/user"]);
    assert_says(&above(types, "pub name: String"), &["The name of the user", "Jane"]);
    assert_says(&above(types, "pub age:"), &["7"]);
    let operations = include_str!("../../src/generated/documentation/operations.rs");
    assert_says(&above(operations, "pub x_left"), &["The number of remaining calls", "3"]);
}

#[test]
fn deprecated_items_are_marked() {
    let client = include_str!("../../src/generated/documentation/client.rs");
    assert_says(&above(client, "pub fn old_users("), &["#[deprecated"]);
    assert_says(&above(client, "pub fn old("), &["#[deprecated"]);
    assert!(!above(client, "pub fn dry(").contains("deprecated"));
    let types = include_str!("../../src/generated/documentation/types.rs");
    assert_says(&above(types, "pub nick:"), &["#[deprecated"]);
    let operations = include_str!("../../src/generated/documentation/operations.rs");
    assert_says(&above(operations, "pub x_left"), &["#[deprecated"]);
}
