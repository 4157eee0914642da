//! Webhooks: calls to URLs that the application chooses.

use specwright_runtime::client::{Builder, Core, Error, MockResponse, Recorder};
use specwright_runtime::descriptor::{Operation, Parameter, Piece};

use crate::api::send;

pub static CHANGED: Operation = Operation {
    id: "changed",
    method: "POST",
    path: "{$request.body#/url}",
    segments: &[&[Piece::Literal("changed")]],
    parameters: &[Parameter { name: "at", ..Parameter::QUERY }],
    server: Some("https://api.example"),
    ..Operation::BASE
};

fn sender(recorder: &Recorder) -> Core {
    Builder::to_any_url().transport(recorder.clone()).build().unwrap()
}

#[tokio::test]
async fn a_call_goes_only_to_the_given_url() {
    let recorder = Recorder::new();
    let core = sender(&recorder);
    for (url, at, sent) in [
        ("https://app.example/hooks", None, "https://app.example/hooks"),
        ("https://app.example/hooks/", Some(1), "https://app.example/hooks/?at=1"),
        ("http://app.example/?key=a%2Fb", Some(2), "http://app.example/?key=a%2Fb&at=2"),
        ("https://app.example?", Some(3), "https://app.example/?at=3"),
    ] {
        recorder.respond_with(MockResponse::empty(204));
        let mut call = core.call_at(&CHANGED, url);
        if let Some(at) = at {
            call.parameter(0, &at);
        }
        send(call).await.unwrap();
        assert_eq!(recorder.requests().pop().unwrap().url.as_str(), sent);
    }
}

#[tokio::test]
async fn an_invalid_url_is_refused_and_not_repeated() {
    let recorder = Recorder::new();
    let core = sender(&recorder);
    for (url, problem) in [
        ("/hooks", "the URL is invalid: relative URL without a base"),
        ("ftp://app.example", "the URL must begin with `https://` or `http://`"),
        (
            "https://user:hunter2@app.example",
            "the URL holds a user name or password; pass them to `credentials` instead",
        ),
    ] {
        let Error::InvalidRequest(refused) = send(core.call_at(&CHANGED, url)).await.unwrap_err() else {
            panic!("{url} was sent");
        };
        assert_eq!(refused.to_string(), format!("`changed` (POST) was not sent: {problem}"));
    }
    assert!(recorder.requests().is_empty());
}

#[cfg(feature = "signatures")]
#[tokio::test]
async fn a_signed_request_has_the_id_of_the_call() {
    use std::time::SystemTime;

    use specwright_runtime::Secret;
    use specwright_runtime::client::RequestOptions;
    use specwright_runtime::signature::{SignatureScheme, Signatures};

    let key = Secret::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let signatures = Signatures::new(&SignatureScheme::STANDARD_WEBHOOKS, &key).unwrap();
    let recorder = Recorder::new();
    let core = Builder::to_any_url().transport(recorder.clone()).layer(signatures.clone()).build().unwrap();
    for id in [None, Some("msg_7")] {
        recorder.respond_with(MockResponse::empty(204));
        let mut call = core.call_at(&CHANGED, "https://app.example/hooks");
        if let Some(id) = id {
            call.with(RequestOptions::new().header("webhook-id", id));
        }
        send(call).await.unwrap();
        let sent = recorder.requests().pop().unwrap();
        assert_eq!(signatures.verify(&sent.headers, &sent.body, SystemTime::now()), Ok(()));
        assert!(sent.header("webhook-id").is_some_and(|sent| id.map_or(sent.len() == 36, |id| sent == id)));
    }
}
