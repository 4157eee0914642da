//! Request bodies → typed, validated values. **Invariant:** reading never exceeds the limits of
//! size and time.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures::Stream;
use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;

use super::Request;
use super::any_json::AnyJson;
use super::strict::{self, Trace};
use crate::body::{Body, ByteStream, StreamError};
use crate::budget::Text;
use crate::confidential::without_values;
use crate::descriptor::{FormField, MultipartField};
use crate::long_bodies;
use crate::media::{Media, decode_text};
use crate::multipart::decode::{ReadError, read};
use crate::params::decode::{Item, ParamDecodeError, attempt};
use crate::params::segment::is_utf8;
use crate::schema::explained;
use crate::server::multipart_form::Form;
use crate::server::{Rejection, RejectionKind};
use crate::validation::validator::push_key;
use crate::validation::{Constraints, Validate, Violation};

impl Request {
    /// The index of the body's documented media type.
    ///
    /// # Errors
    /// If there is no body: 400.
    pub fn media(&self) -> Result<usize, Rejection> {
        self.media.ok_or_else(missing)
    }

    /// The index of the body's documented media type; `None` if there is no body.
    #[must_use]
    pub fn optional_media(&self) -> Option<usize> {
        self.media
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// If the body is not JSON: 400; if it is invalid: 422; if it is too long: 413; if it is too
    /// slow: 408.
    pub async fn json<T: DeserializeOwned + Validate>(&mut self) -> Result<T, Rejection> {
        self.json_with(&Constraints::NONE).await
    }

    /// The body as JSON, with constraints beyond its type.
    ///
    /// # Errors
    /// As [`json`](Self::json).
    pub async fn json_with<T: DeserializeOwned + Validate>(
        &mut self,
        constraints: &'static Constraints,
    ) -> Result<T, Rejection> {
        let bytes = self.bytes().await?;
        let value = self
            .bounded(|| self.validated(parse_json(&bytes, "/body")?, "/body", constraints, &bytes))
            .map_err(|rejection| self.refuse_json(rejection, &bytes));
        long_bodies::leave().await;
        value
    }

    /// The body as JSON; `None` if there is none.
    ///
    /// # Errors
    /// As [`json`](Self::json).
    pub async fn optional_json<T: DeserializeOwned + Validate>(&mut self) -> Result<Option<T>, Rejection> {
        self.optional_json_with(&Constraints::NONE).await
    }

    /// The body as JSON, with constraints beyond its type; `None` if there is none.
    ///
    /// # Errors
    /// As [`json`](Self::json).
    pub async fn optional_json_with<T: DeserializeOwned + Validate>(
        &mut self,
        constraints: &'static Constraints,
    ) -> Result<Option<T>, Rejection> {
        match self.media {
            Some(_) => self.json_with(constraints).await.map(Some),
            None => Ok(None),
        }
    }

    /// The body as a form. `fields` is as in [`form::decode`](crate::form::decode).
    ///
    /// # Errors
    /// If the body is not UTF-8: 400; if it is invalid: 422; if it is too long: 413; if it is too
    /// slow: 408.
    pub async fn form<T: DeserializeOwned + Validate>(&mut self, fields: &'static [FormField]) -> Result<T, Rejection> {
        let text = self.utf8().await?;
        let value = self
            .bounded(|| {
                let value = crate::form::decode(&text, fields)
                    .map_err(|error| if is_utf8(&text) { invalid(error) } else { unreadable("must be UTF-8") })?;
                self.validated(value, "/body", &Constraints::NONE, &Bytes::new())
            })
            .map_err(|rejection| self.refuse_form(rejection, &text, fields));
        long_bodies::leave().await;
        value
    }

    /// The body as a form; `None` if there is none.
    ///
    /// # Errors
    /// As [`form`](Self::form).
    pub async fn optional_form<T: DeserializeOwned + Validate>(
        &mut self,
        fields: &'static [FormField],
    ) -> Result<Option<T>, Rejection> {
        match self.media {
            Some(_) => self.form(fields).await.map(Some),
            None => Ok(None),
        }
    }

    /// The body as text: a string or another scalar.
    ///
    /// # Errors
    /// As [`form`](Self::form).
    pub async fn text<T: DeserializeOwned + Validate>(&mut self) -> Result<T, Rejection> {
        self.text_with(&Constraints::NONE).await
    }

    /// The body as text, with constraints beyond its type.
    ///
    /// # Errors
    /// As [`form`](Self::form).
    pub async fn text_with<T: DeserializeOwned + Validate>(
        &mut self,
        constraints: &'static Constraints,
    ) -> Result<T, Rejection> {
        let text = self.utf8().await?;
        let value = self
            .bounded(|| {
                let value = attempt(|mode| T::deserialize(Item::Text(text.as_str().into()).with(mode)));
                self.validated(value.map_err(invalid)?, "/body", constraints, &Bytes::new())
            })
            .map_err(|rejection| self.refuse_text(rejection, &text));
        long_bodies::leave().await;
        value
    }

    /// The body as text; `None` if there is none.
    ///
    /// # Errors
    /// As [`form`](Self::form).
    pub async fn optional_text<T: DeserializeOwned + Validate>(&mut self) -> Result<Option<T>, Rejection> {
        match self.media {
            Some(_) => self.text().await.map(Some),
            None => Ok(None),
        }
    }

    /// The body as parts, which `read` makes a value of. Files are kept in memory, within the limits.
    ///
    /// # Errors
    /// If the body is not multipart: 400; if it is too long or has too many parts: 413; if it is
    /// too slow: 408; and those of `read`.
    pub async fn multipart<T>(
        &mut self,
        table: &'static [MultipartField],
        read: impl FnOnce(&mut Form) -> Result<T, Rejection>,
    ) -> Result<T, Rejection> {
        let mut form = self.parts(table).await?;
        let value = read(&mut form);
        long_bodies::leave().await;
        value
    }

    async fn parts(&mut self, table: &'static [MultipartField]) -> Result<Form, Rejection> {
        self.media()?;
        let boundary = self.boundary()?;
        let limits = self.limits;
        let (body, limit) = (self.take_body(), limits.body as u64);
        let chunks = ByteStream::new(chunks(body, None)).limited(limit);
        let reading = pin!(async {
            read(chunks, &boundary, limits.parts).await.map_err(|error| match error {
                ReadError::Source(error) => broken(&error, limit),
                ReadError::Malformed(detail) => unreadable(&detail),
                ReadError::TooMany(most) => Rejection::too_many_parts(most),
            })
        });
        let parts = in_time(limits.read_timeout, reading).await?;
        long_bodies::enter(parts.iter().map(|part| part.bytes.len()).sum()).await;
        Ok(Form::new(table, parts, self.reading()))
    }

    /// The body as a stream. Reading fails if the body is too long or its next chunk is late.
    ///
    /// # Errors
    /// If there is no body: 400.
    pub fn body(&mut self) -> Result<Body, Rejection> {
        self.media()?;
        Ok(self.stream())
    }

    /// The body as a stream; `None` if there is none.
    pub fn optional_body(&mut self) -> Option<Body> {
        self.media.map(|_| self.stream())
    }

    pub(super) fn stream(&mut self) -> Body {
        let length = self.announced_length();
        let stream = ByteStream::new(chunks(self.take_body(), Some(self.limits.read_timeout)));
        let stream = stream.limited(self.limits.stream);
        Body::from_stream(match length {
            Some(length) => stream.with_length(length),
            None => stream,
        })
    }

    pub(super) fn take_body(&mut self) -> axum::body::Body {
        self.body.take()
    }

    /// The buffered body, within the limits. A long one is then read apart, until
    /// [`leave`](long_bodies::leave).
    async fn bytes(&mut self) -> Result<Bytes, Rejection> {
        self.media()?;
        let (limit, timeout) = (self.limits.body, self.limits.read_timeout);
        let bytes = read_whole(self.take_body(), limit, timeout).await?;
        long_bodies::enter(bytes.len()).await;
        Ok(bytes)
    }

    /// The buffered body as text.
    async fn utf8(&mut self) -> Result<String, Rejection> {
        let bytes = self.bytes().await?;
        let latin1 = Media::parse(self.content_type()).parameter("charset");
        if latin1.is_some_and(|charset| charset.eq_ignore_ascii_case("iso-8859-1")) {
            return Ok(decode_text(&bytes, self.content_type()));
        }
        String::from_utf8(bytes.into()).map_err(|_| unreadable("must be UTF-8"))
    }
}

/// All bytes of a body, within the limits.
pub(in crate::server) async fn read_whole(
    body: axum::body::Body,
    limit: usize,
    timeout: Duration,
) -> Result<Bytes, Rejection> {
    let reading = pin!(async { collect(body, limit).await.map_err(|error| broken(&error, limit as u64)) });
    in_time(timeout, reading).await
}

/// Waits for `reading` until the timeout. A body that has already arrived needs no timer. The
/// caller pins the future, so that the caller's own future holds it only once.
pub(super) async fn in_time<T>(
    timeout: Duration,
    mut reading: Pin<&mut impl Future<Output = Result<T, Rejection>>>,
) -> Result<T, Rejection> {
    if let Poll::Ready(done) = poll_fn(|cx| Poll::Ready(reading.as_mut().poll(cx))).await {
        return done;
    }
    tokio::time::timeout(timeout, reading).await.unwrap_or_else(|_| Err(late()))
}

fn late() -> Rejection {
    Rejection::new(RejectionKind::BodyTimeout, "the body did not arrive in time")
}

/// The chunks of a body, each within `timeout` if there is one.
pub(super) fn chunks(
    body: axum::body::Body,
    timeout: Option<Duration>,
) -> impl Stream<Item = Result<Bytes, StreamError>> + Send + 'static {
    futures::stream::try_unfold(body, move |mut body| async move {
        loop {
            let frame = match timeout {
                None => body.frame().await,
                Some(timeout) => {
                    let late = |_| {
                        let detail = "the next chunk of the body did not arrive in time";
                        StreamError::Transport(Box::new(Rejection::new(RejectionKind::BodyTimeout, detail)))
                    };
                    tokio::time::timeout(timeout, body.frame()).await.map_err(late)?
                }
            };
            let Some(frame) = frame else { return Ok(None) };
            let frame = frame.map_err(|error| StreamError::Transport(Box::new(error)))?;
            // Trailers are ignored.
            if let Ok(chunk) = frame.into_data() {
                return Ok(Some((chunk, body)));
            }
        }
    })
}

