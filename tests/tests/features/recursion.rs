//! Recursive schemas.

use std::collections::BTreeMap;

use serde_json::json;
use specwright_runtime::client::{Error, MockResponse, Recorder};
use specwright_runtime::server::{Context, Failure};
use tests::generated::recursion::types::{Expression, Node, Sum, SumRequired};
use tests::generated::recursion::{Client, operations as o, server as s};

use crate::raw_request;

struct Count;

/// The number of nodes, as a sum of ones.
fn count(node: &Node) -> Expression {
    let below = node.children.iter().flatten().chain(node.named.iter().flat_map(BTreeMap::values));
    below
        .chain(node.parent.as_deref())
        .fold(Expression::Integer(1), |sum, child| Sum::new(SumRequired { left: sum, right: count(child) }).into())
}

impl s::Recursion for Count {
    async fn plant(&self, input: s::PlantInput, _: Context) -> Result<o::PlantSuccess, Failure<o::PlantError>> {
        Ok(o::PlantSuccess::Ok(count(&input.body)))
    }
}

#[tokio::test]
async fn trees_survive_the_round_trip() {
    let (client, sent) = connect!(recursion, Count);
    let tree = Node::new()
        .parent(Box::default())
        .children([Node::default()])
        .named(BTreeMap::from([("a".to_owned(), Node::default())]));
    let response = client.plant(&tree).await.unwrap().into_body();
    assert_eq!(sent.requests()[0].json(), json!({"parent": {}, "children": [{}], "named": {"a": {}}}));
    let one = || Expression::Integer(1);
    let sum = |left, right| Expression::from(Sum::new(SumRequired { left, right }));
    assert_eq!(response, sum(sum(sum(one(), one()), one()), one()));
}

/// A depth at which recursion overflows the stack.
const LEVELS: usize = 100_000;

/// Repeats an opening and a closing text.
fn nested(open: &str, close: &str) -> String {
    format!("{}{}", open.repeat(LEVELS), close.repeat(LEVELS))
}

/// Deeply nested JSON for the recursive types, nested in each possible way, and in an unknown
/// property.
fn deep() -> [String; 6] {
    [
        nested(r#"{"parent":"#, "}"),
        nested(r#"{"children":["#, "]}"),
        nested(r#"{"named":{"a":"#, "}}"),
        nested(r#"{"unknown":"#, "}"),
        nested(r#"{"left":1,"right":"#, "}"),
        nested("[", "]"),
    ]
}

#[tokio::test]
async fn a_server_refuses_deeply_nested_json() {
    for deep in deep() {
        let response = raw_request::body(s::router(Count), "POST", "/trees", "application/json", deep.clone()).await;
        assert!([400, 422].contains(&response.status), "{}: {}", response.status, &deep[..30]);
    }
}

#[tokio::test]
async fn a_client_refuses_deeply_nested_json() {
    for deep in deep() {
        let responses = Recorder::new();
        responses.respond_with(MockResponse::json(200, deep.clone()));
        let client = Client::builder("http://recorded").transport(responses).build().unwrap();
        let error = client.plant(&Node::default()).await.unwrap_err();
        assert!(matches!(error, Error::InvalidBody(_)), "{error}: {}", &deep[..30]);
    }
}

#[tokio::test]
async fn a_server_refuses_deeply_nested_queries_and_forms() {
    let keys = "[parent]".repeat(LEVELS);
    // A target is limited to 64 KiB.
    let target = format!("/trees?like{}=1", &keys[..8 * 8_000]);
    assert_eq!(raw_request::empty(s::router(Count), "GET", &target).await.status, 400);
    let form = "application/x-www-form-urlencoded";
    let bodies = [
        format!("tree{keys}=1"),
        format!("tree={}", deep()[0]),
        format!("tree{}=1", "[".repeat(LEVELS)),
        format!("tree{}=1", "[children][]".repeat(LEVELS)),
    ];
    for body in bodies {
        let response = raw_request::body(s::router(Count), "PUT", "/trees", form, body.clone()).await;
        assert!([400, 422].contains(&response.status), "{}: {}", response.status, &body[..30]);
    }
}
