//! Webhooks whose signature the receiver verifies, as the configuration says.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::http::{HeaderMap, Request};
use specwright_runtime::Secret;
use specwright_runtime::client::{InProcess, Retry};
use specwright_runtime::server::{Context, Failure};
use specwright_runtime::signature::{SignatureScheme, Signatures};
use tests::generated::signed_webhooks::sender::SignedWebhooksSender;
use tests::generated::signed_webhooks::types::Order;
use tests::generated::signed_webhooks::{operations as o, server as s, webhooks as w};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Application(Inputs<i64>);

impl w::SignedWebhooksWebhooks for Application {
    async fn order_paid(
        &self,
        input: w::OrderPaidInput,
        _: Context,
    ) -> Result<o::OrderPaidSuccess, Failure<o::OrderPaidError>> {
        self.0.record(input.body.id);
        Ok(o::OrderPaidSuccess::NoContent)
    }
}

/// The document describes no operation that the application could call.
impl s::SignedWebhooks for Application {}

fn signatures(key: &str) -> Signatures {
    Signatures::new(&w::SIGNATURE, &Secret::from(key)).unwrap()
}

async fn status(router: Router, path: &str, headers: HeaderMap, body: &str) -> u16 {
    let mut request = Request::builder().method("POST").uri(path).body(body.to_owned().into()).unwrap();
    request.headers_mut().extend(headers);
    request.headers_mut().insert("content-type", "application/json".parse().unwrap());
    raw_request::send(router, request).await.status
}

#[test]
fn the_scheme_is_the_chosen_one_with_the_chosen_header() {
    assert_eq!((w::SIGNATURE.header, w::SIGNATURE.prefix), ("acme-signature", SignatureScheme::STRIPE.prefix));
}

#[tokio::test]
async fn only_signed_webhooks_reach_a_method() {
    let application = Application::default();
    let router = w::router(application.clone(), signatures("new").and_key(&Secret::from("former")).unwrap());
    let now = SystemTime::now();
    for (key, signed, sent, expected) in [
        ("new", r#"{"id":1}"#, r#"{"id":1}"#, 204),
        ("former", r#"{"id":2}"#, r#"{"id":2}"#, 204),
        ("other", r#"{"id":3}"#, r#"{"id":3}"#, 401),
        ("new", r#"{"id":1}"#, r#"{"id":4}"#, 401),
        // The signature is verified before the body is.
        ("new", r#"{"id":0}"#, r#"{"id":0}"#, 422),
        ("other", r#"{"id":0}"#, r#"{"id":0}"#, 401),
    ] {
        let headers = signatures(key).sign("", signed.as_bytes(), now);
        assert_eq!(status(router.clone(), "/order.paid", headers, sent).await, expected, "{key} {sent}");
    }
    let old = signatures("new").sign("", br#"{"id":5}"#, now - Duration::from_secs(600));
    assert_eq!(status(router.clone(), "/order.paid", old, r#"{"id":5}"#).await, 401);
    assert_eq!(status(router, "/order.paid", HeaderMap::new(), r#"{"id":6}"#).await, 401);
    assert_eq!(application.0.all(), [1, 2]);
}

#[tokio::test]
async fn an_api_of_webhooks_alone_has_a_server_without_operations() {
    let response = raw_request::empty(s::router(Application::default()), "POST", "/order.paid").await;
    assert_eq!(response.status, 404);
}

#[tokio::test]
async fn single_endpoints_verify_too_and_a_sender_signs_with_the_same_value() {
    let application = Application::default();
    let service = Arc::new(application.clone());
    let endpoint = w::endpoints::order_paid(&service, &signatures("key"));
    let hooks = Router::new().route("/hooks/{tenant}", endpoint);
    let sender = |signatures: Option<Signatures>| {
        let builder = SignedWebhooksSender::builder().retry(Retry::none()).transport(InProcess::new(hooks.clone()));
        let builder = match signatures {
            Some(signatures) => builder.layer(signatures),
            None => builder,
        };
        builder.build().unwrap()
    };
    let order = Order::new(7);
    sender(Some(signatures("key"))).order_paid("http://a.example/hooks/7", &order).await.unwrap();
    assert!(sender(None).order_paid("http://a.example/hooks/7", &order).await.is_err());
    assert_eq!(application.0.all(), [7]);
}
