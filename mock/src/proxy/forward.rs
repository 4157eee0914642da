//! Sends requests to the service, and removes what concerns one connection only.

use axum::body::Body;
use http::header::{
    ACCEPT_ENCODING, CONNECTION, EXPECT, HOST, LOCATION, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER,
    TRANSFER_ENCODING, UPGRADE, VIA,
};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use crate::limits::{CONNECT_TIMEOUT, RESPONSE_TIMEOUT};

/// The name of this proxy in `Via`.
const OWN: HeaderValue = HeaderValue::from_static("1.1 specwright");

/// Headers of one connection (RFC 9110, 7.6.1).
const OF_CONNECTION: [HeaderName; 9] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// The service behind a proxy.
#[derive(Clone, Debug)]
pub(super) struct Upstream {
    client: Client<HttpsConnector<HttpConnector>, Body>,
    scheme: Scheme,
    authority: Authority,
    /// The path of the base URL, without a slash at the end.
    base: String,
}

impl Upstream {
    /// The service at a base URL.
    ///
    /// # Errors
    /// If the URL is not one of HTTP, or has parts that a base URL does not have; or if the system
    /// has no certificates.
    pub(super) fn new(url: &str) -> Result<Self, String> {
        let uri: Uri = url.parse().map_err(|error| format!("`{url}` is not a URL: {error}"))?;
        let parts = uri.into_parts();
        let scheme = parts.scheme.filter(|scheme| *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS);
        let (Some(scheme), Some(authority)) = (scheme, parts.authority) else {
            return Err(format!("`{url}` is not the base URL of a service, such as https://api.example.com/v1"));
        };
        if authority.as_str().contains('@') {
            return Err("the base URL has credentials; they belong in the requests of the client".to_owned());
        }
        let path = parts.path_and_query.unwrap_or_else(|| PathAndQuery::from_static("/"));
        if path.query().is_some() {
            return Err(format!("`{url}` has a query, which a base URL cannot have"));
        }
        let base = path.path().trim_end_matches('/').to_owned();
        let client = Client::builder(TokioExecutor::new()).build(connector()?);
        Ok(Self { client, scheme, authority, base })
    }

    /// Sends a request, and waits for the head of the response.
    ///
    /// # Errors
    /// The reason why there is no response.
    pub(super) async fn send(&self, mut request: Request<Body>) -> Result<Response<Body>, String> {
        *request.uri_mut() = self.uri(request.uri()).map_err(|error| error.to_string())?;
        let headers = request.headers_mut();
        remove_of_connection(headers);
        headers.remove(HOST);
        headers.remove(EXPECT);
        // A compressed body could not be checked.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.append(VIA, OWN);
        let responding = tokio::time::timeout(RESPONSE_TIMEOUT, self.client.request(request));
        match responding.await {
            Ok(Ok(response)) => {
                let mut response = response.map(Body::new);
                remove_of_connection(response.headers_mut());
                Ok(response)
            }
            Ok(Err(error)) => Err(chain(&error)),
            Err(_) => Err(format!("no response within {} s", RESPONSE_TIMEOUT.as_secs())),
        }
    }

    fn uri(&self, asked: &Uri) -> Result<Uri, http::Error> {
        let path = asked.path_and_query().map_or("/", PathAndQuery::as_str);
        let uri = Uri::builder().scheme(self.scheme.clone()).authority(self.authority.clone());
        uri.path_and_query(format!("{}{path}", self.base)).build()
    }

    /// Points a redirect to the service back at the proxy, so that the next request is checked too.
    pub(super) fn redirect_to(&self, origin: &str, headers: &mut HeaderMap) {
        let base = format!("{}://{}{}", self.scheme, self.authority, self.base);
        let Some(target) = headers.get(LOCATION).and_then(|location| location.to_str().ok()) else { return };
        let below = target.strip_prefix(&base).filter(|below| below.is_empty() || below.starts_with(['/', '?']));
        if let Some(moved) = below.and_then(|below| HeaderValue::try_from(format!("{origin}{below}")).ok()) {
            headers.insert(LOCATION, moved);
        }
    }
}

fn connector() -> Result<HttpsConnector<HttpConnector>, String> {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_connect_timeout(Some(CONNECT_TIMEOUT));
    http.set_nodelay(true);
    let provider = rustls::crypto::ring::default_provider();
    let builder = HttpsConnectorBuilder::new().with_provider_and_native_roots(provider);
    let builder = builder.map_err(|error| format!("the certificates of this system cannot be read: {error}"))?;
    Ok(builder.https_or_http().enable_http1().wrap_connector(http))
}

/// Removes the headers of the connection, and those that `Connection` names.
fn remove_of_connection(headers: &mut HeaderMap) {
    let named: Vec<String> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    for name in named.iter().filter(|name| !name.is_empty()) {
        headers.remove(name.as_str());
    }
    for name in &OF_CONNECTION {
        headers.remove(name);
    }
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Uri};

    use super::{Upstream, remove_of_connection};

    #[test]
    fn headers_of_the_connection_are_not_passed_on() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("connection", "close, X-Hop"),
            ("x-hop", "1"),
            ("keep-alive", "timeout=5"),
            ("te", "trailers"),
            ("upgrade", "websocket"),
            ("transfer-encoding", "chunked"),
            ("x-end", "1"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        remove_of_connection(&mut headers);
        let left: Vec<&str> = headers.keys().map(http::HeaderName::as_str).collect();
        assert_eq!(left, ["x-end"]);
    }

    #[test]
    fn a_base_url_has_a_host_and_no_secrets() {
        for (url, part) in [
            ("api.example.com", "is not the base URL"),
            ("ftp://api.example.com", "is not the base URL"),
            ("https://me:secret@api.example.com", "belong in the requests"),
            ("https://api.example.com?key=1", "cannot have"),
        ] {
            let error = Upstream::new(url).unwrap_err();
            assert!(error.contains(part) && !error.contains("secret"), "{error}");
        }
    }

    #[tokio::test]
    async fn paths_are_below_the_base_and_redirects_come_back() {
        let upstream = Upstream::new("https://api.example.com/v1/").unwrap();
        let uri = upstream.uri(&Uri::from_static("/pets?limit=1")).unwrap();
        assert_eq!(uri, "https://api.example.com/v1/pets?limit=1");
        for (target, moved) in [
            ("https://api.example.com/v1/pets/1", "http://127.0.0.1:1/pets/1"),
            ("https://api.example.com/v1beta", "https://api.example.com/v1beta"),
            ("https://other.example.com/v1/pets", "https://other.example.com/v1/pets"),
            ("/v1/pets", "/v1/pets"),
        ] {
            let mut headers = HeaderMap::from_iter([(http::header::LOCATION, HeaderValue::from_static(target))]);
            upstream.redirect_to("http://127.0.0.1:1", &mut headers);
            assert_eq!(headers["location"], moved);
        }
    }
}
