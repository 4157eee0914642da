//! No public type shows a secret.

use std::fmt::Write as _;

use specwright_runtime::client::{
    Builder, Error, Middleware, MockResponse, Next, Recorder, Request, RequestOptions, Response, Retry, Token,
    TransportError,
};
use specwright_runtime::security::{CredentialSet, Presented};
use specwright_runtime::{BoxFuture, Secret};

use crate::api::{APP_KEY, COOKIE_KEY, QUERY_KEY, SECURED, builder, get_user, send};
use crate::webhooks::CHANGED;

const SECRET: &str = "hunter2";

#[derive(Clone, Debug)]
struct Keys(Secret);

impl CredentialSet for Keys {
    fn present(self) -> Presented {
        Presented::new().secret(&APP_KEY, self.0.clone()).secret(&QUERY_KEY, self.0.clone()).secret(&COOKIE_KEY, self.0)
    }

    fn recognize(_: Presented) -> Option<Self> {
        None
    }
}

/// Prints requests and responses with `Debug`.
struct Printer(std::sync::Arc<std::sync::Mutex<String>>);

impl Middleware for Printer {
    fn handle<'a>(&'a self, request: Request, next: Next<'a>) -> BoxFuture<'a, Result<Response, TransportError>> {
        write!(self.0.lock().unwrap(), "{request:?} {next:?}").unwrap();
        Box::pin(async move {
            let response = next.run(request).await?;
            write!(self.0.lock().unwrap(), "{response:?} {:?}", response.headers).unwrap();
            Ok(response)
        })
    }
}

#[track_caller]
fn hides(shown: &str) {
    assert!(!shown.contains(SECRET), "{shown}");
}

#[tokio::test]
async fn debug_and_display_of_public_types_show_no_secrets() {
    let output = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::json(200, "{\"id\":\"hunter2\"}").with_header("set-cookie", "sid=hunter2"));
    recorder.respond_with(MockResponse::json(302, "hunter2").with_header("x-auth-token", "hunter2"));
    let builder = builder("https://a.example")
        .credentials(Keys(Secret::from(SECRET)).present())
        .header("x-own-key", SECRET)
        .layer(Printer(output.clone()))
        .transport(recorder.clone());
    hides(&format!("{builder:?}"));
    let core = builder.build().unwrap();
    hides(&format!("{core:?}"));
    let mut call = get_user(&core, SECRET);
    call.with(RequestOptions::new().credentials(Keys(Secret::from(SECRET))).header("x-key", SECRET));
    hides(&format!("{call:?}"));
    drop(call);
    for _ in 0..2 {
        let error = send(core.call(&SECURED)).await.unwrap_err();
        hides(&format!("{error:?} {error}"));
    }
    hides(&format!("{:?} {recorder:?}", recorder.requests()));
    assert_eq!(recorder.requests()[0].header("x-app-key"), Some(SECRET), "what is asked for by name is there");
    hides(&format!("{:?} {:?}", Token::new(SECRET), Keys(Secret::from(SECRET))));
    let output = output.lock().unwrap();
    assert!(output.contains("https://a.example/secured"));
    hides(&output);
}

#[tokio::test]
async fn only_the_origin_of_a_webhook_url_is_shown_even_after_redirects_and_errors() {
    let output = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::empty(308).with_header("location", "/moved/hunter2?hunter2"));
    let core = Builder::to_any_url().layer(Printer(output.clone())).transport(recorder.clone()).build().unwrap();
    let mut call = core.call_at(&CHANGED, "https://hooks.example:8443/services/hunter2?key=hunter2");
    call.parameter(0, &1);
    hides(&format!("{call:?}"));
    let error = send(call).await.unwrap_err();
    hides(&format!("{error:?} {error}"));
    let requests = recorder.requests();
    assert_eq!(requests.last().unwrap().path, "/moved/hunter2", "what is asked for by name is there");
    hides(&format!("{requests:?}"));
    let output = output.lock().unwrap();
    assert_eq!(output.matches("\"https://hooks.example:8443\"").count(), 2, "{output}");
    hides(&output);
}

#[tokio::test]
async fn an_unreachable_webhook_receiver_is_reported_without_its_path() {
    let core = Builder::to_any_url().build().unwrap();
    // Nothing listens on port 1.
    let mut call = core.call_at(&CHANGED, "http://127.0.0.1:1/services/hunter2");
    call.with(RequestOptions::new().retry(Retry::none()));
    let error = send(call).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
    let mut source: Option<&dyn std::error::Error> = Some(&error);
    while let Some(cause) = source {
        hides(&format!("{cause:?} {cause}"));
        source = cause.source();
    }
}
