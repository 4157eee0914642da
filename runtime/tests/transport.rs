//! The features of the transport: TLS of either kind, HTTP/2, and the proxy of the system. Each call is
//! made by a process of its own, because trusted certificates and proxies come from its environment.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::service::TowerToHyperService;
use specwright_runtime::client::{
    Builder, Decoded, Error, FromResponse, RawResponse, RequestBuilder, ResponseValue, Retry, reqwest,
};
use specwright_runtime::descriptor::{Operation, Piece};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// The base URL for the process that makes a call.
const URL: &str = "SPECWRIGHT_TRANSPORT_URL";
/// Set if the call uses the TLS of the system.
const NATIVE: &str = "SPECWRIGHT_TRANSPORT_NATIVE";

static VERSION: Operation = Operation {
    id: "version",
    path: "/version",
    segments: &[&[Piece::Literal("version")]],
    accept: "application/json",
    ..Operation::BASE
};

/// The version of HTTP in which the server received the request.
#[derive(Debug)]
struct Version(String);

impl FromResponse for Version {
    fn from_response(response: &mut RawResponse) -> Decoded<Self> {
        if response.status() == 200 { response.json(Self) } else { Decoded::Undocumented }
    }
}

#[derive(Debug)]
enum NoError {}

impl FromResponse for NoError {
    fn from_response(_: &mut RawResponse) -> Decoded<Self> {
        Decoded::Undocumented
    }
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match std::env::var(URL) {
        Ok(url) => runtime.block_on(call(&url)),
        Err(_) => runtime.block_on(async {
            tls_is_verified_and_negotiates_the_version().await;
            the_proxy_of_the_environment_is_used().await;
        }),
    }
}

/// Makes the call, and prints the version or the error.
async fn call(url: &str) {
    let mut builder = Builder::new(url).retry(Retry::none());
    if std::env::var(NATIVE).is_ok() {
        builder = builder.http(reqwest::Client::builder().tls_backend_native().build().unwrap());
    }
    let call: RequestBuilder = builder.build().unwrap().call(&VERSION);
    let sent: Result<ResponseValue<Version>, Error<NoError>> = call.send().await;
    match sent {
        Ok(version) => println!("{}", version.into_inner().0),
        Err(error) => {
            let mut source: Option<&dyn std::error::Error> = Some(&error);
            while let Some(error) = source {
                println!("{error}");
                source = error.source();
            }
        }
    }
}

/// What a process with these variables prints when it makes the call.
async fn printed(url: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", NATIVE] {
        command.env_remove(name).env_remove(name.to_ascii_lowercase());
    }
    command.env(URL, url).envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

async fn tls_is_verified_and_negotiates_the_version() {
    let both = Https::start(&["h2", "http/1.1"]).await;
    let old = Https::start(&["http/1.1"]).await;
    let trusted = |server: &Https| server.certificate.to_str().unwrap().to_owned();
    let (of_both, of_old) = (trusted(&both), trusted(&old));
    assert_eq!(printed(&both.url, &[("SSL_CERT_FILE", &of_both)]).await, "HTTP/2.0");
    assert_eq!(printed(&old.url, &[("SSL_CERT_FILE", &of_old)]).await, "HTTP/1.1");
    assert_eq!(printed(&old.url, &[("SSL_CERT_FILE", &of_old), (NATIVE, "1")]).await, "HTTP/1.1");
    for native in [&[][..], &[(NATIVE, "1")]] {
        // The certificate of the other server.
        let variables = [&[("SSL_CERT_FILE", of_both.as_str())], native].concat();
        let error = printed(&old.url, &variables).await;
        assert!(error.contains("could not connect to the server"), "{error}");
        assert!(error.to_ascii_lowercase().contains("certificate"), "{error}");
    }
}

async fn the_proxy_of_the_environment_is_used() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = vec![0; 4096];
        let count = stream.read(&mut head).await.unwrap();
        let body = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 7\r\nconnection: close\r\n\r\n\"proxy\"";
        stream.write_all(body.as_bytes()).await.unwrap();
        String::from_utf8_lossy(&head[..count]).lines().next().unwrap_or_default().to_owned()
    });
    let url = "http://api.example.test/v1";
    assert_eq!(printed(url, &[("HTTP_PROXY", &proxy), ("http_proxy", &proxy)]).await, "proxy");
    assert_eq!(served.await.unwrap(), "GET http://api.example.test/v1/version HTTP/1.1");
    // The proxy is gone, so this only succeeds without it.
    let plain = Https::start(&["http/1.1"]).await;
    let trusted = plain.certificate.to_str().unwrap();
    let variables = [("HTTPS_PROXY", proxy.as_str()), ("NO_PROXY", "localhost"), ("SSL_CERT_FILE", trusted)];
    assert_eq!(printed(&plain.url, &variables).await, "HTTP/1.1");
    let [proxied, _, trusting] = variables;
    let error = printed(&plain.url, &[proxied, trusting]).await;
    assert!(error.contains("could not connect to the server"), "{error}");
}

/// A server with a certificate of its own. It responds with the version of HTTP.
struct Https {
    url: String,
    /// The file with the certificate.
    certificate: PathBuf,
}

impl Https {
    async fn start(protocols: &[&str]) -> Self {
        let signed = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(signed.signing_key.serialize_der()).unwrap();
        let builder = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let mut config = builder.with_single_cert(vec![signed.cert.der().clone()], key).unwrap();
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let certificate = std::env::temp_dir().join(format!("specwright-transport-{}-{port}.pem", std::process::id()));
        std::fs::write(&certificate, signed.cert.pem()).unwrap();
        tokio::spawn(serve(listener, TlsAcceptor::from(Arc::new(config))));
        Self { url: format!("https://localhost:{port}"), certificate }
    }
}

impl Drop for Https {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(Path::new(&self.certificate));
    }
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor) -> Result<Infallible, std::io::Error> {
    let version = |request: Request| async move {
        ([(CONTENT_TYPE, "application/json")], format!("\"{:?}\"", request.version()))
    };
    let router: axum::Router = axum::Router::new().route("/version", get(version));
    loop {
        let (stream, _) = listener.accept().await?;
        let (acceptor, service) = (acceptor.clone(), TowerToHyperService::new(router.clone()));
        tokio::spawn(async move {
            // A client that does not trust the certificate closes the connection.
            let Ok(stream) = acceptor.accept(stream).await else { return };
            let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
            let stream = TokioIo::new(stream);
            let _ = if is_http2 {
                http2::Builder::new(TokioExecutor::new()).serve_connection(stream, service).await
            } else {
                http1::Builder::new().serve_connection(stream, service).await
            };
        });
    }
}
