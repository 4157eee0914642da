//! Media types that are JSON.

use serde_json::json;
use specwright_runtime::MaybeAbsent;
use specwright_runtime::client::Error;
use specwright_runtime::server::{Context, Failure};
use tests::generated::json_media_types::types::{Document, PostDocumentBadRequest};
use tests::generated::json_media_types::{operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<Document>);

impl s::JsonMediaTypes for Service {
    async fn post_document(
        &self,
        input: s::PostDocumentInput,
        _: Context,
    ) -> Result<o::PostDocumentSuccess, Failure<o::PostDocumentError>> {
        if input.body.title.is_none() {
            let problem = PostDocumentBadRequest::new().title("no title");
            return Err(o::PostDocumentError::BadRequest(problem).into());
        }
        Ok(o::PostDocumentSuccess::Ok(input.body))
    }

    async fn patch_document(
        &self,
        input: s::PatchDocumentInput,
        _: Context,
    ) -> Result<o::PatchDocumentSuccess, Failure<o::PatchDocumentError>> {
        self.0.record(input.body);
        Ok(o::PatchDocumentSuccess::NoContent)
    }

    async fn put_document(
        &self,
        input: s::PutDocumentInput,
        _: Context,
    ) -> Result<o::PutDocumentSuccess, Failure<o::PutDocumentError>> {
        self.0.record(input.body);
        Ok(o::PutDocumentSuccess::NoContent)
    }
}

fn titled() -> Document {
    Document::new().title("t")
}

#[tokio::test]
async fn the_documented_media_types_are_sent_and_returned() {
    let (client, sent) = connect!(json_media_types, Service::default());
    let response = client.post_document(&titled()).await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/hal+json; charset=utf-8");
    assert_eq!(response.into_body(), titled());
    let request = &sent.requests()[0];
    assert_eq!(request.header("content-type"), Some("application/vnd.acme+json"));
    assert_eq!(
        request.header("accept"),
        Some("application/hal+json; charset=utf-8, application/problem+json, */*;q=0.1")
    );
    let error = client.post_document(&Document::default()).await.unwrap_err();
    let Error::Api(response) = error else { panic!("{error}") };
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let o::PostDocumentError::BadRequest(problem) = response.into_inner() else { panic!("another error") };
    assert_eq!(problem.title.as_deref(), Some("no title"));
}

#[tokio::test]
async fn a_merge_patch_keeps_absent_properties_and_removes_null_ones() {
    let service = Service::default();
    let (client, sent) = connect!(json_media_types, service.clone());
    let patch = Document::new().author(MaybeAbsent::Null);
    client.patch_document(&patch).await.unwrap();
    assert_eq!(sent.requests()[0].header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(sent.requests()[0].body, r#"{"author":null}"#);
    assert_eq!(service.0.only(), patch);
}

#[tokio::test]
async fn a_wildcard_is_sent_as_json() {
    let service = Service::default();
    let (client, sent) = connect!(json_media_types, service.clone());
    client.put_document(&titled()).await.unwrap();
    assert_eq!(sent.requests()[0].header("content-type"), Some("application/json"));
    assert_eq!(service.0.only(), titled());
}

#[tokio::test]
async fn other_media_types_are_refused() {
    let router = || s::router(Service::default());
    for media in ["text/plain", "application/xml", "application/vnd.acme+xml"] {
        let response = raw_request::body(router(), "POST", "/document", media, "{}").await;
        assert_eq!(response.status, 415, "{media}");
    }
    let body = json!({"title": "t"}).to_string();
    let response =
        raw_request::body(router(), "POST", "/document", "application/vnd.acme+json; charset=utf-8", body).await;
    assert_eq!(response.status, 200);
}
