//! Names that are reserved, used by generated code, or not valid identifiers.

use serde_json::{Value, json};
use specwright_runtime::server::{Context, Failure};
use tests::generated::names::types::{NoPartsRequest, NoneType, OptionType, SelfType};
use tests::generated::names::{operations as o, server as s};

use crate::raw_request;

struct Service;

impl s::Names for Service {
    async fn drop_(&self, _: s::DropInput, _: Context) -> Result<o::DropSuccess, Failure<o::DropError>> {
        Ok(o::DropSuccess::NoContent)
    }

    async fn service_(&self, _: s::ServiceInput, _: Context) -> Result<o::ServiceSuccess, Failure<o::ServiceError>> {
        Ok(o::ServiceSuccess::NoContent)
    }

    async fn as_ref_(&self, _: s::AsRefInput, _: Context) -> Result<o::AsRefSuccess, Failure<o::AsRefError>> {
        Ok(o::AsRefSuccess::NoContent)
    }

    async fn clone_(&self, _: s::CloneInput, _: Context) -> Result<o::CloneSuccess, Failure<o::CloneError>> {
        Ok(o::CloneSuccess::NoContent)
    }

    async fn self_(&self, _: s::SelfInput, _: Context) -> Result<o::SelfSuccess, Failure<o::SelfError>> {
        Ok(o::SelfSuccess::NoContent)
    }

    async fn x1f389(&self, _: s::X1f389Input, _: Context) -> Result<o::X1f389Success, Failure<o::X1f389Error>> {
        Ok(o::X1f389Success::NoContent)
    }

    async fn send(&self, input: s::SendInput, _: Context) -> Result<o::SendSuccess, Failure<o::SendError>> {
        let named = [input.client, input.body_, input.send_, input.a_b, input.a_minus_b, input.service, input.request];
        assert_eq!(named.map(Option::unwrap), ["c", "b", "s", "blank", "minus", "header", "cookie"]);
        assert_eq!((input.self_.as_str(), input.r#type.as_str()), ("me", "kind"));
        Ok(o::SendSuccess::Ok(input.body))
    }

    async fn no_parts(
        &self,
        input: s::NoPartsInput,
        _: Context,
    ) -> Result<o::NoPartsSuccess, Failure<o::NoPartsError>> {
        assert_eq!(input.body, NoPartsRequest::new());
        Ok(o::NoPartsSuccess::NoContent)
    }
}

#[tokio::test]
async fn operations_have_available_names() {
    let (client, sent) = connect!(names, Service);
    client.drop_().await.unwrap();
    client.service_().await.unwrap();
    client.as_ref_().await.unwrap();
    client.clone_().await.unwrap();
    client.self_().await.unwrap();
    client.x1f389().await.unwrap();
    let paths: Vec<String> = sent.requests().iter().map(|request| request.path.clone()).collect();
    assert_eq!(paths, ["/drop", "/service", "/as_ref", "/clone", "/into", "/party"]);
}

#[tokio::test]
async fn parameters_are_sent_with_the_names_of_the_document() {
    let (client, sent) = connect!(names, Service);
    let body = SelfType::new(NoneType::No);
    let call = client.send("me", "kind", &body).client("c").body_("b").send_("s").a_b("blank").a_minus_b("minus");
    let response = call.service("header").request("cookie").await.unwrap();
    assert_eq!(response.into_body(), body);
    let request = &sent.requests()[0];
    assert_eq!(request.path, "/me/kind");
    assert_eq!(request.query.as_deref(), Some("client=c&body=b&send=s&a%20b=blank&a-b=minus"));
}

#[tokio::test]
async fn a_body_without_parts_is_sent_and_read() {
    let (client, _) = connect!(names, Service);
    client.no_parts(NoPartsRequest::new()).await.unwrap();
}

#[test]
fn properties_and_values_keep_the_names_of_the_document() {
    let names = [
        "", " ", "-", "self", "Self", "crate", "type", "new", "clone", "default", "a b", "a-b", "aB", "1st", "🎉",
        "名前", "ｉｄ", "id", "Ⅷ",
    ];
    let named: Value = names.iter().enumerate().map(|(at, name)| ((*name).to_owned(), json!(at.to_string()))).collect();
    let option: OptionType = serde_json::from_value(named.clone()).unwrap();
    assert_eq!((option.id2.as_deref(), option.id.as_deref()), (Some("16"), Some("17")));
    assert_eq!((option.名前.as_deref(), option.viii.as_deref()), (Some("15"), Some("18")));
    assert_eq!(serde_json::to_value(&option).unwrap(), named);

    let values = NoneType::ALL.iter().map(NoneType::as_str);
    let written =
        ["yes", "no", "on", "off", "null", "1:30", "2020-01-01", "", "Self", "self", "None", "a b", "a-b", "🎉"];
    assert!(values.eq(written), "{:?}", NoneType::ALL);
}

#[test]
fn references_resolve_names_with_any_characters() {
    let value = json!({
        "none": "yes", "slash": {"slash": "/"}, "tilde": {"tilde": "~"}, "percent": {"percent": "%"},
        "blank": {"blank": " "}, "dot": {"dot": "."}, "result": ["a", {"error": {"some": {"error": {}}}}],
        "default": {"a": 1},
    });
    let read: SelfType = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(read.slash.as_ref().and_then(|slash| slash.slash.as_deref()), Some("/"));
    assert_eq!(read.tilde.as_ref().and_then(|tilde| tilde.tilde.as_deref()), Some("~"));
    assert_eq!(serde_json::to_value(&read).unwrap(), value);
}

#[tokio::test]
async fn no_other_operation_responds_at_their_paths() {
    let response = raw_request::empty(s::router(Service), "POST", "/types").await;
    assert_eq!(response.status, 501, "an operation that is not implemented");
    assert_eq!(raw_request::empty(s::router(Service), "POST", "/types_").await.status, 404);
}
