//! Gets a document that is not a file: over HTTP, or from standard input.
//!
//! **Invariant:** connections use TLS, except to this machine, and time and size are limited. No
//! other code of this program uses the network.

use std::io::{self, Read as _};
use std::time::Duration;

/// The name of standard input as a document.
pub const STDIN: &str = "-";

/// The maximum size of a response. No document is that large.
const MAX_BYTES: u64 = 64 << 20;
/// The time limit, including redirects.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Whether a text that names a document is a URL.
#[must_use]
pub fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// The document that a text names if it is a URL or standard input: its name in messages, and its
/// bytes. `None` for a file.
///
/// # Errors
///
/// One sentence about what went wrong.
pub fn given(document: &str) -> Result<Option<(String, Vec<u8>)>, String> {
    if is_url(document) {
        let bytes = get(document).map_err(|error| format!("{document}: {error}"))?;
        return Ok(Some((without_query(document).to_owned(), bytes)));
    }
    if document != STDIN {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes);
    match read {
        Ok(count) if count as u64 > MAX_BYTES => Err(format!("standard input has more than {MAX_BYTES} bytes")),
        Ok(_) => Ok(Some(("stdin".to_owned(), bytes))),
        Err(error) => Err(format!("standard input: {error}")),
    }
}

/// A URL without its query, which may have a key, and its fragment.
#[must_use]
pub fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

/// The bytes at a URL.
///
/// # Errors
///
/// One sentence that says what went wrong.
pub fn get(url: &str) -> Result<Vec<u8>, String> {
    get_within(url, TIMEOUT, MAX_BYTES)
}

fn get_within(url: &str, timeout: Duration, limit: u64) -> Result<Vec<u8>, String> {
    let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        .iter()
        .any(|start| url.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/', '?'])));
    if !local && !url.starts_with("https://") {
        return Err("the URL must begin with `https://`".to_owned());
    }
    let agent = ureq::Agent::config_builder()
        .https_only(!local)
        .max_redirects(5)
        .timeout_global(Some(timeout))
        .user_agent(concat!("specwright/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent();
    let mut response = agent.get(url).call().map_err(|error| error.to_string())?;
    response.body_mut().with_config().limit(limit).read_to_vec().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// Responds to one request with these bytes, with a pause before each piece.
    fn serve(pieces: Vec<Vec<u8>>, pause: Duration) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}/openapi.yaml", listener.local_addr().expect("an address"));
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a client");
            let mut request = [0; 2048];
            let _ = stream.read(&mut request);
            for piece in pieces {
                thread::sleep(pause);
                if stream.write_all(&piece).is_err() {
                    return;
                }
            }
        });
        url
    }

    #[test]
    fn a_document_is_fetched_from_this_machine() {
        let response = b"HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\nopenapi: 3.1.0".to_vec();
        let url = serve(vec![response], Duration::ZERO);
        assert_eq!(get(&url).as_deref(), Ok(b"openapi: 3.1.0".as_slice()));
    }

    #[test]
    fn an_error_status_is_an_error() {
        let url = serve(vec![b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec()], Duration::ZERO);
        assert!(get(&url).is_err_and(|error| error.contains("404")));
    }

    #[test]
    fn a_response_beyond_the_limit_is_refused() {
        let response = format!("HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{}", "x".repeat(5000));
        let url = serve(vec![response.into_bytes()], Duration::ZERO);
        assert!(get_within(&url, TIMEOUT, 100).is_err());
    }

    #[test]
    fn a_response_that_takes_too_long_is_abandoned() {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n".to_vec();
        let url = serve(vec![head, vec![b'x'; 100]], Duration::from_secs(2));
        assert!(get_within(&url, Duration::from_millis(300), MAX_BYTES).is_err());
    }

    #[test]
    fn a_url_is_named_without_its_query() {
        let response = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec();
        let url = serve(vec![response], Duration::ZERO);
        assert_eq!(given(&format!("{url}?key=secret")), Ok(Some((url, b"{}".to_vec()))));
        assert_eq!(given("openapi.yaml"), Ok(None));
    }

    #[test]
    fn plain_http_is_refused_except_from_this_machine() {
        assert!(get("http://example.com/openapi.yaml").is_err_and(|error| error.contains("https")));
        assert!(get("http://localhost.example.com/").is_err_and(|error| error.contains("https")));
    }
}
