//! Shared code of the tests: servers on loopback, and a listener that records the bytes it
//! receives.

#[rustfmt::skip]
pub mod generated;

pub mod json;
pub mod money;
pub mod responses;
pub mod script;
pub mod scripted;
pub mod tree;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A router whose service may send what the document does not allow.
pub fn unvalidated(router: Router) -> Router {
    #[cfg(feature = "validate")]
    let router = router.layer(axum::Extension(specwright_runtime::validation::OnViolation::Log));
    router
}

/// The SHA-256 of bytes, in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// A server on a loopback port. It ends when the value is dropped.
#[derive(Debug)]
pub struct Served {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Served {
    /// Serves a router.
    ///
    /// # Panics
    ///
    /// If no loopback port is free.
    pub async fn start(router: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
        let address = listener.local_addr().expect("an address");
        let task = tokio::spawn(async move {
            // The task is aborted when the test ends. An earlier error shows as a refused
            // connection.
            let _ = axum::serve(listener, router).await;
        });
        Self { address, task }
    }

    /// Base URL without a trailing slash.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A server that gives every request the same response, and records the requests.
#[derive(Debug)]
pub struct Listener {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Vec<u8>>>>,
    task: JoinHandle<()>,
}

/// A parsed request that a [`Listener`] received.
#[derive(Clone, Debug)]
pub struct Received {
    /// Method and target, such as `GET /a?b=c`.
    pub line: String,
    /// Header lines in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Received {
    /// The value of a header that was sent once.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(header, _)| header == name);
        match (values.next(), values.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }

    /// The body as JSON.
    ///
    /// # Panics
    ///
    /// If it is not JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("a body of JSON")
    }
}

impl Listener {
    /// Responds to every request with these bytes, such as `HTTP/1.1 204 No Content\r\n\r\n`, and
    /// closes the connection.
    ///
    /// # Panics
    ///
    /// If no loopback port is free.
    pub async fn start(response: impl Into<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
        let address = listener.local_addr().expect("an address");
        let received = Arc::new(Mutex::new(Vec::new()));
        let (response, kept) = (response.into(), Arc::clone(&received));
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = read_request(&mut stream).await;
                kept.lock().expect("no test panics while holding it").push(request);
                // The client may have closed the connection.
                let _ = stream.write_all(&response).await;
                let _ = stream.shutdown().await;
            }
        });
        Self { address, received, task }
    }

    /// Base URL without a trailing slash.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `host:port`.
    #[must_use]
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// Everything received so far, as raw bytes, one entry per request.
    ///
    /// # Panics
    ///
    /// If the receiving task panicked.
    #[must_use]
    pub fn raw(&self) -> Vec<Vec<u8>> {
        self.received.lock().expect("no test panics while holding it").clone()
    }

    /// The only request received, parsed.
    ///
    /// # Panics
    ///
    /// If there was not exactly one.
    #[must_use]
    pub fn only(&self) -> Received {
        let raw = self.raw();
        assert_eq!(raw.len(), 1, "exactly one request");
        parse(&raw[0])
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reads the head, and the body up to `content-length` or the last chunk.
async fn read_request(stream: &mut tokio::net::TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return bytes,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
        if is_complete(&bytes) {
            return bytes;
        }
    }
}

fn is_complete(bytes: &[u8]) -> bool {
    let Some(end) = find(bytes, b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let body = &bytes[end + 4..];
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .and_then(|value| value.trim().parse::<usize>().ok());
    match length {
        Some(length) => body.len() >= length,
        None if head.contains("transfer-encoding: chunked") => body.ends_with(b"0\r\n\r\n"),
        None => true,
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn parse(raw: &[u8]) -> Received {
    let end = find(raw, b"\r\n\r\n").expect("a complete head");
    let head = String::from_utf8_lossy(&raw[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let line = lines.next().unwrap_or_default();
    Received {
        line: line.rsplit_once(' ').map_or(line, |(line, _)| line).to_owned(),
        headers: lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect(),
        body: raw[end + 4..].to_vec(),
    }
}
