//! Shared code of the benchmarks: one operation in generated code and by hand, and documents for
//! the generator.
//!
//! The operation is `createUser` of Prelude. It has a bearer token, a path parameter, a JSON body
//! with an enum and a non-empty list, and a JSON response. Both implementations send and validate
//! the same.

pub mod by_hand;
pub mod documents;
pub mod generated;

/// The token that both servers accept.
pub const TOKEN: &str = "sk_test_51H8yq2eZvKYlo2C";

/// The application in the path.
pub const APP: &str = "54e9ujn";

/// The ID in the response of both servers: the requested one, or one made from the first
/// identifier.
fn new_id(app: &str, requested: Option<String>, identifier: &str) -> String {
    requested.unwrap_or_else(|| format!("usr_{app}_{identifier}"))
}

/// A request as a server receives it.
///
/// # Panics
///
/// If `token` is not a valid header value.
#[must_use]
pub fn request(token: &str, body: &'static str) -> http::Request<axum::body::Body> {
    http::Request::post(format!("/v2/session/apps/{APP}/users"))
        .header(http::header::HOST, "api.example.com")
        .header(http::header::AUTHORIZATION, format!("Bearer {token}"))
        .header(http::header::CONTENT_TYPE, "application/json")
        .header(http::header::CONTENT_LENGTH, body.len())
        .body(axum::body::Body::from(body))
        .expect("a request")
}

/// A valid request body.
pub const BODY: &str = r#"{"identifiers":[{"type":"email_address","value":"jane@example.com"},{"type":"phone_number","value":"+30123456789"}],"profile":{"first_name":"Jane","last_name":"Smith","locale":"en-US"}}"#;

/// A request body with one value of a wrong type.
pub const ONE_FAULT: &str = r#"{"identifiers":[{"type":"email_address","value":"jane@example.com"},{"type":"phone_number","value":"+30123456789"}],"profile":{"first_name":"Jane","last_name":"Smith","locale":1}}"#;

/// A request body with five faults.
pub const FIVE_FAULTS: &str = r#"{"identifiers":[{"type":"pigeon","value":"jane@example.com"},{"type":"phone_number"},{"type":"phone_number","value":3}],"profile":{"first_name":true,"last_name":"Smith","locale":1}}"#;

/// Sends a request to a router in this process and reads the whole response.
///
/// # Panics
///
/// If the body of the response can't be read.
pub async fn response(
    router: &axum::Router,
    request: http::Request<axum::body::Body>,
) -> (http::StatusCode, bytes::Bytes) {
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    let Ok(response) = router.clone().oneshot(request).await;
    let status = response.status();
    let body = response.into_body().collect().await.expect("a whole body").to_bytes();
    (status, body)
}

/// A single-threaded runtime, so that the scheduler does not affect measurements.
///
/// # Panics
///
/// If the runtime can't be built.
#[must_use]
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The comparison is fair only if both do the same work: they must respond equally to valid and
    /// to invalid requests.
    #[test]
    fn both_servers_validate_equally() {
        let bodies = [
            (BODY, 201),
            (r#"{"identifiers":[{"type":"email_address","value":"a"}],"id":"usr_1"}"#, 201),
            // The document describes no 422.
            (r#"{"identifiers":[]}"#, 400),
            (r#"{"identifiers":[{"type":"pigeon","value":"a"}]}"#, 400),
            (r#"{"profile":{}}"#, 400),
            (ONE_FAULT, 400),
            (FIVE_FAULTS, 400),
            (r#"{"identifiers":"#, 400),
        ];
        let routers = [generated::router(), by_hand::router()];
        runtime().block_on(async {
            for (body, status) in bodies {
                for router in &routers {
                    assert_eq!(response(router, request(TOKEN, body)).await.0, status, "{body}");
                }
            }
            let responses =
                [response(&routers[0], request(TOKEN, BODY)).await, response(&routers[1], request(TOKEN, BODY)).await];
            assert_eq!(responses[0], responses[1]);
            for router in &routers {
                assert_eq!(response(router, request("wrong", BODY)).await.0, 401);
            }
        });
    }

    #[test]
    fn both_clients_get_the_same_response() {
        runtime().block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
            let url = format!("http://{}", listener.local_addr().expect("an address"));
            let server = tokio::spawn(async move { axum::serve(listener, by_hand::router()).await });
            let by_generated = generated::create_user(&generated::client(&url)).await;
            let by_hand = by_hand::Client::new(&url).create_user(APP, &by_hand::body()).await.expect("a response");
            let client = by_hand::Client::new(&url);
            let careful = client.create_user_carefully(APP, &by_hand::body()).await.expect("a response");
            assert_eq!([&by_generated, &careful.id], [&by_hand.id, &by_hand.id]);
            assert_eq!(by_hand.id, format!("usr_{APP}_jane@example.com"));
            server.abort();
        });
    }
}
