//! Request bodies and responses of every kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body as HttpBody;
use futures::StreamExt as _;
use serde_json::{Value, json};
use specwright_runtime::descriptor::{MultipartField, Operation, PartContent, Piece, RequestBody};
use specwright_runtime::multipart::Multipart;
use specwright_runtime::server as rt;
use specwright_runtime::{Bytes, Event, Events, File, Lines};

use crate::service::{Point, RawResponse, call, echo, request, single};

static PARTS: [MultipartField; 5] = [
    MultipartField { name: "title", ..MultipartField::TEXT },
    MultipartField { name: "meta", content: PartContent::Json, ..MultipartField::TEXT },
    MultipartField { name: "count", repeated: true, ..MultipartField::TEXT },
    MultipartField { name: "avatar", content: PartContent::File, ..MultipartField::TEXT },
    MultipartField { name: "note", ..MultipartField::TEXT },
];

static UPLOAD: Operation = Operation {
    id: "upload",
    method: "POST",
    segments: &[&[Piece::Literal("upload")]],
    body: Some(RequestBody {
        required: false,
        media: &[
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "text/*",
            "application/*",
        ],
    }),
    ..Operation::BASE
};

fn received(form: &mut rt::Form) -> Result<rt::Response, rt::Rejection> {
    let title: String = form.value_with(0, &rt::Constraints { max_length: Some(5), ..rt::Constraints::NONE })?;
    let meta: Point = form.value(1)?;
    let counts: Vec<u8> = form.value(2)?;
    let avatar: File = form.file(3)?;
    let note: Option<String> = form.value(4)?;
    let rest: BTreeMap<String, Value> = form.rest()?;
    let bytes = avatar.body().as_bytes().map_or(0, Bytes::len);
    Ok(echo(&(title, meta, counts, (avatar.name(), avatar.content_type(), bytes), note, rest)))
}

fn upload(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        request.admit_anyone()?;
        Ok(match request.optional_media() {
            None => echo(&"nothing"),
            Some(0) => echo(&request.json::<Point>().await?),
            Some(1) => echo(&request.form::<Point>(&[]).await?),
            Some(2) => request.multipart(&PARTS, received).await?,
            Some(3) => echo(&request.text::<String>().await?),
            Some(_) => {
                let bytes = request.body()?.collect(u64::MAX).await;
                echo(&bytes.map(|bytes| bytes.len()).map_err(|error| error.to_string()))
            }
        })
    })
}

async fn post(media: &str, body: impl Into<HttpBody>) -> RawResponse {
    let request = request("POST", "/upload").header("content-type", media);
    call(single(&UPLOAD, upload), request.body(body.into()).unwrap()).await
}

