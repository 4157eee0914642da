//! Files of forms that the server reads as they arrive.

use std::time::Duration;

use axum::Router;
use axum::body::Body as AxumBody;
use axum::http::Request;
use futures::{StreamExt as _, stream};
use serde_json::json;
use specwright_runtime::client::InProcess;
use specwright_runtime::server::{Context, Extension, Failure, Limits};
use specwright_runtime::{Body, ByteStream, Bytes, File};
use tests::generated::streamed_files::types::{AddPhotosRequest, AddPhotosRequestRequired};
use tests::generated::streamed_files::{Client, operations as o, server as s};

use crate::raw_request::{self, RouterResponse};

/// Responds with the album, and with the name, size and media type of each file.
struct Album {
    /// Whether files are skipped instead of being read.
    skips: bool,
}

impl s::StreamedFiles for Album {
    async fn add_photos(
        &self,
        input: s::AddPhotosInput,
        _: Context,
    ) -> Result<o::AddPhotosSuccess, Failure<o::AddPhotosError>> {
        let s::AddPhotosForm { album, tags, mut files } = input.body;
        let mut seen = vec![format!("{album} {}", tags.unwrap_or_default().join("+"))];
        while let Some(part) = files.next().await.map_err(Failure::internal)? {
            if self.skips {
                continue;
            }
            let (name, media, body) = part.file.into_parts();
            let (mut content, mut size) = (body.into_stream(), 0);
            while let Some(chunk) = content.next().await {
                size += chunk.map_err(Failure::internal)?.len();
            }
            seen.push(format!("{} {} {size} {}", part.name, name.unwrap_or_default(), media.unwrap_or_default()));
        }
        Ok(o::AddPhotosSuccess::Ok(seen))
    }

    async fn add_note(
        &self,
        input: s::AddNoteInput,
        _: Context,
    ) -> Result<o::AddNoteSuccess, Failure<o::AddNoteError>> {
        let Some(s::AddNoteBody::Multipart(mut form)) = input.body else { return Ok(o::AddNoteSuccess::NoContent) };
        // The text field `files` keeps its name.
        assert_eq!(form.files.as_deref(), Some("text"));
        while form.files2.next().await.map_err(Failure::internal)?.is_some() {}
        Ok(o::AddNoteSuccess::NoContent)
    }
}

fn router(skips: bool) -> Router {
    s::router(Album { skips })
}

fn part(head: &str, content: &str) -> String {
    format!("--x\r\ncontent-disposition: form-data; {head}\r\n\r\n{content}\r\n")
}

async fn send(router: Router, body: impl Into<AxumBody>) -> RouterResponse {
    raw_request::body(router, "POST", "/photos", "multipart/form-data; boundary=x", body).await
}

fn form(parts: &[String]) -> String {
    format!("{}--x--\r\n", parts.concat())
}

fn album() -> String {
    part("name=album", "sea")
}

fn cover() -> String {
    part("name=cover; filename=c", "123")
}

#[tokio::test]
async fn a_client_sends_files_last_and_the_server_reads_them_one_by_one() {
    let client = Client::builder("http://a.example").transport(InProcess::new(router(false))).build().unwrap();
    let chunks = stream::iter((0..64).map(|_| Ok(Bytes::from(vec![b'\r'; 1 << 16]))));
    let cover = File::new("c.png", Body::from_stream(ByteStream::new(chunks))).with_content_type("image/png");
    let body = AddPhotosRequest::new(AddPhotosRequestRequired { cover, album: "sea".to_owned() })
        .photos([File::new("1", Body::from("one")), File::new("2", Body::from(""))])
        .tags(["a", "b"]);
    let seen = client.add_photos(body).await.unwrap().into_body();
    assert_eq!(
        seen,
        [
            "sea a+b",
            "cover c.png 4194304 image/png",
            "photos 1 3 application/octet-stream",
            "photos 2 0 application/octet-stream"
        ]
    );
}

