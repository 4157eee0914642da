//! Redirects. They carry the credentials along, so they are followed only on the same host.

use http::{HeaderMap, Method, StatusCode, header};
use url::Url;

use super::request::Request;

/// After this many redirects, the next one is returned to the caller.
pub(super) const MAX_REDIRECTS: u32 = 5;

/// Whether a response with this status may redirect.
pub(super) fn redirects(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301..=303 | 307 | 308)
}

/// The URL of a redirect, if the redirect is followed: it stays on the same host and keeps the
/// method, and the body can be sent again.
pub(super) fn follow(request: &Request, status: StatusCode, headers: &HeaderMap) -> Option<Url> {
    let safe = matches!(request.method, Method::GET | Method::HEAD);
    let keeps_method = matches!(status.as_u16(), 307 | 308) || (safe && redirects(status));
    if !keeps_method || !request.body.can_repeat() {
        return None;
    }
    let location = headers.get(header::LOCATION)?.to_str().ok()?;
    let url = request.url.join(location).ok()?;
    same_host(&request.url, &url).then_some(url)
}

/// Whether scheme, host and port are equal. An upgrade from HTTP to HTTPS on the default ports
/// counts as the same host.
fn same_host(from: &Url, to: &Url) -> bool {
    let upgraded = from.scheme() == "http"
        && to.scheme() == "https"
        && from.port_or_known_default() == Some(80)
        && to.port_or_known_default() == Some(443);
    let same = from.scheme() == to.scheme() && from.port_or_known_default() == to.port_or_known_default();
    from.host() == to.host() && (same || upgraded) && to.username().is_empty() && to.password().is_none()
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::same_host;

    #[test]
    fn only_the_same_host_is_followed() {
        for (from, to, expected) in [
            ("https://a.example/x", "https://a.example/y", true),
            ("https://a.example/x", "https://A.example:443/y", true),
            ("http://a.example/x", "https://a.example/y", true),
            ("https://a.example/x", "http://a.example/y", false),
            ("https://a.example/x", "https://b.example/y", false),
            ("https://a.example/x", "https://a.example:8443/y", false),
            ("https://a.example/x", "https://u:p@a.example/y", false),
            ("https://a.example/x", "https://a.example.evil/y", false),
        ] {
            assert_eq!(same_host(&Url::parse(from).unwrap(), &Url::parse(to).unwrap()), expected, "{from} {to}");
        }
    }
}
