//! Bodies from files, and the progress of uploads and downloads.

use std::sync::{Arc, Mutex};

use specwright_runtime::client::{Builder, MockResponse, Recorder};
use specwright_runtime::{Body, ByteStream, Bytes, File};

use crate::api::{CREATE_USER, builder, send};

/// A file of the disk, removed at the end.
struct OnDisk(std::path::PathBuf);

impl OnDisk {
    fn new(name: &str, content: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("specwright-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for OnDisk {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[tokio::test]
async fn a_file_has_its_name_length_and_media_type_and_is_read_for_each_attempt() {
    let content = "a".repeat(200_000);
    let disk = OnDisk::new("a.png", content.as_bytes());
    let file = File::open(&disk.0).await.unwrap();
    assert_eq!(file.content_type(), Some("image/png"));
    assert!(file.name().unwrap().ends_with("-a.png"));
    assert_eq!((file.body().length(), file.body().can_repeat()), (Some(200_000), true));
    let server = crate::api::Server::start([
        crate::api::response("503 Service Unavailable", "", ""),
        crate::api::json("200 OK", "{\"id\":1}"),
    ])
    .await;
    let mut call = builder(&server.url).build().unwrap().call(&CREATE_USER);
    call.body_as(2, "image/png", file.into_body());
    call.with(specwright_runtime::client::RequestOptions::new().repeatable());
    send(call).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|request| request.contains("content-length: 200000") && request.ends_with("aaa")));
}

#[tokio::test]
async fn what_is_no_file_or_changes_is_an_error() {
    assert!(File::open("/nowhere/at/all").await.is_err());
    assert!(Body::open(std::env::temp_dir()).await.is_err());
    let disk = OnDisk::new("changes", b"abc");
    for content in ["ab", "abcd", ""] {
        let body = Body::open(&disk.0).await.unwrap();
        std::fs::write(&disk.0, content).unwrap();
        assert!(body.collect(99).await.is_err(), "{content}");
        std::fs::write(&disk.0, "abc").unwrap();
    }
    let open = tokio::fs::File::open(&disk.0).await.unwrap();
    let body = Body::from(open);
    assert_eq!((body.length(), body.can_repeat()), (None, false));
    assert_eq!(body.collect(99).await.unwrap(), "abc");
    let open = tokio::fs::File::open(&disk.0).await.unwrap();
    assert_eq!(File::from(open).into_body().collect(99).await.unwrap(), "abc");
}

#[tokio::test]
async fn progress_is_reported_for_each_attempt() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let body = Body::from(vec![0; 100_000]).with_progress(move |done, length| log.lock().unwrap().push((done, length)));
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::json(200, "{\"id\":1}"));
    let core = Builder::new("https://a.example").transport(recorder.clone()).build().unwrap();
    let mut call = core.call(&CREATE_USER);
    call.body_as(2, "image/png", body.clone());
    send(call).await.unwrap();
    let expected = [(65_536, Some(100_000)), (100_000, Some(100_000))];
    assert_eq!(*seen.lock().unwrap(), expected);
    assert_eq!(recorder.requests()[0].body.len(), 100_000);
    body.collect(100_000).await.unwrap();
    assert_eq!(seen.lock().unwrap()[2..], expected);

    let log = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&log);
    let chunks = futures::stream::iter(["ab", "c"].map(|text| Ok(Bytes::from(text))));
    let stream = ByteStream::new(chunks).with_progress(move |done, length| seen.lock().unwrap().push((done, length)));
    assert_eq!(stream.collect(9).await.unwrap(), "abc");
    assert_eq!(*log.lock().unwrap(), [(2, None), (3, None)]);
}
