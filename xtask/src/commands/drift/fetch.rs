//! Fetches a document: the one place of this workspace that touches the network.
//!
//! The rule it keeps: TLS everywhere but on this machine, an end to waiting, an end to reading.

use std::time::Duration;

/// More than any document needs.
const MOST_BYTES: u64 = 64 << 20;
/// For all of it, redirects included.
const LONGEST: Duration = Duration::from_secs(30);

/// The bytes behind a URL.
///
/// # Errors
///
/// What went wrong, in one sentence.
pub fn get(url: &str) -> Result<Vec<u8>, String> {
    get_within(url, LONGEST, MOST_BYTES)
}

fn get_within(url: &str, longest: Duration, most: u64) -> Result<Vec<u8>, String> {
    let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        .iter()
        .any(|start| url.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/', '?'])));
    if !local && !url.starts_with("https://") {
        return Err("only `https` is fetched".to_owned());
    }
    let agent = ureq::Agent::config_builder()
        .https_only(!local)
        .max_redirects(5)
        .timeout_global(Some(longest))
        .user_agent("cargo-xtask-drift")
        .build()
        .new_agent();
    let mut response = agent.get(url).call().map_err(|error| error.to_string())?;
    response.body_mut().with_config().limit(most).read_to_vec().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// Answers one request with these bytes, in pieces with a pause before each.
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
    fn a_status_that_is_no_success_is_an_error() {
        let url = serve(vec![b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec()], Duration::ZERO);
        assert!(get(&url).is_err_and(|error| error.contains("404")));
    }

    #[test]
    fn more_than_the_limit_is_refused() {
        let response = format!("HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{}", "x".repeat(5000));
        let url = serve(vec![response.into_bytes()], Duration::ZERO);
        assert!(get_within(&url, LONGEST, 100).is_err());
    }

    #[test]
    fn a_server_that_never_ends_is_left() {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n".to_vec();
        let url = serve(vec![head, vec![b'x'; 100]], Duration::from_secs(2));
        assert!(get_within(&url, Duration::from_millis(300), MOST_BYTES).is_err());
    }

    #[test]
    fn text_without_encryption_from_elsewhere_is_refused() {
        assert!(get("http://example.com/openapi.yaml").is_err_and(|error| error.contains("https")));
        assert!(get("http://localhost.example.com/").is_err_and(|error| error.contains("https")));
    }
}
