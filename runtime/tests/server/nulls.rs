//! `null` in request bodies. It is a value where the document allows it, and a violation for other
//! properties.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use specwright_runtime::descriptor::{Operation, Piece, RequestBody};
use specwright_runtime::server as rt;
use specwright_runtime::union::{Member, Probe, Tag, Union, member};
use specwright_runtime::{MaybeAbsent, object, union};

use crate::service::{call, echo, request, single};

static SAVE: Operation = Operation {
    id: "save",
    method: "POST",
    segments: &[&[Piece::Literal("save")]],
    body: Some(RequestBody { required: true, media: &["application/json"] }),
    ..Operation::BASE
};

#[derive(Clone, Debug, PartialEq)]
struct Leaf {
    id: i128,
    note: Option<String>,
}
object!(Leaf { required id = "id", optional note = "note" });

#[derive(Clone, Debug, PartialEq)]
struct Lenient {
    id: i64,
    note: MaybeAbsent<String>,
}
object!(Lenient { required id = "id", maybe note = "note" });

/// Only `Lenient` may have a `null`.
#[derive(Clone, Debug, PartialEq)]
enum Either {
    Leaf(Box<Leaf>),
    Lenient(Lenient),
}
union!(Either { Leaf, Lenient });
impl Union for Either {
    const NAME: &'static str = "Either";
    const TAG: Tag = Tag::NONE;
    const MEMBERS: &'static [Member<Self>] = &[
        Member { name: "Leaf", probe: Probe::ANY, read: |value| member(value, |leaf| Self::Leaf(Box::new(leaf))) },
        Member { name: "Lenient", probe: Probe::ANY, read: |value| member(value, Self::Lenient) },
    ];
}

#[derive(Clone, Debug, PartialEq)]
struct Tree {
    nullable: Option<i64>,
    leaf: Option<Leaf>,
    leaves: Option<Vec<Leaf>>,
    any: Option<Value>,
    either: Option<Either>,
    wrapped: Option<Vec<Either>>,
    extra: BTreeMap<String, Leaf>,
}
object!(Tree {
    required nullable = "nullable",
    optional leaf = "leaf",
    optional leaves = "leaves",
    any any = "any",
    optional either = "either",
    optional wrapped = "wrapped",
    ..extra
});
impl rt::Validate for Tree {}

fn save(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        request.admit_anyone()?;
        Ok(echo(&request.json::<Tree>().await?))
    })
}

async fn post(body: &str) -> (u16, Vec<String>, Value) {
    let request = request("POST", "/save").header("content-type", "application/json");
    let response = call(single(&SAVE, save), request.body(body.to_owned().into()).unwrap()).await;
    (response.status, response.pointers(), response.json())
}

#[tokio::test]
async fn null_is_refused_for_an_optional_property_wherever_it_is() {
    for (body, pointer) in [
        (r#"{"nullable":null,"leaf":null}"#, "/body/leaf"),
        (r#"{"nullable":null,"leaf":{"id":1,"note":null}}"#, "/body/leaf/note"),
        (r#"{"nullable":null,"leaves":[{"id":1},{"id":2,"note":null}]}"#, "/body/leaves/1/note"),
        (r#"{"nullable":null,"a/b":{"id":1,"note":null}}"#, "/body/a~1b/note"),
        (r#"{"nullable":1.0,"leaf":{"id":1e2,"note":null}}"#, "/body/leaf/note"),
        (r#"{"nullable":null,"either":{"id":1.5,"note":null}}"#, "/body/either"),
        (r#"{"nullable":null,"leaves":[null]}"#, "/body/leaves/0"),
    ] {
        let (status, pointers, _) = post(body).await;
        assert_eq!((status, pointers), (422, vec![pointer.to_owned()]), "{body}");
    }
}

#[tokio::test]
async fn null_is_kept_where_it_is_a_value() {
    for body in [
        json!({"nullable": null}),
        json!({"nullable": 1, "any": null}),
        json!({"nullable": null, "any": {"a": [null]}, "leaf": {"id": 7, "note": "null"}}),
    ] {
        assert_eq!(post(&body.to_string()).await, (200, vec![], body));
    }
}

#[tokio::test]
async fn a_union_is_read_as_the_member_that_allows_null() {
    let body = json!({"nullable": null, "either": {"id": 1, "note": null}, "wrapped": [{"id": 2, "note": null}]});
    assert_eq!(post(&body.to_string()).await, (200, vec![], body));
}

#[tokio::test]
async fn long_integers_beside_a_null_are_exact() {
    let body = r#"{"nullable":null,"leaf":{"id":170141183460469231731687303715884105727}}"#;
    let request = request("POST", "/save").header("content-type", "application/json");
    let response = call(single(&SAVE, save), request.body(body.into()).unwrap()).await;
    assert_eq!((response.status, response.text.as_str()), (200, body));
}
