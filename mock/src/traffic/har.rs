//! Recorded traffic in the format HAR 1.2, as browsers and proxies save it.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use serde::Deserialize;
use specwright_runtime::Bytes;

use super::exchange::Exchange;
use super::tally::Traffic;

/// A recording cannot be read.
#[derive(Debug)]
pub struct HarError(serde_json::Error);

impl fmt::Display for HarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The text of the error has the line and the column.
        write!(f, "this is not a recording in the format HAR: {}", self.0)
    }
}

impl std::error::Error for HarError {}

/// What was done with a recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// The exchanges that were checked.
    pub checked: usize,
    /// The exchanges that were left out: they are with other hosts, or have no response.
    pub left_out: usize,
}

#[derive(Deserialize)]
struct Har {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    request: Request,
    response: Response,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Pair>,
    post_data: Option<PostData>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PostData {
    mime_type: Option<String>,
    text: Option<String>,
    #[serde(default)]
    params: Vec<Pair>,
}

#[derive(Deserialize)]
struct Response {
    status: i64,
    #[serde(default)]
    headers: Vec<Pair>,
    content: Option<Content>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    size: Option<i64>,
    mime_type: Option<String>,
    text: Option<String>,
    encoding: Option<String>,
}

#[derive(Deserialize)]
struct Pair {
    name: String,
    #[serde(default)]
    value: String,
}

impl Traffic {
    /// Checks the exchanges of a recording. `har` is the text of the file.
    ///
    /// An exchange is with this API if its host is one of the document's servers, or if the
    /// document has its path and method; other hosts are left out.
    ///
    /// # Errors
    /// If the text is not a recording. The error has the line and the column.
    pub async fn replay(&self, har: &str) -> Result<Replayed, HarError> {
        let har: Har = serde_json::from_str(har.trim_start_matches('\u{feff}')).map_err(HarError)?;
        let mut replayed = Replayed::default();
        for entry in har.log.entries {
            match self.own(entry).await {
                Some(exchange) => {
                    self.check(exchange).await;
                    replayed.checked += 1;
                }
                None => replayed.left_out += 1,
            }
        }
        Ok(replayed)
    }

    /// The exchange of an entry, with a path relative to the base URL; `None` if it is not with this
    /// API.
    async fn own(&self, entry: Entry) -> Option<Exchange> {
        let url: Uri = entry.request.url.split('#').next()?.parse().ok()?;
        let mut exchange = exchange(&entry, &url)?;
        let servers: Vec<(Option<String>, String)> = self.servers();
        let mut is_ours = false;
        for (host, base) in &servers {
            let host_fits = host.as_deref().is_none_or(|host| url.host() == Some(host));
            let Some(uri) = relative(&url, base).filter(|_| host_fits) else { continue };
            is_ours |= host.is_some();
            let tried = Exchange { uri, ..exchange.clone() };
            if self.knows(&tried).await {
                return Some(tried);
            }
        }
        // The path is not one of the document. Below a server of the document, that is a violation.
        let (_, base) = servers.iter().find(|(host, _)| host.is_some() && host.as_deref() == url.host())?;
        exchange.uri = relative(&url, base).unwrap_or(url.clone());
        is_ours.then_some(exchange)
    }

