//! A service whose responses violate its document on request, and a client for it.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use http::HeaderMap;
use specwright_mock::web::serve::serve;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

pub const USERS: &str = r"
openapi: 3.0.3
info: {title: Users, version: '1'}
servers: [{url: 'https://api.example.com/v1'}]
security: [{key: []}]
paths:
  /users:
    get:
      operationId: listUsers
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 100}}
        - {name: sort, in: query, schema: {type: string, enum: [name, age]}}
      responses:
        '200':
          description: users
          headers: {x-total: {required: true, schema: {type: integer}}}
          content:
            application/json:
              schema: {type: array, maxItems: 4, items: {$ref: '#/components/schemas/User'}}
    post:
      operationId: addUser
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}
      responses:
        '202': {description: accepted}
        '201': {description: the user, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}
  /users/{id}:
    get:
      operationId: getUser
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        '200': {description: a user, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}
  /events:
    get:
      operationId: watch
      responses:
        '200':
          description: events
          content: {text/event-stream: {schema: {$ref: '#/components/schemas/User'}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: x-api-key}}
  schemas:
    User:
      type: object
      required: [id, name]
      additionalProperties: false
      properties:
        id: {type: integer, minimum: 1}
        name: {type: string, maxLength: 8}
        plan: {type: string, enum: [free, pro]}
        since: {type: string, format: date}
        country: {type: string, pattern: '^[A-Z]{2}$'}
        tags: {type: array, minItems: 1, uniqueItems: true, items: {type: string}}
        password: {type: string, writeOnly: true}
";

/// A user that is valid.
pub const USER: &str = r#"{"id":1,"name":"Jane","plan":"pro","since":"2026-01-31","country":"DE","tags":["a"]}"#;

/// A service that listens until it is dropped.
pub struct Service {
    pub url: String,
    _stop: oneshot::Sender<()>,
}

/// Serves a router on a free port.
pub async fn listen(router: Router) -> Service {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel();
    tokio::spawn(serve(listener, router, std::time::Duration::from_secs(5), stopped));
    Service { url, _stop: stop }
}

/// The service: it responds with what the headers of the request say, and else as documented.
pub async fn service() -> Service {
    listen(Router::new().fallback(respond)).await
}

async fn respond(request: Request) -> Response {
    let (parts, body) = request.into_parts();
    // A real service reads what it is sent.
    let _ = axum::body::to_bytes(body, 1 << 24).await;
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let is_list = parts.method == "GET" && parts.uri.path() == "/v1/users";
    let usual = if is_list { format!("[{USER}]") } else { USER.to_owned() };
    let usual_status = if parts.method == "POST" { 201 } else { 200 };
    let status: u16 = text("want-status").and_then(|status| status.parse().ok()).unwrap_or(usual_status);
    let mut response = Response::builder().status(status).header("connection", "x-hop").header("x-hop", "1");
    let media = text("want-media").unwrap_or_else(|| "application/json".to_owned());
    if media != "none" {
        response = response.header("content-type", media);
    }
    let total = text("want-total").unwrap_or_else(|| "1".to_owned());
    if total != "none" {
        response = response.header("x-total", total);
    }
    response.body(Body::from(text("want-body").unwrap_or(usual))).unwrap()
}

/// What was received.
#[derive(Debug)]
pub struct Received {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// Sends a request with `Connection: close`, and receives the whole response.
pub async fn send(url: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Received {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    if !body.is_empty() || method == "POST" {
        head.extend(["content-length: ", &body.len().to_string(), "\r\n"]);
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Received { status, head: head.to_owned(), body: body.to_owned() }
}

/// The headers of a request that is valid.
pub const KEY: (&str, &str) = ("x-api-key", "sk_secret_4eC39HqL");

/// An event stream whose second event is sent once `go` is used.
pub fn events(go: oneshot::Receiver<()>, end: &'static str) -> Router {
    let (sender, receiver) = tokio::sync::mpsc::channel::<Result<Bytes, std::io::Error>>(2);
    tokio::spawn(async move {
        let _ = sender.send(Ok(Bytes::from(format!("data: {USER}\n\n")))).await;
        let _ = go.await;
        let _ = sender.send(Ok(Bytes::from_static(end.as_bytes()))).await;
    });
    let receiver = std::sync::Arc::new(std::sync::Mutex::new(Some(receiver)));
    Router::new().fallback(move |_: HeaderMap| {
        let receiver = receiver.lock().unwrap().take().unwrap();
        async move {
            let stream =
                futures::stream::unfold(
                    receiver,
                    |mut receiver| async move { Some((receiver.recv().await?, receiver)) },
                );
            Response::builder().header("content-type", "text/event-stream").body(Body::from_stream(stream)).unwrap()
        }
    })
}
