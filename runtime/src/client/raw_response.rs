//! A response before it is decoded, and the methods with which generated code decodes it.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use super::decode::{self, DecodeError};
use super::response::{Head, ResponseValue};
use super::unexpected::UnexpectedResponse;
use crate::body::ByteStream;
use crate::descriptor::Parameter;
use crate::form;
use crate::future::MaybeSend;
use crate::headers::TypedHeaders;
use crate::media::{self, Media};
use crate::params::decode::decode_header;
use crate::stream::{EventForm, Events, Lines};
use crate::value::Never;

/// A response before it is decoded: status, headers, and a body that is buffered unless the
/// operation streams.
#[derive(Debug)]
pub struct RawResponse {
    head: Box<Head>,
    body: RawBody,
    /// Whether the document describes no body, so that any body is left to the caller.
    is_left: bool,
}

/// The body of a response. `Debug` hides the content.
#[derive(Debug)]
pub(super) enum RawBody {
    Buffered(OpaqueBytes),
    Stream(ByteStream),
}

/// Bytes that `Debug` hides.
pub(super) struct OpaqueBytes(pub(super) Bytes);

impl fmt::Debug for OpaqueBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

/// A type that represents some of the documented responses of an operation.
pub trait FromResponse: Sized {
    /// Decodes the response, if its status belongs to this type.
    fn from_response(response: &mut RawResponse) -> Decoded<Self>;
}

/// The outcome of decoding a response.
#[derive(Debug)]
pub enum Decoded<T> {
    /// The response was decoded.
    Value(T),
    /// The status does not belong to the type.
    Undocumented,
    /// The status belongs to the type, but the body cannot be decoded.
    Invalid(DecodeError),
}

impl<S> Decoded<S> {
    /// Wraps a decoded body in the variant of its status. Decoding and wrapping are separate, so
    /// that a type used by many responses is compiled only once.
    #[inline]
    fn of<T>(read: Result<T, DecodeError>, make: impl FnOnce(T) -> S) -> Self {
        match read {
            Ok(value) => Self::Value(make(value)),
            Err(error) => Self::Invalid(error),
        }
    }
}

impl RawResponse {
    pub(super) fn new(head: Box<Head>, body: RawBody) -> Self {
        Self { head, body, is_left: false }
    }

