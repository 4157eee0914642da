//! The call with reqwest.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::{ACCEPT, CONTENT_TYPE};
use reqwest::Url;
use tokio::time::timeout;

use super::{CreateUser, Created, Problem};
use crate::TOKEN;

const MAX_BODY: usize = 16 * 1024 * 1024;

/// A client with one operation.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
}

/// Why no user was created.
#[derive(Debug)]
pub enum CallError {
    /// The request failed.
    Transport(reqwest::Error),
    /// A documented error.
    Refused(StatusCode, Problem),
    /// The call timed out.
    Timeout,
    /// The response exceeds the limit.
    TooLarge,
    /// Any other response.
    Unexpected(StatusCode, Bytes),
}

impl From<reqwest::Error> for CallError {
    fn from(error: reqwest::Error) -> Self {
        Self::Transport(error)
    }
}

impl Client {
    /// A client of the server at a base URL.
    ///
    /// # Panics
    ///
    /// If `url` is not a base URL.
    #[must_use]
    pub fn new(url: &str) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).connect_timeout(Duration::from_secs(10));
        Self { http: http.build().expect("a client"), base: Url::parse(url).expect("a base URL") }
    }

    /// Creates a user.
    ///
    /// # Errors
    ///
    /// If the call fails or the response is an error.
    ///
    /// # Panics
    ///
    /// If the base URL has no path.
    pub async fn create_user(&self, app: &str, body: &CreateUser) -> Result<Created, CallError> {
        let mut url = self.base.clone();
        url.path_segments_mut().expect("a base URL").clear().extend(["v2", "session", "apps", app, "users"]);
        let json = serde_json::to_vec(body).expect("JSON of plain data");
        let request = self.http.post(url).header(ACCEPT, "application/json").header(CONTENT_TYPE, "application/json");
        let response = request.bearer_auth(TOKEN).body(json).send().await?;
        let status = response.status();
        read(status, response.bytes().await?)
    }

    /// Creates a user as the generated client does: with timeouts for the call and for each
    /// attempt, a retry, and a limit of 16 MiB for the response.
    ///
    /// # Errors
    ///
    /// If the call fails or the response is an error.
    ///
    /// # Panics
    ///
    /// If the base URL has no path.
    pub async fn create_user_carefully(&self, app: &str, body: &CreateUser) -> Result<Created, CallError> {
        let mut url = self.base.clone();
        url.path_segments_mut().expect("a base URL").clear().extend(["v2", "session", "apps", app, "users"]);
        let json = serde_json::to_vec(body).expect("JSON of plain data");
        let request = self.http.post(url).header(ACCEPT, "application/json").header(CONTENT_TYPE, "application/json");
        let request = request.bearer_auth(TOKEN).body(json).build()?;
        let call = async {
            for _ in 0..2 {
                let attempt = request.try_clone().expect("a body in memory");
                match timeout(Duration::from_secs(30), self.exchange(attempt)).await {
                    Ok(Err(CallError::Transport(error))) if error.is_connect() => {}
                    Ok(result) => return result,
                    Err(_) => return Err(CallError::Timeout),
                }
            }
            self.exchange(request.try_clone().expect("a body in memory")).await
        };
        timeout(Duration::from_secs(60), call).await.map_err(|_| CallError::Timeout)?
    }

    async fn exchange(&self, request: reqwest::Request) -> Result<Created, CallError> {
        let mut response = self.http.execute(request).await?;
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if bytes.len() + chunk.len() > MAX_BODY {
                return Err(CallError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        read(response.status(), bytes.into())
    }
}

fn read(status: StatusCode, bytes: Bytes) -> Result<Created, CallError> {
    match status.as_u16() {
        201 => serde_json::from_slice(&bytes).map_err(|_| CallError::Unexpected(status, bytes)),
        400 | 403 | 404 => match serde_json::from_slice(&bytes) {
            Ok(problem) => Err(CallError::Refused(status, problem)),
            Err(_) => Err(CallError::Unexpected(status, bytes)),
        },
        _ => Err(CallError::Unexpected(status, bytes)),
    }
}
