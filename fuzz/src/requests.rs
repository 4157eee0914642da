//! Reads bytes as a request to a server, and as the response to a client. No input causes a panic
//! or an internal error.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use axum::Router;
use futures::{StreamExt as _, executor, stream};
use serde::Deserialize;
use serde_json::Value;
use specwright_runtime::descriptor::{
    Alternative, FormField, Location, MultipartField, Operation, Parameter, PartContent, Piece, RequestBody, Requirement, Scheme,
    SchemeKind, Style,
};
use specwright_runtime::server as rt;
use specwright_runtime::{ByteStream, Bytes, Events, File, Lines, MaybeAbsent, StatusCode, StreamError};
use tower_service::Service as _;

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "the test is about deserialization")]
struct Thing {
    id: Option<u8>,
    name: Option<String>,
    tags: Option<Vec<String>>,
    deep: Option<BTreeMap<String, BTreeMap<String, f32>>>,
    next: Option<Box<Thing>>,
    #[serde(default)]
    gone: MaybeAbsent<bool>,
}

impl rt::Validate for Thing {}

static KEY: Scheme = Scheme { name: "key", kind: SchemeKind::Cookie("sid") };
static LOGIN: Scheme = Scheme { name: "login", kind: SchemeKind::Basic };
static PARTS: [MultipartField; 4] = [
    MultipartField { name: "id", ..MultipartField::TEXT },
    MultipartField { name: "deep", content: PartContent::Json, ..MultipartField::TEXT },
    MultipartField { name: "tags", repeated: true, ..MultipartField::TEXT },
    MultipartField { name: "file", content: PartContent::File, content_type: Some("image/*"), ..MultipartField::TEXT },
];
static FIELDS: [FormField; 2] = [
    FormField { name: "deep", style: Style::DeepObject, ..FormField::DEFAULT },
    FormField { name: "tags", style: Style::PipeDelimited, explode: false, ..FormField::DEFAULT },
];

const fn in_query(name: &'static str, style: Style, explode: bool) -> Parameter {
    Parameter { name, style, explode, ..Parameter::QUERY }
}

static THING: Operation = Operation {
    id: "thing",
    method: "POST",
    path: "/things/{id}.{format}",
    segments: &[&[Piece::Literal("things")], &[Piece::Parameter(0), Piece::Literal("."), Piece::Parameter(1)]],
    parameters: &[
        Parameter { name: "id", style: Style::Matrix, explode: true, ..Parameter::PATH },
        Parameter { name: "format", style: Style::Label, ..Parameter::PATH },
        in_query("a", Style::Form, true),
        in_query("b", Style::Form, false),
        in_query("c", Style::SpaceDelimited, false),
        in_query("d", Style::PipeDelimited, false),
        in_query("e", Style::DeepObject, true),
        Parameter { name: "f", json: true, ..Parameter::QUERY },
        Parameter { name: "x-g", explode: true, ..Parameter::HEADER },
        Parameter { name: "h", ..Parameter::COOKIE },
        Parameter { name: "q", location: Location::QueryString, ..Parameter::QUERY },
    ],
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
    security: &[
        Alternative { requirements: &[Requirement { scheme: &KEY, scopes: &[] }] },
        Alternative { requirements: &[Requirement { scheme: &LOGIN, scopes: &[] }] },
        Alternative { requirements: &[] },
    ],
    ..Operation::BASE
};

static ROUTER: LazyLock<Router> =
    LazyLock::new(|| rt::router((), |(), rejection| rejection.into_response(), vec![rt::route(&THING, thing)]));

