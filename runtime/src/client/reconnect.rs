//! Continues streamed responses after a lost connection, on request: event streams after the last
//! event (`Last-Event-ID`), and other bodies after the last byte (`Range`, `If-Range`).
//!
//! **Invariant:** a stream yields one version of the content. If the content may have changed in
//! the meantime, the stream ends with an error. Attempts without progress are limited.

use std::time::Duration;

use futures::{StreamExt as _, stream};
use http::header::{ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_RANGE, LAST_MODIFIED, RANGE};
use http::{HeaderMap, HeaderValue};

use super::error::Error;
use super::execute;
use super::options::{Reconnect, RequestOptions};
use super::raw_response::RawResponse;
use super::request_builder::{RequestBuilder, Sent};
use super::time;
use crate::body::{ByteStream, Reopen, StreamError};
use crate::future::BoxFuture;
use crate::media;
use crate::value::Never;

/// The position after the last complete event.
const LAST_EVENT_ID: &str = "last-event-id";

/// Sends the request of a call, and receives a response that continues if the call asks for it.
pub(super) fn execute(mut call: RequestBuilder) -> Sent {
    let wanted = call.extras.as_mut().and_then(|extras| extras.options.reconnect.take());
    let Some(policy) = wanted else { return execute::execute(call) };
    let again = Again { call: call.copy(), policy, failed: 0, made: 0 };
    Box::pin(async move { execute::execute(call).await.map(|response| again.continues(response)) })
}

/// A call that can be sent again.
struct Again {
    call: RequestBuilder,
    policy: Reconnect,
    /// Attempts since the stream last made progress.
    failed: u32,
    /// All attempts.
    made: u32,
}

impl Again {
    fn continues(self, response: RawResponse) -> RawResponse {
        if !response.is_streamed() {
            return response;
        }
        if is_events(response.headers()) {
            return response.map_stream(|body| body.with_reopen(Some(Box::new(self))));
        }
        match Download::of(&response) {
            Some(download) => response.map_stream(|body| download.read(body, self)),
            None => response,
        }
    }

    /// Sends the call once more, after the pause that the server asks for; `None` if that fails
    /// now, but may succeed later.
    async fn send(&mut self, pause: Option<Duration>, headers: HeaderMap) -> Result<Option<RawResponse>, StreamError> {
        if self.failed >= self.policy.attempts || self.made >= self.policy.total {
            let reason = format!("the connection was lost, and {} attempts to continue failed", self.failed);
            return Err(StreamError::Transport(reason.into()));
        }
        self.failed += 1;
        self.made += 1;
        time::sleep(pause.unwrap_or(self.policy.pause).min(self.policy.longest_pause)).await;
        let mut call = self.call.copy();
        let options = headers.iter().fold(RequestOptions::new(), |options, (name, value)| options.header(name, value));
        call.with(options);
        match execute::execute(call).await {
            Ok(response) if super::retry::is_transient(response.status_code()) => Ok(None),
            Ok(response) => Ok(Some(response)),
            Err(error) if error.is_retryable() => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }
}

fn failed(error: Error<Never>) -> StreamError {
    StreamError::Transport(Box::new(error))
}

fn refused(response: &RawResponse) -> StreamError {
    StreamError::Transport(
        format!("the stream cannot continue: the API responded with {}", response.status_code()).into(),
    )
}

fn is_events(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(|content_type| media::covers("text/event-stream", content_type))
}

impl Reopen for Again {
    fn reopen<'a>(
        &'a mut self,
        last: Option<&'a str>,
        pause: Option<Duration>,
        progressed: bool,
    ) -> BoxFuture<'a, Result<Option<ByteStream>, StreamError>> {
        Box::pin(async move {
            if progressed {
                self.failed = 0;
            }
            let mut headers = HeaderMap::new();
            if let Some(last) = last.filter(|last| !last.is_empty()) {
                let value = HeaderValue::from_bytes(last.as_bytes());
                headers.insert(LAST_EVENT_ID, value.map_err(|error| StreamError::Transport(Box::new(error)))?);
            }
            loop {
                let Some(response) = self.send(pause, headers.clone()).await? else { continue };
                return match response.status() {
                    200 if is_events(response.headers()) => Ok(response.into_stream()),
                    // The server says that there is nothing more (HTML, 9.2).
                    204 => Ok(None),
                    _ => Err(refused(&response)),
                };
            }
        })
    }
}