#[tokio::test]
async fn each_media_type_is_read_in_its_own_way() {
    for (media, body, expected) in [
        ("application/json; charset=UTF-8", r#"{"x":1.5}"#, json!({"x": 1.5})),
        ("application/x-www-form-urlencoded", "x=1.5&other=%20", json!({"x": 1.5})),
        ("text/csv", "a,b\n", json!("a,b\n")),
        ("application/octet-stream", "12345", json!({"Ok": 5})),
        ("application/xml", "<a/>", json!({"Ok": 4})),
        ("application/json", "", json!("nothing")),
    ] {
        let response = post(media, body).await;
        assert_eq!(response.status, 200, "{media}: {}", response.text);
        assert_eq!(response.json(), expected, "{media}");
    }
    assert_eq!(post("text/plain; charset=iso-8859-1", Bytes::from_static(b"\xE9")).await.json(), "é");
    for (media, body, status) in [
        ("image/png", &b"x"[..], 415),
        ("text/plain", b"\xFF", 400),
        ("text/plain; charset=koi8-r", b"x", 415),
        ("application/x-www-form-urlencoded", b"x=%FF", 400),
        ("application/x-www-form-urlencoded", b"x=a", 422),
        ("application/x-www-form-urlencoded", b"y=1", 422),
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=b", b"x", 400),
    ] {
        let response = post(media, Bytes::copy_from_slice(body)).await;
        assert_eq!(response.status, status, "{media}: {}", response.text);
    }
    let closed = post("application/json", r#"{"x":1,"y":2}"#).await;
    assert_eq!((closed.status, closed.pointers()), (422, vec!["/body/y".to_owned()]));
}

async fn parts(fill: impl FnOnce(&mut Multipart)) -> RawResponse {
    let mut form = Multipart::new(&PARTS);
    fill(&mut form);
    let (media, body) = form.finish("multipart/form-data").unwrap();
    post(&media, HttpBody::from_stream(body.into_stream())).await
}

#[tokio::test]
async fn the_server_reads_the_parts_that_the_client_writes() {
    let response = parts(|form| {
        form.value(0, "a\"\nb");
        form.value(1, &json!({"x": 2}));
        form.value(2, &[1, 2, 3]);
        form.file(3, File::new("ä\".png", Bytes::from_static(b"\x89PNG\r\n--")).with_content_type("image/png"));
        form.rest(&BTreeMap::from([("more".to_owned(), json!({"deep": [1]})), ("flag".to_owned(), json!(true))]));
    })
    .await;
    let expected = json!([
        "a\"\nb", {"x": 2.0}, [1, 2, 3], ["ä\".png", "image/png", 8], null,
        {"more": {"deep": [1]}, "flag": true},
    ]);
    assert_eq!(response.status, 200, "{}", response.text);
    assert_eq!(response.json(), expected);
}

#[tokio::test]
async fn parts_are_validated_by_name() {
    let full = |form: &mut Multipart| {
        form.value(1, &json!({"x": 2}));
        form.value(2, &[1]);
        form.file(3, File::new("a", "x"));
    };
    for (title, pointer) in [(None, "/body/title"), (Some("longer"), "/body/title")] {
        let response = parts(|form| {
            form.value(0, &title);
            full(form);
        })
        .await;
        assert_eq!((response.status, response.pointers()), (422, vec![pointer.to_owned()]), "{}", response.text);
    }
    let response = parts(|form| {
        form.value(0, "a");
        full(form);
        form.file(3, File::new("b", "y"));
    })
    .await;
    assert_eq!((response.status, response.pointers()), (422, vec!["/body/avatar".to_owned()]), "{}", response.text);
    let response = parts(|form| form.rest(&(0..300).map(|n| (n.to_string(), n)).collect())).await;
    assert_eq!(response.status, 413, "{}", response.text);
    let large = parts(|form| form.file(3, File::new("a", vec![0; 3 << 20]))).await;
    assert_eq!(large.status, 413, "{}", large.text);
}

#[tokio::test]
async fn a_stream_has_its_own_limit() {
    let chunks = futures::stream::repeat(Bytes::from(vec![0; 1 << 16])).take(64).map(Ok::<_, std::io::Error>);
    let response = post("application/octet-stream", HttpBody::from_stream(chunks)).await;
    assert_eq!(response.json(), json!({"Ok": 4 << 20}));
    let limited = single(&UPLOAD, upload).layer(rt::Extension(rt::Limits { stream: 10, ..rt::Limits::default() }));
    let chunks = futures::stream::repeat(Bytes::from_static(b"0123456")).take(2).map(Ok::<_, std::io::Error>);
    let request = request("POST", "/upload").header("content-type", "application/octet-stream");
    let response = call(limited, request.body(HttpBody::from_stream(chunks)).unwrap()).await;
    assert!(response.json()["Err"].as_str().unwrap().contains("10 bytes"), "{}", response.text);
}

enum Watched {
    Events,
    Lines,
    Text,
    Bytes,
}

impl rt::IntoOperationResponse for Watched {
    fn into_operation_response(self) -> rt::OperationResponse {
        match self {
            Self::Events => {
                let items = futures::stream::iter([1, 2]).map(|n| Ok(Event::from(n)));
                rt::OperationResponse::events(200, "text/event-stream", Events::new(items))
            }
            Self::Lines => {
                let items = futures::stream::iter([json!({"a": 1}), json!(2)]).map(Ok);
                rt::OperationResponse::lines(200, "application/jsonl", Lines::new(items))
            }
            Self::Text => rt::OperationResponse::text(200, "text/*", &7),
            Self::Bytes => rt::OperationResponse::body(200, "image/png", "png"),
        }
    }
}

fn watch(_: Arc<()>, request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        let kind = match request.context().header("x-kind") {
            Some("events") => Watched::Events,
            Some("lines") => Watched::Lines,
            Some("text") => Watched::Text,
            _ => Watched::Bytes,
        };
        rt::respond::<_, specwright_runtime::Never>(Ok(kind))
    })
}

#[tokio::test]
async fn responses_are_buffered_or_streamed() {
    static WATCH: Operation = Operation { id: "watch", segments: &[&[]], ..Operation::BASE };
    for (kind, media, text) in [
        ("events", "text/event-stream", "data: 1\n\ndata: 2\n\n"),
        ("lines", "application/jsonl", "{\"a\":1}\n2\n"),
        ("text", "text/plain; charset=utf-8", "7"),
        ("bytes", "image/png", "png"),
    ] {
        let request = request("GET", "/").header("x-kind", kind).body(HttpBody::empty()).unwrap();
        let response = call(single(&WATCH, watch), request).await;
        assert_eq!((response.headers["content-type"].to_str().unwrap(), response.text.as_str()), (media, text));
    }
}

static IMPORT: Operation = Operation {
    id: "import",
    method: "POST",
    segments: &[&[Piece::Literal("import")]],
    body: Some(RequestBody { required: true, media: &["application/jsonl"] }),
    ..Operation::BASE
};

/// Responds with the items and the errors, in their order.
fn import(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        request.admit_anyone()?;
        let small = &rt::Constraints { maximum: Some(rt::Bound::Integer(9)), ..rt::Constraints::NONE };
        let lines: Lines<i64> = request.lines_with(small)?;
        let items: Vec<Result<i64, String>> = lines
            .map(|item| {
                item.map_err(|error| std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default())
            })
            .collect()
            .await;
        Ok(echo(&items))
    })
}

#[tokio::test]
async fn lines_are_validated_one_by_one() {
    let send = async |body: &'static str| {
        let request = request("POST", "/import").header("content-type", "application/jsonl");
        call(single(&IMPORT, import), request.body(HttpBody::from(body)).unwrap()).await.json()
    };
    assert_eq!(send("1\n\n2\n").await, json!([{"Ok": 1}, {"Ok": 2}]));
    let refused = "the request does not conform to the API description; /body/1 must be at most 9";
    assert_eq!(send("1\n10\n2\n").await, json!([{"Ok": 1}, {"Err": refused}, {"Ok": 2}]));
    let unreadable = send("1\n[]\n2\n").await;
    assert_eq!(unreadable[2], json!({"Ok": 2}));
    assert!(unreadable[1]["Err"].as_str().unwrap().contains("expected integer"));
}