    /// The status as a number, to match on.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.head.status.as_u16()
    }

    /// The status.
    #[must_use]
    pub fn status_code(&self) -> StatusCode {
        self.head.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The body, unless it is streamed.
    pub(super) fn body_bytes(&self) -> Option<&Bytes> {
        match &self.body {
            RawBody::Buffered(bytes) => Some(&bytes.0),
            RawBody::Stream(_) => None,
        }
    }

    /// The documented headers of this response.
    #[must_use]
    pub fn typed_headers<H: TypedHeaders>(&self) -> H {
        H::read(&self.head.headers)
    }

    /// Whether the `Content-Type` is this media type or is within this range.
    #[must_use]
    pub fn is(&self, documented: &str) -> bool {
        media::covers(documented, self.content_type())
    }

    /// Whether the body is empty.
    #[must_use]
    pub fn has_no_body(&self) -> bool {
        match &self.body {
            RawBody::Buffered(bytes) => bytes.0.is_empty(),
            RawBody::Stream(stream) => stream.length() == Some(0),
        }
    }

    /// The `Content-Type` as received; empty if there is none.
    #[must_use]
    pub fn content_type(&self) -> &str {
        self.head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Leaves the body to the caller, because the document describes none.
    pub fn empty<S>(&mut self, value: S) -> Decoded<S> {
        self.is_left = true;
        Decoded::Value(value)
    }

    /// Decodes a JSON body; a byte order mark before it is ignored.
    #[inline]
    pub fn json<T: DeserializeOwned, S>(&mut self, make: impl FnOnce(T) -> S) -> Decoded<S> {
        Decoded::of(self.read_json(), make)
    }

    /// Decodes a JSON body that may also arrive as `text/plain`, either as a string without quotes
    /// or as JSON all the same.
    #[inline]
    pub fn json_or_text<T: DeserializeOwned, S>(&mut self, make: impl FnOnce(T) -> S) -> Decoded<S> {
        if !self.is("text/plain") {
            return self.json(make);
        }
        Decoded::of(self.read_string().or_else(|_| self.read_json()), make)
    }

    /// Decodes a text body into a string or another scalar.
    #[inline]
    pub fn text<T: DeserializeOwned, S>(&mut self, make: impl FnOnce(T) -> S) -> Decoded<S> {
        Decoded::of(self.read_text(), make)
    }

    /// Decodes a body of `application/x-www-form-urlencoded` pairs.
    #[inline]
    pub fn form<T: DeserializeOwned, S>(&mut self, make: impl FnOnce(T) -> S) -> Decoded<S> {
        Decoded::of(self.read_form(), make)
    }

    /// Takes the body as bytes.
    #[inline]
    pub fn bytes<S>(&mut self, make: impl FnOnce(Bytes) -> S) -> Decoded<S> {
        Decoded::of(self.buffered().cloned(), make)
    }

    /// Takes the body as a stream of bytes.
    pub fn stream<S>(&mut self, make: impl FnOnce(ByteStream) -> S) -> Decoded<S> {
        Decoded::Value(make(self.take()))
    }

    /// Takes the body as a stream of server-sent events.
    pub fn events<T: DeserializeOwned + MaybeSend + 'static, F: EventForm, S>(
        &mut self,
        make: impl FnOnce(Events<T, F>) -> S,
    ) -> Decoded<S> {
        Decoded::Value(make(Events::decode(self.take())))
    }

    /// Takes the body as a stream of JSON lines.
    pub fn lines<T: DeserializeOwned + MaybeSend + 'static, S>(
        &mut self,
        make: impl FnOnce(Lines<T>) -> S,
    ) -> Decoded<S> {
        Decoded::Value(make(Lines::read(self.take())))
    }

    /// Whether the body is left to the caller as a stream.
    pub(super) fn is_streamed(&self) -> bool {
        matches!(self.body, RawBody::Stream(_))
    }

    /// The length of a streamed body, if it is known.
    pub(super) fn length(&self) -> Option<u64> {
        match &self.body {
            RawBody::Buffered(_) => None,
            RawBody::Stream(stream) => stream.length(),
        }
    }

    /// The body, if it is a stream.
    pub(super) fn into_stream(self) -> Option<ByteStream> {
        match self.body {
            RawBody::Buffered(_) => None,
            RawBody::Stream(stream) => Some(stream),
        }
    }

    /// Changes the body, if it is a stream.
    pub(super) fn map_stream(mut self, change: impl FnOnce(ByteStream) -> ByteStream) -> Self {
        if let RawBody::Stream(stream) = self.body {
            self.body = RawBody::Stream(change(stream));
        }
        self
    }

    fn read_json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let bytes = self.buffered()?;
        let json = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        crate::json::read(json).map_err(|error| decode::explain(json, &error, self.content_type()))
    }

    fn read_string<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let text = media::decode_text(self.buffered()?, self.content_type());
        T::deserialize(serde_json::Value::from(text)).map_err(|error| decode::refuse(&error))
    }

    fn read_text<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let text = media::decode_text(self.buffered()?, self.content_type());
        decode_header(&Parameter::HEADER, vec![&text]).map_err(|error| decode::refuse(&error))
    }

    fn read_form<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        form::decode(&String::from_utf8_lossy(self.buffered()?), &[]).map_err(|error| decode::refuse(&error))
    }

    fn buffered(&self) -> Result<&Bytes, DecodeError> {
        match &self.body {
            RawBody::Buffered(bytes) => Ok(&bytes.0),
            RawBody::Stream(_) => Err(DecodeError::new(format!(
                "its content type is `{}`, which the document describes as a stream",
                Media::parse(self.content_type()).essence()
            ))),
        }
    }

    fn take(&mut self) -> ByteStream {
        match std::mem::replace(&mut self.body, RawBody::Buffered(OpaqueBytes(Bytes::new()))) {
            RawBody::Buffered(bytes) => bytes.0.into(),
            RawBody::Stream(stream) => stream,
        }
    }

    pub(super) fn into_response<T>(mut self, inner: T) -> ResponseValue<T> {
        let body = (self.is_left && !self.has_no_body()).then(|| self.take());
        ResponseValue::received(self.head, inner, body)
    }

    pub(super) fn into_unexpected(self) -> UnexpectedResponse {
        let body = match self.body {
            RawBody::Buffered(bytes) => bytes.0,
            RawBody::Stream(_) => Bytes::new(),
        };
        UnexpectedResponse::new(*self.head, &body)
    }
}

/// No response has this type. It is used by operations that document no success or no error.
impl FromResponse for Never {
    fn from_response(_: &mut RawResponse) -> Decoded<Self> {
        Decoded::Undocumented
    }
}
