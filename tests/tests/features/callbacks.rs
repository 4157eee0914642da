//! Callbacks, webhooks and links.

use std::sync::Arc;

use axum::Router;
use serde_json::json;
use specwright_runtime::Uri;
use specwright_runtime::client::{Error, InProcess, Retry};
use specwright_runtime::server::{Context, Failure};
use tests::Served;
use tests::generated::callbacks::sender::CallbacksSender;
use tests::generated::callbacks::types::{Event, SubscribeCreated, SubscribeRequest};
use tests::generated::callbacks::{operations as o, server as s, webhooks as w};

use crate::raw_request;
use crate::received::Inputs;

/// The API, which calls an application after a subscription.
struct Api;

impl s::Callbacks for Api {
    async fn subscribe(
        &self,
        input: s::SubscribeInput,
        _: Context,
    ) -> Result<o::SubscribeSuccess, Failure<o::SubscribeError>> {
        let sender = CallbacksSender::builder().retry(Retry::none()).build().map_err(Failure::internal)?;
        let url = input.body.url.as_str();
        sender.on_event(url, &Event::new("subscribed")).await.map_err(Failure::internal)?;
        sender.on_end(format!("{url}/end")).await.map_err(Failure::internal)?;
        Ok(o::SubscribeSuccess::Created(SubscribeCreated::new("s1")))
    }

    async fn get_subscription(
        &self,
        _: s::GetSubscriptionInput,
        _: Context,
    ) -> Result<o::GetSubscriptionSuccess, Failure<o::GetSubscriptionError>> {
        Ok(o::GetSubscriptionSuccess::NoContent)
    }
}

/// An application.
#[derive(Clone, Default)]
struct Application(Inputs<String>);

impl w::CallbacksWebhooks for Application {
    async fn user_created(
        &self,
        input: w::UserCreatedInput,
        _: Context,
    ) -> Result<o::UserCreatedSuccess, Failure<o::UserCreatedError>> {
        if input.body.kind == "old" {
            return Err(o::UserCreatedError::Gone.into());
        }
        self.0.record(format!("user_created {}", input.body.kind));
        Ok(o::UserCreatedSuccess::NoContent)
    }

    async fn on_event(
        &self,
        input: w::OnEventInput,
        context: Context,
    ) -> Result<o::OnEventSuccess, Failure<o::OnEventError>> {
        self.0.record(format!("on_event {} {}", input.body.kind, context.parts.uri.path()));
        Ok(o::OnEventSuccess::NoContent)
    }

    async fn on_end(&self, _: w::OnEndInput, _: Context) -> Result<o::OnEndSuccess, Failure<o::OnEndError>> {
        self.0.record("on_end".to_owned());
        Ok(o::OnEndSuccess::NoContent)
    }
}

#[tokio::test]
async fn callbacks_are_sent_to_the_url_of_the_application() {
    let application = Application::default();
    let service = Arc::new(application.clone());
    let hooks = Router::new()
        .route("/mine/{id}", w::endpoints::on_event(&service))
        .route("/mine/{id}/end", w::endpoints::on_end(&service));
    let listening = Served::start(hooks).await;
    let (client, _) = connect!(callbacks, Api);
    let body = SubscribeRequest::new(Uri::new(format!("{}/mine/7", listening.url())).unwrap());
    let response = client.subscribe(&body).await.unwrap();
    assert_eq!((response.status().as_u16(), response.into_body().id.as_str()), (201, "s1"));
    assert_eq!(application.0.all(), ["on_event subscribed /mine/7", "on_end"]);
}

#[tokio::test]
async fn webhooks_are_received_and_get_documented_responses() {
    let application = Application::default();
    let router = w::router(application.clone());
    let sender = CallbacksSender::builder().transport(InProcess::new(router)).build().unwrap();
    let url = "http://in-process/user_created";
    sender.user_created(url, &Event::new("new")).await.unwrap();
    assert_eq!(application.0.only(), "user_created new");
    let error = sender.user_created(url, &Event::new("old")).await.unwrap_err();
    let Error::Api(response) = &error else { panic!("{error}") };
    assert!(matches!(response.inner(), o::UserCreatedError::Gone));
}

#[tokio::test]
async fn received_webhooks_are_validated() {
    let application = Application::default();
    let response =
        raw_request::json(w::router(application.clone()), "POST", "/user_created", &json!({"kind": 1})).await;
    assert_eq!(response.violations(), (422, vec!["/body/kind".to_owned()]));
    let response =
        raw_request::body(w::router(application.clone()), "POST", "/user_created", "text/plain", "new").await;
    assert_eq!(response.status, 415);
    assert_eq!(raw_request::empty(w::router(application.clone()), "GET", "/user_created").await.status, 405);
    assert_eq!(application.0.all().len(), 0);
}

#[tokio::test]
async fn an_operation_with_links_is_called_like_any_other() {
    let (client, sent) = connect!(callbacks, Api);
    client.get_subscription("s1").await.unwrap();
    assert_eq!(sent.requests()[0].path, "/subscriptions/s1");
}
