//! Which responses are left to the caller as streams, and what their errors say.

use http::HeaderMap;

use super::call_info::CallInfo;
use super::transport::{TransportError, TransportErrorKind};
use crate::body::{ByteStream, StreamError};
use crate::descriptor::Operation;
use crate::media;

/// The body, whose errors name the call.
pub(super) fn named(body: ByteStream, info: CallInfo) -> ByteStream {
    body.map_error(move |error| match error {
        StreamError::Transport(source) => StreamError::Transport(Box::new(
            TransportError::new(TransportErrorKind::Body, source).of_call(info.clone()),
        )),
        StreamError::Idle { after, .. } => StreamError::Idle { after, call: Some(info.to_string().into()) },
        other => other,
    })
}

/// A body of at most this length that no document describes is buffered, so that its connection is
/// free again whether or not anyone reads the body.
const SMALL: u64 = 64 << 10;

/// Whether the body of a success is left to the caller as a stream.
pub(super) fn is_streamed(operation: &Operation, headers: &HeaderMap, body: &ByteStream) -> bool {
    let is_large = || body.length().is_none_or(|length| length > SMALL);
    let streams = operation.streams || operation.undocumented_body && is_large();
    streams && !buffered(operation, headers)
}

/// Whether a response of a streaming operation is buffered all the same.
fn buffered(operation: &Operation, headers: &HeaderMap) -> bool {
    let content_type = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(|content_type| {
        media::is_json(content_type) || operation.buffered.iter().any(|media| media::covers(media, content_type))
    })
}
