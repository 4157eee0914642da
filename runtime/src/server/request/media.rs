//! Matches a request's `Content-Type` with the documented media types.

use http::header::CONTENT_TYPE;

use super::{Rejection, Request};
use crate::media::Media;

impl Request {
    /// The `Content-Type`, or nothing.
    pub(super) fn content_type(&self) -> &str {
        let value = self.context.parts.headers.get(CONTENT_TYPE);
        value.and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The boundary between the parts of a form.
    pub(super) fn boundary(&self) -> Result<String, Rejection> {
        let boundary = Media::parse(self.content_type()).parameter("boundary").map(ToOwned::to_owned);
        boundary.ok_or_else(|| Rejection::unreadable("/body", "must have a `boundary` in its `Content-Type`"))
    }
}

/// The index of the media type that matches best: first one whose parameters are all present, then
/// one without parameters, then one with other parameters, then the narrowest range.
pub(in crate::server) fn choose(documented: &[&str], content_type: &str) -> Option<usize> {
    let sent = Media::parse(content_type);
    let score = |text: &str| {
        let media = Media::parse(text);
        if !media.covers(&sent) {
            return None;
        }
        Some(match (media.is_range(), media.essence()) {
            (false, _) if !media.has_parameters() => 4,
            (false, _) if has_parameters(text, &sent) => 5,
            (false, _) => 3,
            (true, "*/*") => 1,
            (true, _) => 2,
        })
    };
    let scored = documented.iter().enumerate().filter_map(|(index, text)| Some((score(text)?, index)));
    // The first of those that match best.
    scored.min_by_key(|(score, index)| (std::cmp::Reverse(*score), *index)).map(|(_, index)| index)
}

/// Whether all parameters of the documented media type were sent.
fn has_parameters(documented: &str, sent: &Media<'_>) -> bool {
    let wanted = Media::parse(documented);
    documented.split(';').skip(1).filter_map(|pair| pair.split_once('=')).all(|(name, _)| {
        let name = name.trim();
        matches!((wanted.parameter(name), sent.parameter(name)), (Some(wanted), Some(sent)) if wanted.eq_ignore_ascii_case(sent))
    })
}

/// Whether text in this charset can be read: UTF-8 with its subset ASCII, and Latin-1 for plain
/// text.
pub(super) fn can_read_charset(content_type: &str) -> bool {
    let media = Media::parse(content_type);
    let Some(charset) = media.parameter("charset") else {
        return true;
    };
    let is = |name: &str| charset.eq_ignore_ascii_case(name);
    is("utf-8")
        || is("utf8")
        || is("us-ascii")
        || (is("iso-8859-1") && media.essence().get(..5).is_some_and(|top| top.eq_ignore_ascii_case("text/")))
}

/// Whether a body of this media type is streamed and not buffered.
pub(super) fn is_streamed(content_type: &str) -> bool {
    let media = Media::parse(content_type);
    if media.is_json() {
        return false;
    }
    let (top, sub) = media.essence().split_once('/').unwrap_or_default();
    let is = |text: &str, name: &str| text.eq_ignore_ascii_case(name);
    !(is(top, "text") || is(top, "multipart") || is(sub, "x-www-form-urlencoded"))
}

/// Whether a body of this media type has parts.
pub(super) fn is_multipart(content_type: &str) -> bool {
    Media::parse(content_type).essence().get(..10).is_some_and(|top| top.eq_ignore_ascii_case("multipart/"))
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn the_closest_documented_media_type_is_chosen() {
        let documented = ["*/*", "application/json", "image/*", "application/json; v=2"];
        assert_eq!(choose(&documented, "application/json"), Some(1));
        assert_eq!(choose(&documented, "application/json; v=2; charset=utf-8"), Some(3));
        assert_eq!(choose(&documented, "application/json;v=3"), Some(1));
        assert_eq!(choose(&documented, "image/png"), Some(2));
        assert_eq!(choose(&documented, "text/plain"), Some(0));
        assert_eq!(choose(&documented[1..2], "text/json"), None);
        assert_eq!(choose(&documented[1..2], "json"), None);
    }
}
