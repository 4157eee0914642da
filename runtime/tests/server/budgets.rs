//! What a request may cost: all its texts share one budget, and long bodies keep nobody waiting.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use axum::body::Body as HttpBody;
use futures::StreamExt as _;
use specwright_runtime::descriptor::{MultipartField, Operation, PartContent, Piece, RequestBody};
use specwright_runtime::server as rt;
use specwright_runtime::union::{Member, Probe, Tag, Union, member};
use specwright_runtime::validation::Validate;
use tower::ServiceExt as _;

use crate::service::{RawResponse, call, echo, request, single};

/// Two members of the same shape that hold the union again: only reading tells them apart.
#[derive(Debug)]
enum Filter {
    Left(Box<Left>),
    Right(Box<Right>),
}

#[derive(Debug)]
struct Left {
    next: Option<Vec<Filter>>,
    size: Option<u8>,
}
specwright_runtime::object!(Left { optional next = "next", optional size = "size" });

#[derive(Debug)]
struct Right {
    next: Option<Vec<Filter>>,
    size: Option<u8>,
}
specwright_runtime::object!(Right { optional next = "next", optional size = "size" });

specwright_runtime::union!(Filter { Left, Right });

/// How often a value was read as a member.
static READ: AtomicU64 = AtomicU64::new(0);

fn counted<T: serde::de::DeserializeOwned>(
    value: specwright_runtime::union::MemberValue,
    wrap: fn(T) -> Filter,
) -> Result<Filter, serde_json::Error> {
    READ.fetch_add(1, Ordering::Relaxed);
    member(value, wrap)
}

const OBJECT: Probe = Probe { json: Probe::OBJECT, known: &["next", "size"], ..Probe::ANY };

impl Union for Filter {
    const NAME: &'static str = "Filter";
    const TAG: Tag = Tag::NONE;
    const MEMBERS: &'static [Member<Self>] = &[
        Member { name: "Left", probe: OBJECT, read: |value| counted(value, Self::Left) },
        Member { name: "Right", probe: OBJECT, read: |value| counted(value, Self::Right) },
    ];
}

impl Validate for Filter {}

static PARTS: [MultipartField; 1] =
    [MultipartField { name: "filters", content: PartContent::Json, repeated: true, ..MultipartField::TEXT }];

static POST: Operation = Operation {
    id: "post",
    method: "POST",
    segments: &[&[Piece::Literal("post")]],
    body: Some(RequestBody {
        required: true,
        media: &["application/json", "multipart/form-data", "application/jsonl", "application/x-www-form-urlencoded"],
    }),
    ..Operation::BASE
};

fn post(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        request.admit_anyone()?;
        Ok(echo(&match request.media()? {
            0 => usize::from(matches!(request.json::<Filter>().await?, Filter::Left(_))),
            1 => request.multipart(&PARTS, |form| form.value::<Vec<Filter>>(0).map(|filters| filters.len())).await?,
            2 => request.lines::<Filter>()?.filter(|item| std::future::ready(item.is_ok())).count().await,
            _ => request.form::<BTreeMap<String, String>>(&[]).await?.len(),
        }))
    })
}

async fn send(media: &str, body: String) -> RawResponse {
    let request = request("POST", "/post").header("content-type", media);
    call(single(&POST, post), request.body(HttpBody::from(body)).unwrap()).await
}

fn nested(levels: usize, inmost: &str) -> String {
    ["{\"next\":[".repeat(levels), inmost.to_owned(), "]}".repeat(levels)].concat()
}

fn part(json: &str) -> String {
    format!("--b\r\ncontent-disposition: form-data; name=\"filters\"\r\n\r\n{json}\r\n")
}

#[tokio::test]
async fn parts_and_lines_share_the_budget_of_their_request() {
    // Each level doubles the readings: alone, every text would have 50,000 pieces and more.
    let wrong = nested(40, "{\"size\":true}");
    let before = READ.load(Ordering::Relaxed);
    let parts = send("multipart/form-data; boundary=b", part(&wrong).repeat(250) + "--b--\r\n").await;
    assert_eq!(parts.status, 422, "{}", parts.text);
    let lines = send("application/jsonl", (wrong + "\n").repeat(250)).await;
    assert_eq!((lines.status, lines.text.as_str()), (200, "0"));
    let read = READ.load(Ordering::Relaxed) - before;
    assert!(read < 1_000_000, "{read}");
}

#[tokio::test]
async fn ordinary_parts_and_lines_are_within_it() {
    let right = nested(2, "{\"size\":1}");
    let parts = send("multipart/form-data; boundary=b", part(&right).repeat(250) + "--b--\r\n").await;
    assert_eq!((parts.status, parts.text.as_str()), (200, "250"));
    let lines = send("application/jsonl", (right + "\n").repeat(20_000)).await;
    assert_eq!((lines.status, lines.text.as_str()), (200, "20000"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn others_get_responses_while_a_long_body_is_read() {
    let list = vec![nested(20, "{\"size\":1}"); 1_200].join(",");
    let form: Vec<String> = (0..60_000).map(|name| format!("k{name}=1")).collect();
    for (media, body) in [
        ("application/json", format!("{{\"next\":[{list}]}}")),
        ("multipart/form-data; boundary=b", part(&format!("{{\"next\":[{list}]}}")) + "--b--\r\n"),
        ("application/x-www-form-urlencoded", form.join("&")),
        ("application/jsonl", (nested(2, "{\"size\":1}") + "\n").repeat(20_000)),
    ] {
        let done = Arc::new(AtomicBool::new(false));
        let others = tokio::spawn(others(Arc::clone(&done)));
        tokio::task::yield_now().await;
        let response = tokio::spawn(async move { send(media, body).await }).await.unwrap();
        done.store(true, Ordering::Relaxed);
        assert_eq!(response.status, 200, "{media}: {}", response.text);
        let responses = others.await.unwrap();
        assert!(responses > 5, "{media}: {responses} responses meanwhile");
    }
}

/// How many requests get a response until the time comes.
async fn others(done: Arc<AtomicBool>) -> u64 {
    let router = single(&POST, post);
    let mut responses = 0;
    while !done.load(Ordering::Relaxed) {
        let small = request("POST", "/post").header("content-type", "application/json");
        let response = router.clone().oneshot(small.body(HttpBody::from("{\"size\":1}")).unwrap()).await.unwrap();
        assert_eq!(response.status(), 200);
        responses += 1;
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    responses
}