#[tokio::test]
async fn fields_are_validated_before_the_method_and_files_when_they_arrive() {
    let empty = || part("name=photos; filename=\"\"", "");
    for (parts, expected) in [
        (vec![album(), cover(), empty()], (200, vec![])),
        (vec![part("name=album", "s"), cover()], (422, vec!["/body/album"])),
        (vec![cover(), album()], (422, vec!["/body/album"])),
        (vec![album(), cover(), part("name=tags", "a")], (422, vec!["/body/tags"])),
        (vec![album(), cover(), cover()], (422, vec!["/body/cover"])),
        (vec![album()], (422, vec!["/body/cover"])),
        (vec![album(), part("name=cover; filename=\"\"", "")], (422, vec!["/body/cover"])),
        (vec![album(), part("filename=other", "?"), part("name=other", "?"), cover()], (200, vec![])),
        (vec![], (422, vec!["/body/album"])),
    ] {
        for skips in [false, true] {
            let response = send(router(skips), form(&parts)).await;
            let expected = (expected.0, expected.1.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
            let found = if response.status == 200 { (200, Vec::new()) } else { response.violations() };
            assert_eq!(found, expected, "{parts:?}");
        }
    }
    let late = send(router(false), form(&[album(), cover(), part("name=tags", "a")])).await.json();
    assert_eq!(
        (&late["errors"][0]["kind"], &late["errors"][0]["detail"]),
        (&json!("order"), &json!("must come before the files"))
    );
    let broken_off = send(router(false), album() + &cover()).await;
    assert_eq!(broken_off.status, 400, "{}", broken_off.json());
}

#[tokio::test]
async fn the_number_of_files_of_a_field_is_validated() {
    let pages = |count: usize| std::iter::repeat_n(part("name=pages; filename=p", "1"), count);
    let none = || part("name=pages; filename=\"\"", "");
    let few = Some(("minItems", "must have at least 2 items"));
    let many = Some(("maxItems", "must have at most 3 items"));
    for (sent, expected) in [
        (vec![], None),
        (vec![none()], few),
        (pages(1).collect(), few),
        (pages(2).collect(), None),
        (pages(3).collect(), None),
        (pages(4).collect(), many),
    ] {
        let count = sent.len();
        for skips in [false, true] {
            let response = send(router(skips), form(&[vec![album(), cover()], sent.clone()].concat())).await;
            let Some((kind, detail)) = expected else {
                assert_eq!(response.status, 200, "{count} pages");
                continue;
            };
            let body = response.json();
            let error = &body["errors"][0];
            let found = (&error["pointer"], &error["kind"], &error["detail"]);
            assert_eq!(
                (response.status, found),
                (422, (&json!("/body/pages"), &json!(kind), &json!(detail))),
                "{count}"
            );
        }
    }
}

#[tokio::test]
async fn only_files_may_be_larger_than_a_buffered_body() {
    let limits = Limits { body: 4096, stream: 1 << 20, parts: 4, ..Limits::default() };
    let limited = |skips| router(skips).layer(Extension(limits));
    let text = |length: usize| "a".repeat(length);
    let large = || part("name=cover; filename=c", &text(500_000));
    for (parts, expected) in [
        (vec![album(), large()], 200),
        (vec![album(), part("name=cover; filename=c", &text(2 << 20))], 413),
        (vec![part("name=album", &text(5_000)), cover()], 413),
        (vec![album(), part("name=other", &text(5_000)), cover()], 413),
        (vec![album(), part("filename=unnamed", &text(5_000)), cover()], 413),
        (
            vec![album(), cover(), part("filename=a", &text(5_000)), part("name=photos; filename=p", &text(500_000))],
            200,
        ),
        (vec![album(), part(&format!("name=cover; filename={}", text(100_000)), "")], 413),
        (vec![album(), cover(), large()], 422),
        (
            vec![album(), large(), part("name=photos; filename=a", "1"), part("name=photos; filename=a", "1"), album()],
            413,
        ),
    ] {
        for skips in [false, true] {
            assert_eq!(send(limited(skips), form(&parts)).await.status, expected, "{} parts", parts.len());
        }
    }
}

#[tokio::test]
async fn a_body_without_an_end_is_not_kept_in_memory() {
    // A source that never ends, and is always ready.
    let head = Bytes::from(album() + "--x\r\ncontent-disposition: form-data; name=cover; filename=c\r\n\r\n");
    let endless = stream::iter([head]).chain(stream::repeat(Bytes::from(vec![0; 1 << 16])));
    let body = AxumBody::from_stream(endless.map(Ok::<_, std::convert::Infallible>));
    let limits = Limits { stream: 64 << 20, ..Limits::default() };
    assert_eq!(send(router(false).layer(Extension(limits)), body).await.status, 413);
    // Headers of a part without an end count as fields.
    let endless =
        stream::iter([Bytes::from(album() + "--x\r\nx-a: ")]).chain(stream::repeat(Bytes::from(vec![b'a'; 4096])));
    let body = AxumBody::from_stream(endless.map(Ok::<_, std::convert::Infallible>));
    assert_eq!(send(router(false), body).await.status, 413);
}

#[tokio::test]
async fn a_slow_file_is_refused() {
    let head = album() + "--x\r\ncontent-disposition: form-data; name=cover; filename=c\r\n\r\nabc";
    let never = stream::iter([Ok::<_, std::convert::Infallible>(Bytes::from(head))]).chain(stream::pending());
    let limits = Limits { read_timeout: Duration::from_millis(50), ..Limits::default() };
    assert_eq!(send(router(false).layer(Extension(limits)), AxumBody::from_stream(never)).await.status, 408);
}

#[tokio::test]
async fn a_form_beside_json_keeps_other_fields_before_its_files() {
    let send = |parts: Vec<String>| async move {
        let request = Request::builder().method("POST").uri("/notes");
        let request = request.header("content-type", "multipart/form-data; boundary=x");
        raw_request::send(router(false), request.body(form(&parts).into()).unwrap()).await
    };
    let (text, scan, more) = (part("name=files", "text"), part("name=scan; filename=s", "1"), part("name=more", "7"));
    assert_eq!(send(vec![text.clone(), more.clone(), scan.clone()]).await.status, 204);
    let late = send(vec![text, scan, more]).await;
    assert_eq!(late.violations(), (422, vec!["/body/more".to_owned()]));
    let json = raw_request::json(router(false), "POST", "/notes", &json!({"text": "a"})).await;
    assert_eq!(json.status, 204);
}