    /// The host and base path of each server, and then the base paths at any host. A recording may
    /// be of another instance of the service.
    fn servers(&self) -> Vec<(Option<String>, String)> {
        let urls = self.document().api.servers.iter().map(|server| {
            let mut url = server.url.clone();
            for variable in &server.variables {
                url = url.replace(&format!("{{{}}}", variable.wire), &variable.default);
            }
            let path = |uri: &Uri| uri.path().trim_end_matches('/').to_owned();
            let uri: Option<Uri> = url.parse().ok();
            uri.map_or((None, url.trim_end_matches('/').to_owned()), |uri| (uri.host().map(str::to_owned), path(&uri)))
        });
        let mut servers: Vec<(Option<String>, String)> = urls.collect();
        let anywhere = servers.iter().map(|(_, base)| (None, base.clone()));
        let anywhere: Vec<_> = anywhere.chain([(None, String::new())]).collect();
        servers.extend(anywhere);
        servers
    }
}

/// Path and query below a base path.
fn relative(url: &Uri, base: &str) -> Option<Uri> {
    let below = url.path().strip_prefix(base)?;
    let path = if below.is_empty() { "/" } else { below };
    if !path.starts_with('/') {
        return None;
    }
    match url.query() {
        Some(query) => format!("{path}?{query}").parse().ok(),
        None => path.parse().ok(),
    }
}

fn exchange(entry: &Entry, url: &Uri) -> Option<Exchange> {
    let Entry { request, response } = entry;
    // Browsers write the status 0 for a request that failed.
    let status = u16::try_from(response.status).ok().and_then(|status| StatusCode::from_u16(status).ok())?;
    let mut request_headers = headers(&request.headers);
    let body = match &request.post_data {
        None => Some(Bytes::new()),
        Some(data) => {
            add_media(&mut request_headers, data.mime_type.as_deref());
            posted(data)
        }
    };
    let mut response_headers = headers(&response.headers);
    add_media(&mut response_headers, response.content.as_ref().and_then(|content| content.mime_type.as_deref()));
    // A recording has the content after it was decompressed.
    for headers in [&mut request_headers, &mut response_headers] {
        headers.remove(http::header::CONTENT_ENCODING);
        headers.remove(http::header::CONTENT_LENGTH);
        headers.remove(http::header::TRANSFER_ENCODING);
    }
    Some(Exchange {
        method: Method::from_bytes(request.method.to_ascii_uppercase().as_bytes()).ok()?,
        uri: url.clone(),
        request_headers,
        request_body: body,
        status,
        response_headers,
        response_body: received(response.content.as_ref()),
    })
}

/// The headers that can be sent. Those of HTTP/2 that begin with a colon are part of the request.
fn headers(pairs: &[Pair]) -> HeaderMap {
    let headers = pairs.iter().filter_map(|pair| {
        let name = HeaderName::try_from(pair.name.as_str()).ok()?;
        Some((name, HeaderValue::try_from(pair.value.as_str()).ok()?))
    });
    let mut found = HeaderMap::new();
    headers.for_each(|(name, value)| {
        found.append(name, value);
    });
    found
}

fn add_media(headers: &mut HeaderMap, media: Option<&str>) {
    let media = media.filter(|media| !media.is_empty() && *media != "x-unknown");
    if let Some(media) = media.and_then(|media| HeaderValue::try_from(media).ok())
        && !headers.contains_key(http::header::CONTENT_TYPE)
    {
        headers.insert(http::header::CONTENT_TYPE, media);
    }
}

/// The body of a request. Some programs record only the fields of a form.
fn posted(data: &PostData) -> Option<Bytes> {
    if let Some(text) = &data.text {
        return Some(Bytes::from(text.clone()));
    }
    let is_form = data.mime_type.as_deref().is_some_and(|media| media.starts_with("application/x-www-form-urlencoded"));
    let encode = specwright_runtime::params::encode_component;
    let pairs = data.params.iter().map(|pair| format!("{}={}", encode(&pair.name), encode(&pair.value)));
    is_form.then(|| Bytes::from(pairs.collect::<Vec<_>>().join("&")))
}

/// The body of a response; `None` if it was not recorded.
fn received(content: Option<&Content>) -> Option<Bytes> {
    let content = content?;
    match (&content.text, content.encoding.as_deref()) {
        (Some(text), Some("base64")) => BASE64.decode(text).ok().map(Bytes::from),
        (Some(text), _) => Some(Bytes::from(text.clone())),
        (None, _) => (content.size.unwrap_or_default() <= 0).then(Bytes::new),
    }
}
