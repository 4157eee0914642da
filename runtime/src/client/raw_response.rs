//! A response whose status has not been looked at yet, and how generated code reads it.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use super::decode;
use super::error::UnexpectedResponse;
use super::response::ResponseValue;
use crate::body::ByteStream;
use crate::descriptor::Parameter;
use crate::form;
use crate::future::MaybeSend;
use crate::headers::TypedHeaders;
use crate::media::{self, Media};
use crate::params::decode::decode_header;
use crate::stream::{Events, Lines};
use crate::value::Never;

/// A response: status, headers, and a body that has been read whole unless the operation streams.
#[derive(Debug)]
pub struct RawResponse {
    head: Head,
    body: RawBody,
}

/// Status and headers. Boxed once, where they come in, because they are handed on many times.
pub(super) type Head = Box<(StatusCode, HeaderMap)>;

/// `Debug` of neither shows what is in it.
#[derive(Debug)]
pub(super) enum RawBody {
    Whole(Whole),
    Stream(ByteStream),
}

/// Bytes that `Debug` does not show.
pub(super) struct Whole(pub(super) Bytes);

impl fmt::Debug for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

/// A type that some answers of an operation are read into.
pub trait FromResponse: Sized {
    /// Reads the response, if its status is one of this type's.
    fn from_response(response: &mut RawResponse) -> Decoded<Self>;
}

/// What came of reading a response.
#[derive(Debug)]
pub enum Decoded<T> {
    /// It has been read.
    Value(T),
    /// Its status is none of the type's.
    Undocumented,
    /// Its status is one of the type's, but its body cannot be read.
    Invalid(DecodeError),
}

impl<S> Decoded<S> {
    /// What was read, in the variant of its status. Reading and wrapping are apart so that a type that many answers hold is
    /// compiled once and not for each of them.
    #[inline]
    fn of<T>(read: Result<T, DecodeError>, make: impl FnOnce(T) -> S) -> Self {
        match read {
            Ok(value) => Self::Value(make(value)),
            Err(error) => Self::Invalid(error),
        }
    }
}

/// What is wrong with a body. Says where, but repeats no values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(String);

impl DecodeError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DecodeError {}

impl RawResponse {
    pub(super) fn new(head: Head, body: RawBody) -> Self {
        Self { head, body }
    }

    /// Status, to be matched.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.head.0.as_u16()
    }

    /// Status, to be kept.
    #[must_use]
    pub fn status_code(&self) -> StatusCode {
        self.head.0
    }

    /// Headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.1
    }

    /// The documented headers of this response.
    #[must_use]
    pub fn typed_headers<H: TypedHeaders>(&self) -> H {
        H::read(&self.head.1)
    }

    /// Whether the `Content-Type` is this media type or in this range.
    #[must_use]
    pub fn is(&self, documented: &str) -> bool {
        media::covers(documented, self.content_type())
    }

    /// Whether the body is empty.
    #[must_use]
    pub fn has_no_body(&self) -> bool {
        match &self.body {
            RawBody::Whole(bytes) => bytes.0.is_empty(),
            RawBody::Stream(stream) => stream.length() == Some(0),
        }
    }

    /// The `Content-Type` as it came; empty if there is none.
    #[must_use]
    pub fn content_type(&self) -> &str {
        self.head.1.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// A response whose body, if any, is of no interest.
    pub fn empty<S>(&mut self, value: S) -> Decoded<S> {
        Decoded::Value(value)
    }

    /// Reads a JSON body; a byte order mark before it is passed over.
    #[inline]
    pub fn json<T: DeserializeOwned, S>(&mut self, make: impl FnOnce(T) -> S) -> Decoded<S> {
        Decoded::of(self.read_json(), make)
    }

    /// Reads a body of text into a text or a scalar.
    #[inline]
    pub fn text<T: DeserializeOwned, S>(&mut self, make: impl FnOnce(T) -> S) -> Decoded<S> {
        Decoded::of(self.read_text(), make)
    }

    /// Reads a body of `application/x-www-form-urlencoded` pairs.
    #[inline]
    pub fn form<T: DeserializeOwned, S>(&mut self, make: impl FnOnce(T) -> S) -> Decoded<S> {
        Decoded::of(self.read_form(), make)
    }

    /// Takes the body as bytes.
    #[inline]
    pub fn bytes<S>(&mut self, make: impl FnOnce(Bytes) -> S) -> Decoded<S> {
        Decoded::of(self.whole().cloned(), make)
    }

    /// Takes the body as a stream of bytes.
    pub fn stream<S>(&mut self, make: impl FnOnce(ByteStream) -> S) -> Decoded<S> {
        Decoded::Value(make(self.take()))
    }

    /// Takes the body as a stream of server-sent events.
    pub fn events<T: DeserializeOwned + MaybeSend + 'static, S>(
        &mut self,
        make: impl FnOnce(Events<T>) -> S,
    ) -> Decoded<S> {
        Decoded::Value(make(Events::read(self.take())))
    }

    /// Takes the body as a stream of JSON lines.
    pub fn lines<T: DeserializeOwned + 'static, S>(&mut self, make: impl FnOnce(Lines<T>) -> S) -> Decoded<S> {
        Decoded::Value(make(Lines::read(self.take())))
    }

    fn read_json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let bytes = self.whole()?;
        let json = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        crate::json::read(json).map_err(|misread| decode::explain(json, &misread, self.content_type()))
    }

    fn read_text<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let text = media::decode_text(self.whole()?, self.content_type());
        decode_header(&Parameter::HEADER, vec![&text]).map_err(|error| decode::refuse(&error))
    }

    fn read_form<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        form::decode(&String::from_utf8_lossy(self.whole()?), &[]).map_err(|error| decode::refuse(&error))
    }

    fn whole(&self) -> Result<&Bytes, DecodeError> {
        match &self.body {
            RawBody::Whole(bytes) => Ok(&bytes.0),
            RawBody::Stream(_) => Err(DecodeError::new(format!(
                "its content type is `{}`, which the document describes as a stream",
                Media::parse(self.content_type()).essence()
            ))),
        }
    }

    fn take(&mut self) -> ByteStream {
        match std::mem::replace(&mut self.body, RawBody::Whole(Whole(Bytes::new()))) {
            RawBody::Whole(bytes) => bytes.0.into(),
            RawBody::Stream(stream) => stream,
        }
    }

    pub(super) fn into_response<T>(self, inner: T) -> ResponseValue<T> {
        ResponseValue::with_head(self.head, inner)
    }

    pub(super) fn into_unexpected(self) -> UnexpectedResponse {
        let body = match self.body {
            RawBody::Whole(bytes) => bytes.0,
            RawBody::Stream(_) => Bytes::new(),
        };
        let (status, headers) = *self.head;
        UnexpectedResponse::new(status, headers, &body)
    }
}

/// Where an operation documents nothing, no response is one of its kind.
impl FromResponse for Never {
    fn from_response(_: &mut RawResponse) -> Decoded<Self> {
        Decoded::Undocumented
    }
}