/// A download that can continue.
struct Download {
    /// The `ETag` or the date of the content.
    validator: HeaderValue,
    tag: Option<HeaderValue>,
    length: Option<u64>,
    got: u64,
}

/// What to do with the response to a request for the rest.
enum Rest {
    Continue,
    /// The response is whole, and begins with this number of known bytes.
    Skip(u64),
}

impl Download {
    /// `None` if nothing tells whether the content is still the same.
    fn of(response: &RawResponse) -> Option<Self> {
        let headers = response.headers();
        if headers.get(ACCEPT_RANGES).is_some_and(|ranges| ranges.as_bytes() == b"none") || response.status() != 200 {
            return None;
        }
        let tag = headers.get(ETAG).filter(|tag| !tag.as_bytes().starts_with(b"W/")).cloned();
        let validator = tag.clone().or_else(|| headers.get(LAST_MODIFIED).cloned())?;
        Some(Self { validator, tag, length: response.length(), got: 0 })
    }

    fn read(self, body: ByteStream, again: Again) -> ByteStream {
        let length = self.length;
        let chunks = stream::try_unfold((self, body, again), |(mut download, mut body, mut again)| async move {
            loop {
                match body.next().await {
                    Some(Ok(chunk)) => {
                        download.got += chunk.len() as u64;
                        again.failed = 0;
                        return Ok(Some((chunk, (download, body, again))));
                    }
                    None => return Ok(None),
                    Some(Err(StreamError::Transport(_) | StreamError::Idle { .. })) => {
                        body = download.rest(&mut again).await?;
                    }
                    Some(Err(other)) => return Err(other),
                }
            }
        });
        match length {
            Some(length) => ByteStream::new(chunks).with_length(length),
            None => ByteStream::new(chunks),
        }
    }

    /// The bytes that are missing.
    async fn rest(&self, again: &mut Again) -> Result<ByteStream, StreamError> {
        let mut headers = HeaderMap::new();
        let range = HeaderValue::from_str(&format!("bytes={}-", self.got));
        headers.insert(RANGE, range.map_err(|error| StreamError::Transport(Box::new(error)))?);
        headers.insert(IF_RANGE, self.validator.clone());
        loop {
            let Some(response) = again.send(None, headers.clone()).await? else { continue };
            let rest = self.check(&response)?;
            let Some(body) = response.into_stream() else { return Err(StreamError::Changed) };
            return Ok(match rest {
                Rest::Continue => body,
                Rest::Skip(bytes) => without_first(body, bytes),
            });
        }
    }

    /// Whether a response continues the same content.
    fn check(&self, response: &RawResponse) -> Result<Rest, StreamError> {
        let tag = response.headers().get(ETAG);
        let is_other = self.tag.is_some() && tag.is_some() && self.tag.as_ref() != tag;
        match response.status() {
            206 | 200 | 416 if is_other => Err(StreamError::Changed),
            206 if self.is_rest(response.headers()) => Ok(Rest::Continue),
            // The server does not support ranges, but says that nothing has changed.
            200 if tag.is_some() && self.tag.as_ref() == tag => Ok(Rest::Skip(self.got)),
            200 | 206 | 412 | 416 => Err(StreamError::Changed),
            _ => Err(refused(response)),
        }
    }

    /// Whether `Content-Range` names the missing bytes: `bytes 5-9/10`.
    fn is_rest(&self, headers: &HeaderMap) -> bool {
        let text = headers.get(CONTENT_RANGE).and_then(|value| value.to_str().ok());
        let parts = text.and_then(|text| text.strip_prefix("bytes ")?.split_once('/'));
        let Some((range, total)) = parts else { return false };
        let start = range.split('-').next().and_then(|start| start.parse().ok());
        let total: Option<u64> = total.parse().ok();
        start == Some(self.got) && (total.is_none() || self.length.is_none() || total == self.length)
    }
}

/// The stream without its first bytes.
fn without_first(body: ByteStream, bytes: u64) -> ByteStream {
    let mut left = bytes;
    ByteStream::new(body.map(move |chunk| {
        chunk.map(|mut chunk| {
            let known = usize::try_from(left).unwrap_or(usize::MAX).min(chunk.len());
            left -= known as u64;
            chunk.split_off(known)
        })
    }))
}