/// All bytes of a body, without a copy if they arrive in one chunk.
async fn collect(mut body: axum::body::Body, limit: usize) -> Result<Bytes, StreamError> {
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| StreamError::Transport(Box::new(error)))?;
        let Ok(chunk) = frame.into_data() else {
            continue;
        };
        if first.len() + all.len() + chunk.len() > limit {
            return Err(StreamError::TooLarge { limit: limit as u64 });
        }
        if first.is_empty() && all.is_empty() {
            first = chunk;
            continue;
        }
        if all.is_empty() {
            all.reserve(first.len() + chunk.len());
            all.extend_from_slice(&std::mem::take(&mut first));
        }
        all.extend_from_slice(&chunk);
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

/// Reads JSON at the pointer `root`.
pub(super) fn parse_json<T: DeserializeOwned>(bytes: &[u8], root: &str) -> Result<T, Rejection> {
    // This is also checked where text is ignored.
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(Rejection::unreadable(root, "must be JSON: it is not UTF-8"));
    };
    // Both readings share one budget. Otherwise, a refused text would cost twice as much.
    let _readings = Text::of(bytes.len());
    if !strict::may_hold_null(bytes)
        && let Ok(value) = crate::json::read_text(text)
    {
        return Ok(value);
    }
    let trace = Trace::default();
    let error = match crate::json::read_text_with(text, |text| strict::read(text, &trace)) {
        Ok(value) => return Ok(value),
        Err(error) => error.error,
    };
    // A value of the wrong type may precede the point where the text is no longer JSON.
    if let Err(error) = serde_json::from_slice::<AnyJson>(bytes) {
        return Err(Rejection::unreadable(root, format!("must be JSON: {error}")));
    }
    Err(Rejection::invalid(vec![violation(trace.pointer(root), &error)]))
}

