//! Behaviour over real connections: withheld bodies, `100 Continue`, early responses.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::service::users;

async fn connect() -> TcpStream {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, users()).await });
    TcpStream::connect(address).await.unwrap()
}

/// Reads until `end` is received or the connection is silent.
async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = tokio::time::timeout(std::time::Duration::from_secs(10), stream.read(&mut buffer)).await;
        let count = read.expect("no response").unwrap_or(0);
        text.extend_from_slice(&buffer[..count]);
        let seen = String::from_utf8_lossy(&text);
        if count == 0 || seen.contains(end) {
            return seen.into_owned();
        }
    }
}

#[tokio::test]
async fn a_withheld_body_is_not_waited_for() {
    let mut stream = connect().await;
    let head =
        "PATCH /apps/a/users/b HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let response = read_until(&mut stream, "\r\n\r\n").await;
    assert!(response.starts_with("HTTP/1.1 401 "), "{response}");
}

#[tokio::test]
async fn continue_is_sent_only_if_everything_before_the_body_is_valid() {
    let head = |token: &str| {
        format!(
            "PATCH /apps/a/users/quiet HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: 24\r\nExpect: 100-continue\r\n\r\n"
        )
    };
    let mut stream = connect().await;
    stream.write_all(head("good").as_bytes()).await.unwrap();
    let response = read_until(&mut stream, "\r\n\r\n").await;
    assert!(response.starts_with("HTTP/1.1 100 "), "{response}");
    stream.write_all(br#"{"patch":{"name":"joe"}}"#).await.unwrap();
    let response = read_until(&mut stream, "\r\n\r\n").await;
    assert!(response.starts_with("HTTP/1.1 204 "), "{response}");

    let mut stream = connect().await;
    stream.write_all(head("bad").as_bytes()).await.unwrap();
    let response = read_until(&mut stream, "\r\n\r\n").await;
    assert!(response.starts_with("HTTP/1.1 401 "), "{response}");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_refused() {
    let mut stream = connect().await;
    let head = "PATCH /apps/a/users/b HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\n\
                Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"patch\"";
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let response = read_until(&mut stream, "\r\n\r\n").await;
    assert!(response.is_empty() || response.starts_with("HTTP/1.1 400 "), "{response}");
}