fn thing(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        request.admit_anyone()?;
        let parameters = (2..=10).map(|index| {
            let thing = request.optional::<Thing>(index).is_ok();
            let list = request.optional::<Vec<u16>>(index).is_ok();
            let map = request.optional::<BTreeMap<String, String>>(index).is_ok();
            thing || list || map || request.optional::<Value>(index).is_ok()
        });
        let _ = parameters.filter(|read| *read).count();
        request
            .required::<BTreeMap<String, i64>>(0)
            .or_else(|_| request.required(0).map(|id: i64| BTreeMap::from([(String::new(), id)])))?;
        request.required::<String>(1)?;
        match request.optional_media() {
            None => {}
            Some(0) => drop(request.json::<Thing>().await?),
            Some(1) => drop(request.form::<Thing>(&FIELDS).await?),
            Some(2) => request.multipart(&PARTS, parts).await?,
            Some(3) => drop(request.text::<String>().await?),
            Some(_) => drop(request.body()?.collect(1 << 20).await),
        }
        Ok(rt::Response::default())
    })
}

fn parts(form: &mut rt::Form) -> Result<(), rt::Rejection> {
    let _: Option<u8> = form.value(0)?;
    let _: Option<Value> = form.value(1)?;
    let _: Vec<String> = form.value(2)?;
    let _: Option<File> = form.file(3)?;
    let _: BTreeMap<String, Value> = form.rest()?;
    Ok(())
}

/// Reads bytes as each kind of input from the network.
///
/// # Panics
/// If the server responds with 500. The fuzzer looks for such input.
pub fn read(bytes: &[u8]) {
    if let Some(request) = request(bytes) {
        let response = executor::block_on(ROUTER.clone().call(request)).unwrap_or_else(|never| match never {});
        assert_ne!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
    drain(Events::<Value>::read(chunks_of(bytes)));
    drain(Events::<String>::read(chunks_of(bytes)));
    drain(Lines::<Thing>::read(chunks_of(bytes)));
}

/// Reads bytes as a form of either kind, in chunks of every size.
///
/// # Panics
/// If the response depends on the chunks, or is 500.
pub fn form(bytes: &[u8]) {
    for media in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let whole = send_form(media, bytes, bytes.len().max(1));
        assert_ne!(whole.0, StatusCode::INTERNAL_SERVER_ERROR);
        for size in [1, 7] {
            assert_eq!(send_form(media, bytes, size), whole, "{media} in chunks of {size}");
        }
    }
}

/// The status and body of the response to a form that arrives in chunks.
fn send_form(media: &str, bytes: &[u8], size: usize) -> (StatusCode, Bytes) {
    let chunks: Vec<Result<Bytes, std::io::Error>> =
        bytes.chunks(size).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
    let request = http::Request::post("/things/;id=7..json").header("content-type", media);
    let request = request.body(axum::body::Body::from_stream(stream::iter(chunks))).expect("a request");
    let response = executor::block_on(ROUTER.clone().call(request)).unwrap_or_else(|never| match never {});
    let status = response.status();
    (status, executor::block_on(axum::body::to_bytes(response.into_body(), 1 << 20)).expect("a body"))
}

/// Parses a request: the target, lines of headers, an empty line and the body.
fn request(bytes: &[u8]) -> Option<http::Request<axum::body::Body>> {
    let (head, body) = match bytes.windows(2).position(|pair| pair == b"\n\n") {
        Some(at) => (&bytes[..at], &bytes[at + 2..]),
        None => (bytes, &[][..]),
    };
    let mut lines = head.split(|byte| *byte == b'\n');
    let mut request = http::Request::post(lines.next()?);
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':')?;
        request = request.header(&line[..colon], &line[colon + 1..]);
    }
    request.body(axum::body::Body::from(body.to_vec())).ok()
}

/// The bytes in chunks. Their length is the first byte.
fn chunks_of(bytes: &[u8]) -> ByteStream {
    let length = bytes.first().map_or(1, |first| usize::from(*first).max(1));
    let chunks: Vec<Result<Bytes, StreamError>> =
        bytes.chunks(length).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
    ByteStream::new(stream::iter(chunks))
}

fn drain<T>(items: impl futures::Stream<Item = Result<T, StreamError>>) {
    let _ = executor::block_on(items.count());
}
