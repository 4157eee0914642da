//! Bodies that are not JSON: bytes, text, XML.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::{StreamExt as _, stream};
use specwright_runtime::server::{Context, Extension, Failure, Limits};
use specwright_runtime::{Body, ByteStream, Bytes, StreamError};
use tests::Served;
use tests::generated::raw_bodies::{Client, operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::RawBodies for Echo {
    async fn put_blob(
        &self,
        input: s::PutBlobInput,
        _: Context,
    ) -> Result<o::PutBlobSuccess, Failure<o::PutBlobError>> {
        Ok(o::PutBlobSuccess::Ok(input.body.into_stream()))
    }

    async fn put_text(
        &self,
        input: s::PutTextInput,
        _: Context,
    ) -> Result<o::PutTextSuccess, Failure<o::PutTextError>> {
        Ok(o::PutTextSuccess::Ok(input.body))
    }

    async fn put_xml(&self, input: s::PutXmlInput, _: Context) -> Result<o::PutXmlSuccess, Failure<o::PutXmlError>> {
        let body = input.body.collect(1 << 10).await.map_err(Failure::internal)?;
        Ok(o::PutXmlSuccess::Ok(body))
    }
}

const CHUNK: usize = 1 << 16;
const CHUNKS: u64 = 256;

#[tokio::test]
async fn a_large_body_streams_in_both_directions_without_buffering() {
    let served = Served::start(s::router(Echo)).await;
    let client = Client::builder(served.url()).build().unwrap();
    let made = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&made);
    let chunks = stream::iter(0..CHUNKS).map(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        Ok::<_, StreamError>(Bytes::from(vec![7; CHUNK]))
    });
    let response = client.put_blob(Body::from_stream(ByteStream::new(chunks))).await.unwrap();
    let mut stream = response.into_body();
    assert!(made.load(Ordering::Relaxed) < CHUNKS, "the response begins before the request has ended");
    let mut length = 0;
    while let Some(chunk) = stream.next().await {
        length += chunk.unwrap().len() as u64;
    }
    assert_eq!(length, CHUNKS * CHUNK as u64);
}

#[tokio::test]
async fn a_stream_beyond_its_limit_is_an_error() {
    let limits = Limits { stream: 10, ..Limits::default() };
    let router = s::router(Echo).layer(Extension(limits));
    let response = raw_request::body(router, "PUT", "/blob", "application/octet-stream", vec![0; 11]).await;
    assert_eq!(response.status, 413);
}

#[tokio::test]
async fn text_is_text_and_is_validated() {
    let (client, sent) = connect!(raw_bodies, Echo);
    let response = client.put_text("grüezi").await.unwrap().into_body();
    assert_eq!(response, "grüezi");
    assert_eq!(sent.requests()[0].body, "grüezi");
    assert!(sent.requests()[0].header("content-type").unwrap().starts_with("text/plain"));
    let response = raw_request::body(s::router(Echo), "PUT", "/text", "text/plain", "nine char").await;
    assert_eq!(response.violations(), (422, vec!["/body".to_owned()]));
    let response = raw_request::body(s::router(Echo), "PUT", "/text", "text/plain", vec![0xff]).await;
    assert_eq!(response.status, 400);
}

#[tokio::test]
async fn xml_is_sent_as_bytes() {
    let (client, sent) = connect!(raw_bodies, Echo);
    let xml = "<p:pet xmlns:p=\"https://example.com/pets\" id=\"1\"/>";
    let response = client.put_xml(xml).await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/xml");
    assert_eq!(response.into_body(), xml);
    assert_eq!(sent.requests()[0].header("content-type"), Some("application/xml"));
    let response = raw_request::body(s::router(Echo), "PUT", "/xml", "application/json", "{}").await;
    assert_eq!(response.status, 415);
}
