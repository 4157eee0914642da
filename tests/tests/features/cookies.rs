//! Parameters in cookies.

use axum::body::Body;
use axum::http::Request;
use specwright_runtime::server::{Context, Failure};
use tests::generated::cookies::{operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<s::MeInput>);

impl s::Cookies for Service {
    async fn me(&self, input: s::MeInput, _: Context) -> Result<o::MeSuccess, Failure<o::MeError>> {
        self.0.record(input);
        Ok(o::MeSuccess::NoContent)
    }
}

#[tokio::test]
async fn cookies_are_sent_in_one_header() {
    let service = Service::default();
    let (client, sent) = connect!(cookies, service.clone());
    client.me().session("s; x=1").seen(3).flags(["a", "b"]).await.unwrap();
    assert_eq!(sent.requests()[0].header("cookie"), Some("session=s%3B%20x=1; seen=3; flags=a%2Cb"));
    let input = service.0.only();
    assert_eq!((input.session.as_str(), input.seen), ("s; x=1", Some(3)), "a value cannot add a cookie");
    assert_eq!(input.flags.unwrap(), ["a", "b"]);
}

#[tokio::test]
async fn missing_and_invalid_cookies_are_refused_with_their_pointer() {
    for (cookies, pointer) in [("seen=3", "/cookie/session"), ("session=s; seen=x", "/cookie/seen")] {
        let request = Request::builder().uri("/me").header("cookie", cookies).body(Body::empty()).unwrap();
        let response = raw_request::send(s::router(Service::default()), request).await;
        assert_eq!(response.violations(), (400, vec![pointer.to_owned()]), "{cookies}");
    }
}
