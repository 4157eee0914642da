//! Schemas that hold themselves.

use std::collections::BTreeMap;

use api_runtime::server::{Context, Failure};
use serde_json::json;
use tests::generated::recursion::types::{Expression, Node, Sum};
use tests::generated::recursion::{operations as o, server as s};

use crate::ask;

struct Count;

/// How many nodes there are, as a sum of ones.
fn count(node: &Node) -> Expression {
    let below = node.children.iter().flatten().chain(node.named.iter().flat_map(BTreeMap::values));
    below.chain(node.parent.as_deref()).fold(Expression::Integer(1), |sum, child| Sum::new(sum, count(child)).into())
}

impl s::Recursion for Count {
    async fn plant(&self, input: s::PlantInput, _: Context) -> Result<o::PlantSuccess, Failure<o::PlantError>> {
        Ok(o::PlantSuccess::Ok(count(&input.body)))
    }
}

#[tokio::test]
async fn trees_travel_both_ways() {
    let (client, sent) = connect!(recursion, Count);
    let tree = Node {
        parent: Some(Box::default()),
        children: Some(vec![Node::default()]),
        named: Some(BTreeMap::from([("a".to_owned(), Node::default())])),
    };
    let answer = client.plant().body(&tree).send().await.unwrap().into_inner().into_body();
    assert_eq!(sent.requests()[0].json(), json!({"parent": {}, "children": [{}], "named": {"a": {}}}));
    let one = || Expression::Integer(1);
    let sum = |left, right| Expression::from(Sum::new(left, right));
    assert_eq!(answer, sum(sum(sum(one(), one()), one()), one()));
}

#[tokio::test]
async fn nesting_without_end_is_refused() {
    let deep = format!("{}{}", r#"{"parent":"#.repeat(100_000), "}".repeat(100_000));
    let answer = ask::raw(s::router(Count), "POST", "/trees", "application/json", deep).await;
    assert!([400, 422].contains(&answer.status), "{}", answer.status);
}
