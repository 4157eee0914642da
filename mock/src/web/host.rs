//! Whether a request is meant for this machine.
//!
//! A page of any site can make its name resolve to loopback (DNS rebinding). For the browser, its
//! requests have the same origin, but they have the site's name in `Host`.

use std::net::IpAddr;

use axum::extract::Request;
use axum::response::Response;
use http::StatusCode;
use http::header::HOST;
use http::uri::Authority;

use super::problem;

/// Refuses a request whose host is neither loopback nor one of `allowed`.
///
/// # Errors
/// The response that refuses the request.
pub fn check(request: &Request, allowed: &[String]) -> Result<(), Box<Response>> {
    let Some(host) = host(request) else {
        return Err(Box::new(problem(StatusCode::BAD_REQUEST, "a request has one `Host` line")));
    };
    let known = is_loopback(&host) || allowed.iter().any(|name| name.eq_ignore_ascii_case(&host));
    known.then_some(()).ok_or_else(|| {
        let detail = "this route responds to this machine only; `--allow-host` allows other names";
        Box::new(problem(StatusCode::FORBIDDEN, detail))
    })
}

/// The host of a request without its port; `None` unless it is given exactly once.
#[must_use]
pub fn host(request: &Request) -> Option<String> {
    let mut lines = request.headers().get_all(HOST).iter();
    let line = match (lines.next(), lines.next()) {
        // A host has no user (RFC 9110, 7.2).
        (Some(line), None) => line.to_str().ok().filter(|line| !line.contains('@'))?.parse::<Authority>().ok()?,
        _ => return None,
    };
    // If the target itself contains a host, that host counts instead (RFC 9112, 3.2.2).
    let authority = request.uri().authority().unwrap_or(&line);
    Some(authority.host().to_owned())
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    address.is_ok_and(|address| address.is_loopback()) || name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;

    use super::check;

    fn status(target: &str, hosts: &[&str], allowed: &[&str]) -> u16 {
        let request = hosts.iter().fold(Request::get(target), |request, host| request.header("host", *host));
        let allowed: Vec<String> = allowed.iter().map(|name| (*name).to_owned()).collect();
        check(&request.body(Body::empty()).unwrap(), &allowed)
            .map_or_else(|refusal| refusal.status().as_u16(), |()| 200)
    }

    #[test]
    fn only_this_machine_and_allowed_names_get_a_response() {
        for host in ["127.0.0.1:4010", "127.8.8.8", "localhost", "LOCALHOST:1", "a.localhost", "[::1]:4010"] {
            assert_eq!(status("/_sandbox/export", &[host], &[]), 200, "{host}");
        }
        for host in
            ["evil.example", "evil.example:4010", "localhost.evil.example", "10.0.0.1", "127.0.0.1.evil.example"]
        {
            assert_eq!(status("/_sandbox/export", &[host], &[]), 403, "{host}");
        }
        assert_eq!(status("/_sandbox/export", &["box.internal:80"], &["Box.internal"]), 200);
        assert_eq!(status("http://evil.example/_sandbox/export", &["localhost"], &[]), 403);
        assert_eq!(status("/_sandbox/export", &[], &[]), 400);
        assert_eq!(status("/_sandbox/export", &["evil.example@localhost"], &[]), 400);
        assert_eq!(status("/_sandbox/export", &["localhost", "evil.example"], &[]), 400);
    }
}
