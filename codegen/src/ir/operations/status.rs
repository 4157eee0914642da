//! Turns a key of `responses` into a status and the words for it in names: `404` → `NotFound`,
//! `5XX` → `ServerError`.

use crate::ir::model::Status;

/// Parses a key of `responses`; `None` if there is no such status that can be sent.
pub(super) fn parse(key: &str) -> Option<Status> {
    let key = key.trim();
    if key.eq_ignore_ascii_case("default") {
        return Some(Status::Default);
    }
    match key.as_bytes() {
        [class @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => Some(Status::Range(class - b'0')),
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(Status::Code),
        _ => None,
    }
}

/// Whether the status is a success. For `default`, the other responses decide.
pub(super) fn is_success(status: Status) -> bool {
    match status {
        Status::Code(code) => code < 400,
        Status::Range(class) => class < 4,
        Status::Default => false,
    }
}

/// Whether a response with this status never has a body (RFC 9110: 1xx, 204, 205, 304).
pub(super) fn is_bodiless(status: Status) -> bool {
    matches!(status, Status::Code(100..=199 | 204 | 205 | 304) | Status::Range(1))
}

/// The words for a status in names.
pub(super) fn words(status: Status) -> String {
    match status {
        Status::Default => "default".to_owned(),
        Status::Range(class) => range_words(class).to_owned(),
        Status::Code(code) => reason(code).map_or_else(|| format!("status {code}"), str::to_owned),
    }
}

fn range_words(class: u8) -> &'static str {
    match class {
        1 => "informational",
        2 => "successful",
        3 => "redirection",
        4 => "client error",
        _ => "server error",
    }
}

/// The registered reason phrase.
fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        100 => "continue",
        101 => "switching protocols",
        102 => "processing",
        103 => "early hints",
        200 => "ok",
        201 => "created",
        202 => "accepted",
        203 => "non authoritative information",
        204 => "no content",
        205 => "reset content",
        206 => "partial content",
        207 => "multi status",
        208 => "already reported",
        226 => "im used",
        300 => "multiple choices",
        301 => "moved permanently",
        302 => "found",
        303 => "see other",
        304 => "not modified",
        305 => "use proxy",
        307 => "temporary redirect",
        308 => "permanent redirect",
        _ => return error_reason(code),
    })
}

fn error_reason(code: u16) -> Option<&'static str> {
    Some(match code {
        400 => "bad request",
        401 => "unauthorized",
        402 => "payment required",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        407 => "proxy authentication required",
        408 => "request timeout",
        409 => "conflict",
        410 => "gone",
        411 => "length required",
        412 => "precondition failed",
        413 => "payload too large",
        414 => "uri too long",
        415 => "unsupported media type",
        416 => "range not satisfiable",
        417 => "expectation failed",
        418 => "im a teapot",
        421 => "misdirected request",
        422 => "unprocessable entity",
        423 => "locked",
        424 => "failed dependency",
        425 => "too early",
        426 => "upgrade required",
        428 => "precondition required",
        429 => "too many requests",
        431 => "request header fields too large",
        451 => "unavailable for legal reasons",
        500 => "internal server error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        505 => "http version not supported",
        506 => "variant also negotiates",
        507 => "insufficient storage",
        508 => "loop detected",
        510 => "not extended",
        511 => "network authentication required",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ranges_and_default_are_read() {
        assert_eq!(parse("200"), Some(Status::Code(200)));
        assert_eq!(parse("4xx"), Some(Status::Range(4)));
        assert_eq!(parse("5XX"), Some(Status::Range(5)));
        assert_eq!(parse("default"), Some(Status::Default));
        assert_eq!(parse("600"), Some(Status::Code(600)));
    }

    #[test]
    fn keys_that_can_never_be_sent_are_no_status() {
        for key in ["99", "6XX", "", "ok", "2000", "0200", "20x", "٢٠٠"] {
            assert_eq!(parse(key), None, "{key}");
        }
    }

    #[test]
    fn a_status_is_named_by_its_reason() {
        assert_eq!(words(Status::Code(404)), "not found");
        assert_eq!(words(Status::Code(499)), "status 499");
        assert_eq!(words(Status::Range(5)), "server error");
    }

    #[test]
    fn redirections_are_successes_and_unregistered_codes_are_not() {
        assert!(is_success(Status::Code(304)));
        assert!(is_success(Status::Range(2)));
        assert!(!is_success(Status::Code(600)));
    }
}
