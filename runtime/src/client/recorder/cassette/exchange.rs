//! One exchange of a recording, and the file that holds all.

use std::collections::BTreeMap;
use std::path::Path;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use url::Position;

use super::content::Content;
use super::finding::CassetteError;
use super::redact;
use crate::client::request::{Request, Response};
use crate::descriptor::Location;

/// A recording.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    exchanges: Vec<Exchange>,
}

/// A request and its response.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exchange {
    pub operation: String,
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The headers that are parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content_type: String,
    #[serde(default, skip_serializing_if = "Content::is_empty")]
    pub body: Content,
    pub response: Recorded,
    /// The violations of the document when it was recorded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<String>,
}

/// A response.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recorded {
    pub status: u16,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Content::is_empty")]
    pub body: Content,
}

const HEAD: &str = "# A recording of specwright. Values whose names suggest a secret are redacted.\n";

impl File {
    pub fn read(path: &Path) -> Result<Vec<Exchange>, CassetteError> {
        let text = std::fs::read_to_string(path).map_err(|error| CassetteError::new(path, &error))?;
        let file: Self = serde_yaml::from_str(&text).map_err(|error| CassetteError::new(path, &error))?;
        Ok(file.exchanges)
    }

    pub fn write(path: &Path, exchanges: &[Exchange]) -> Result<(), CassetteError> {
        let file = Self { exchanges: exchanges.to_vec() };
        let text = serde_yaml::to_string(&file).map_err(|error| CassetteError::new(path, &error))?;
        std::fs::write(path, [HEAD, &text].concat()).map_err(|error| CassetteError::new(path, &error))
    }
}

impl Exchange {
    pub fn of_request(request: &Request, body: &Bytes) -> Self {
        let content_type = text(request.headers.get(CONTENT_TYPE));
        let parameters = request.operation.parameters.iter();
        let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in parameters.filter(|one| one.location == Location::Header).map(|one| one.name) {
            let lines: Vec<String> = request.headers.get_all(name).iter().map(|line| text(Some(line))).collect();
            if !lines.is_empty() {
                headers.insert(name.to_ascii_lowercase(), lines);
            }
        }
        Self {
            headers,
            operation: request.operation.id.to_owned(),
            method: request.method.to_string(),
            path: request.url[Position::BeforePath..Position::AfterQuery].to_owned(),
            body: Content::of(body, &content_type),
            // The boundary of parts differs each time.
            content_type: content_type.split(';').next().unwrap_or_default().to_owned(),
            ..Self::default()
        }
    }

    pub fn set_response(&mut self, status: StatusCode, headers: &HeaderMap, body: &Bytes) {
        let mut kept: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in headers {
            kept.entry(name.to_string()).or_default().push(String::from_utf8_lossy(value.as_bytes()).into_owned());
        }
        // They belong to the connection, and the body is written in another form.
        for name in ["connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding"] {
            kept.remove(name);
        }
        let body = Content::of(body, &text(headers.get(CONTENT_TYPE)));
        self.response = Recorded { status: status.as_u16(), headers: kept, body };
    }

    /// Redacts everything that may be secret.
    pub fn redact(&mut self) {
        self.path = redact::query(&self.path);
        redact::content(&mut self.body, &self.content_type);
        redact::headers(&mut self.headers);
        redact::headers(&mut self.response.headers);
        let content_type = self.response_type().to_owned();
        redact::content(&mut self.response.body, &content_type);
    }

    /// The content type of the response.
    pub fn response_type(&self) -> &str {
        self.response.headers.get(CONTENT_TYPE.as_str()).and_then(|lines| lines.first()).map_or("", String::as_str)
    }

    /// Whether the request is the same. The order of the query does not count.
    pub fn has_request_of(&self, other: &Self) -> bool {
        let parts = |path: &str| {
            let (path, query) = path.split_once('?').unwrap_or((path, ""));
            let mut pairs: Vec<String> = query.split('&').map(ToOwned::to_owned).collect();
            pairs.sort();
            (path.to_owned(), pairs)
        };
        self.operation == other.operation
            && self.method == other.method
            && parts(&self.path) == parts(&other.path)
            && self.content_type == other.content_type
            && (self.body == other.body || self.content_type.starts_with("multipart/"))
    }

    pub fn into_response(self) -> Result<Response, String> {
        let status = StatusCode::from_u16(self.response.status).map_err(|error| error.to_string())?;
        let mut headers = HeaderMap::new();
        for (name, value) in
            self.response.headers.iter().flat_map(|(name, lines)| lines.iter().map(move |line| (name, line)))
        {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| error.to_string())?;
            headers.append(name, HeaderValue::from_str(value).map_err(|error| error.to_string())?);
        }
        Ok(Response::new(status, headers, self.response.body.bytes()?))
    }
}

fn text(value: Option<&HeaderValue>) -> String {
    value.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}