/// An error of serde in the terms of JSON Schema. The pointer replaces the position, and the value
/// is left out, because it may be confidential and long.
fn violation(mut pointer: String, error: &serde_json::Error) -> Violation {
    let message = without_values(&error.to_string());
    let explained = explained(message.split(" at line ").next().unwrap_or(&message));
    if let Some(property) = &explained.property {
        push_key(&mut pointer, property);
    }
    let mut violation = Violation::new(pointer, explained.kind, explained.detail);
    if let Some((expected, found)) = explained.types {
        (violation.expected, violation.found) = (Some(expected.into()), Some(found.into()));
    }
    violation
}

fn missing() -> Rejection {
    Rejection::malformed(no_body())
}

/// The violation of a request that lacks its body.
pub(super) fn no_body() -> Violation {
    Violation::missing("/body")
}

fn unreadable(detail: &str) -> Rejection {
    Rejection::unreadable("/body", detail)
}

fn invalid(error: ParamDecodeError) -> Rejection {
    let (within, kind, detail) = match error {
        ParamDecodeError::Absent => (String::new(), "required", error.to_string()),
        ParamDecodeError::Invalid { pointer, kind, detail } => (pointer, kind, detail),
    };
    Rejection::invalid(vec![Violation::new(format!("/body{within}"), kind, detail)])
}

pub(super) fn broken(error: &StreamError, limit: u64) -> Rejection {
    match error {
        StreamError::TooLarge { .. } => Rejection::too_large(limit),
        StreamError::Transport(source) if source.is::<Rejection>() => late(),
        _ => unreadable("must arrive completely"),
    }
}
