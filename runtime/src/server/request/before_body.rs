//! The result of authentication and the headers of the body → a request whose body may be read, or
//! 401, 403, 413 or 415.

use std::borrow::Cow;

use axum::body::HttpBody as _;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};

use super::{Request, media};
use crate::server::{AuthError, Rejection, RejectionKind};

impl Request {
    /// Takes the result of authentication, and checks the headers of the body.
    ///
    /// # Errors
    /// If authentication failed: 401, 403 or 500; if the body has no documented media type: 415; if
    /// it is too long: 413.
    pub fn admit<P>(&mut self, principal: Result<P, AuthError>) -> Result<P, Rejection> {
        let principal = principal.map_err(|error| match error {
            AuthError::Unauthorized => self.unauthorized("the credentials are not accepted"),
            AuthError::Forbidden => {
                Rejection::new(RejectionKind::Forbidden, "the credentials do not allow this operation")
            }
            AuthError::Internal(error) => Rejection::internal(error),
        })?;
        self.admit_anyone()?;
        Ok(principal)
    }

    /// Checks the headers of the body, for operations that require no credentials.
    ///
    /// # Errors
    /// If the body has no documented media type: 415; if it is too long: 413.
    pub fn admit_anyone(&mut self) -> Result<(), Rejection> {
        let Some(body) = self.context.operation.body else {
            return Ok(());
        };
        let length = self.announced_length();
        if length == Some(0) || self.body.borrow().is_end_stream() {
            return Ok(());
        }
        let refused = |detail| Err(Rejection::new(RejectionKind::UnsupportedMediaType, detail));
        let mut given = self.context.parts.headers.get_all(CONTENT_TYPE).iter();
        let content_type = match (given.next().map(|value| value.to_str()), given.next()) {
            (Some(Ok(text)), None) => text,
            // Without a type, the body is arbitrary bytes (RFC 9110, 8.3).
            (None, _) => "application/octet-stream",
            _ => return refused(Cow::Borrowed("`Content-Type` must be given once, as text")),
        };
        let Some(media) = media::choose(body.media, content_type) else {
            return refused(format!("the body must be {}", body.media.join(" or ")).into());
        };
        if !media::can_read_charset(content_type) {
            return refused(Cow::Borrowed("the charset of the body must be UTF-8"));
        }
        let streamed = media::is_streamed(content_type);
        if !streamed && self.is_compressed() {
            return refused(Cow::Borrowed("the body must not be compressed or otherwise encoded"));
        }
        let streamed = streamed || self.context.operation.streams_files && media::is_multipart(content_type);
        let limit = if streamed { self.limits.stream } else { self.limits.body as u64 };
        if length.is_some_and(|length| length > limit) {
            return Err(Rejection::too_large(limit));
        }
        self.media = Some(media);
        Ok(())
    }

    /// Whether the body is compressed. A layer that decompresses it removes the header.
    fn is_compressed(&self) -> bool {
        let codings = self.context.parts.headers.get_all(CONTENT_ENCODING).iter();
        codings.into_iter().any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
    }

    /// The length of the body, if it is known in advance.
    pub(super) fn announced_length(&self) -> Option<u64> {
        let header = self.context.parts.headers.get(CONTENT_LENGTH);
        let header = header.and_then(|value| value.to_str().ok()?.parse().ok());
        header.or_else(|| self.body.borrow().size_hint().exact())
    }
}
