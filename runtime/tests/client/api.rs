//! A handwritten API in the form of generated code, and scripted servers.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use specwright_runtime::client::{
    Builder, Core, Decoded, Error, FromResponse, RawResponse, RequestBuilder, ResponseValue, Retry,
};
use specwright_runtime::descriptor::{
    Alternative, Operation, Parameter, Piece, RequestBody, Requirement, Scheme, SchemeKind,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

pub static APP_KEY: Scheme = Scheme { name: "appKey", kind: SchemeKind::Header("x-app-key") };
pub static QUERY_KEY: Scheme = Scheme { name: "queryKey", kind: SchemeKind::Query("api_key") };
pub static COOKIE_KEY: Scheme = Scheme { name: "cookieKey", kind: SchemeKind::Cookie("sid") };
pub static BEARER: Scheme = Scheme { name: "bearer", kind: SchemeKind::Bearer };
pub static BASIC: Scheme = Scheme { name: "basic", kind: SchemeKind::Basic };
pub static TOKEN: Scheme = Scheme { name: "token", kind: SchemeKind::Http("Token") };

const fn needs(scheme: &'static Scheme) -> Requirement {
    Requirement { scheme, scopes: &[] }
}

pub static GET_USER: Operation = Operation {
    id: "getUser",
    path: "/users/{user_id}",
    segments: &[&[Piece::Literal("users")], &[Piece::Parameter(0)]],
    parameters: &[
        Parameter { name: "user_id", ..Parameter::PATH },
        Parameter { name: "fields", explode: false, ..Parameter::QUERY },
        Parameter { name: "X-Tenant", ..Parameter::HEADER },
        Parameter { name: "theme", ..Parameter::COOKIE },
    ],
    accept: "application/json, */*;q=0.1",
    idempotent: true,
    ..Operation::BASE
};

pub static SECURED: Operation = Operation {
    id: "secured",
    path: "/secured",
    segments: &[&[Piece::Literal("secured")]],
    security: &[
        Alternative { requirements: &[needs(&APP_KEY), needs(&QUERY_KEY), needs(&COOKIE_KEY)] },
        Alternative { requirements: &[needs(&BEARER)] },
        Alternative { requirements: &[needs(&BASIC)] },
        Alternative { requirements: &[needs(&TOKEN)] },
    ],
    idempotent: true,
    ..Operation::BASE
};

pub static CREATE_USER: Operation = Operation {
    id: "createUser",
    method: "POST",
    path: "/users",
    segments: &[&[Piece::Literal("users")]],
    body: Some(RequestBody { required: true, media: &["application/json", "multipart/form-data", "image/*"] }),
    accept: "application/json, */*;q=0.1",
    ..Operation::BASE
};

pub static WATCH: Operation = Operation {
    id: "watch",
    path: "/watch",
    segments: &[&[Piece::Literal("watch")]],
    accept: "text/event-stream, application/json, */*;q=0.1",
    streams: true,
    idempotent: true,
    ..Operation::BASE
};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct User {
    pub id: u32,
}

#[derive(Debug)]
pub enum Success {
    Ok(User),
    NoContent,
}

#[derive(Debug)]
pub enum Failed {
    NotFound(serde_json::Value),
    Unavailable,
    Default(specwright_runtime::StatusCode),
}

impl FromResponse for Success {
    fn from_response(response: &mut RawResponse) -> Decoded<Self> {
        match response.status() {
            200 => response.json(Self::Ok),
            204 => response.empty(Self::NoContent),
            _ => Decoded::Undocumented,
        }
    }
}

impl FromResponse for Failed {
    fn from_response(response: &mut RawResponse) -> Decoded<Self> {
        let status = response.status_code();
        match response.status() {
            404 => response.json(Self::NotFound),
            503 => response.empty(Self::Unavailable),
            400..=499 => response.empty(Self::Default(status)),
            _ => Decoded::Undocumented,
        }
    }
}

pub type Outcome = Result<ResponseValue<Success>, Error<Failed>>;

pub async fn send(call: RequestBuilder) -> Outcome {
    call.send().await
}

pub fn get_user(core: &Core, id: &str) -> RequestBuilder {
    let mut call = core.call(&GET_USER);
    call.parameter(0, id);
    call
}

/// A client with short retry pauses.
pub fn builder(base_url: &str) -> Builder {
    let pause = Duration::from_millis(1);
    Builder::new(base_url).retry(Retry::standard().pauses(pause, pause)).timeout(Duration::from_secs(20))
}

/// How a server handles one connection.
#[derive(Clone)]
pub enum Act {
    /// Writes these bytes and closes the connection.
    Say(String),
    /// Closes the connection without a response.
    HangUp,
    /// Stays silent as long as the client listens.
    Sulk,
}

pub fn response(status: &str, head: &str, body: &str) -> Act {
    Act::Say(format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{head}\r\n{body}", body.len()))
}

pub fn json(status: &str, body: &str) -> Act {
    response(status, "content-type: application/json\r\n", body)
}

/// A server that handles connections as scripted and records the raw requests.
pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server. It repeats the last act.
    pub async fn start(acts: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        let mut acts: VecDeque<_> = acts.into_iter().collect();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let act = if acts.len() > 1 { acts.pop_front().unwrap() } else { acts[0].clone() };
                tokio::spawn(play(stream, act, Arc::clone(&seen)));
            }
        });
        Self { url, requests }
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn play(mut stream: TcpStream, act: Act, seen: Arc<Mutex<Vec<String>>>) {
    let request = read_request(&mut stream).await;
    seen.lock().unwrap().push(request);
    match act {
        Act::Say(text) => {
            let _ = stream.write_all(text.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
        Act::HangUp => {}
        Act::Sulk => {
            let _ = stream.read(&mut [0; 1]).await;
        }
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&all);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let lower = head.to_ascii_lowercase();
            let length = lower.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            let whole = if lower.contains("transfer-encoding: chunked") {
                body.ends_with("0\r\n\r\n")
            } else {
                body.len() >= length.unwrap_or(0)
            };
            if whole {
                return text.into_owned();
            }
        }
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return String::from_utf8_lossy(&all).into_owned(),
            Ok(count) => all.extend_from_slice(&chunk[..count]),
        }
    }
}
