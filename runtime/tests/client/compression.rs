//! Compressed responses, which the features `gzip`, `brotli` and `zstd` request and unpack.

use specwright_runtime::client::Error;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::api::{Failed, Success, User, builder, get_user, send};

/// Serves one response with a compressed body; returns the URL and what becomes the request.
async fn serve(encoding: &'static str, body: Vec<u8>) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let request = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 4096];
        let length = stream.read(&mut request).await.unwrap();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: {encoding}\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&body).await.unwrap();
        String::from_utf8_lossy(&request[..length]).to_ascii_lowercase()
    });
    (url, request)
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits = |at| u8::from_str_radix(&hexadecimal[at..at + 2], 16).unwrap();
    (0..hexadecimal.len()).step_by(2).map(digits).collect()
}

#[tokio::test]
async fn compressed_responses_are_requested_and_unpacked() {
    for (encoding, name, body) in [
        ("gzip", "gzip", "1f8b0800000000000203ab56ca4c51b232af0500435f071208000000"),
        ("br", "brotli", "8b03807b226964223a377d03"),
        ("zstd", "zstd", "28b52ffd04584100007b226964223a377d93ecb957"),
    ] {
        let (url, request) = serve(encoding, bytes(body)).await;
        let core = builder(&url).build().unwrap();
        let got = send(get_user(&core, "7")).await.unwrap().into_inner();
        assert!(matches!(got, Success::Ok(User { id: 7 })), "{name}");
        let request = request.await.unwrap();
        let accepted = request.lines().find_map(|line| line.strip_prefix("accept-encoding: ")).unwrap();
        assert!(accepted.split(',').any(|one| one.trim() == encoding), "{accepted}");
    }
}

#[tokio::test]
async fn the_limit_of_a_body_is_that_of_what_is_unpacked() {
    let bomb = bytes(BOMB);
    let (url, _request) = serve("gzip", bomb).await;
    let core = builder(&url).max_body(1000).build().unwrap();
    let error: Error<Failed> = send(get_user(&core, "7")).await.unwrap_err();
    assert!(matches!(error, Error::BodyTooLarge(_)), "{error}");
}

/// 200,000 spaces.
const BOMB: &str = concat!(
    "1f8b0800000000000203edc13101000000c2a02aeb9fd20cfe40010000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000af0131616210400d0300",
);
