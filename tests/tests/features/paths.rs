//! Paths: shared parameters, references, queries in keys, and names.

use axum::http::HeaderValue;
use specwright_runtime::server::{Context, Failure};
use tests::generated::paths::{operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<String>);

impl s::Paths for Service {
    async fn get_user(
        &self,
        input: s::GetUserInput,
        _: Context,
    ) -> Result<o::GetUserSuccess, Failure<o::GetUserError>> {
        self.0.record(format!("get {} {:?}", input.user, input.page));
        Ok(o::GetUserSuccess::NoContent)
    }

    async fn delete_user(
        &self,
        input: s::DeleteUserInput,
        _: Context,
    ) -> Result<o::DeleteUserSuccess, Failure<o::DeleteUserError>> {
        self.0.record(format!("delete {} {:?}", input.user, input.page));
        Ok(o::DeleteUserSuccess::NoContent)
    }

    async fn get_me(&self, _: s::GetMeInput, _: Context) -> Result<o::GetMeSuccess, Failure<o::GetMeError>> {
        self.0.record("me".to_owned());
        Ok(o::GetMeSuccess::NoContent)
    }

    async fn shared(&self, _: s::SharedInput, _: Context) -> Result<o::SharedSuccess, Failure<o::SharedError>> {
        self.0.record("shared".to_owned());
        Ok(o::SharedSuccess::NoContent)
    }

    async fn start(&self, _: s::StartInput, _: Context) -> Result<o::StartSuccess, Failure<o::StartError>> {
        self.0.record("start".to_owned());
        Ok(o::StartSuccess::NoContent)
    }

    async fn stop(&self, _: s::StopInput, _: Context) -> Result<o::StopSuccess, Failure<o::StopError>> {
        self.0.record("stop".to_owned());
        Ok(o::StopSuccess::NoContent)
    }

    async fn get_nameless_by_id(
        &self,
        input: s::GetNamelessByIdInput,
        _: Context,
    ) -> Result<o::GetNamelessByIdSuccess, Failure<o::GetNamelessByIdError>> {
        self.0.record(format!("nameless {}", input.id));
        Ok(o::GetNamelessByIdSuccess::NoContent)
    }

    async fn r#type(&self, input: s::TypeInput, _: Context) -> Result<o::TypeSuccess, Failure<o::TypeError>> {
        self.0.record(format!("type {:?} {:?}", input.self_, input.größe));
        Ok(o::TypeSuccess::NoContent)
    }
}

#[tokio::test]
async fn parameters_of_a_path_apply_to_its_operations_unless_overridden() {
    let service = Service::default();
    let (client, _) = connect!(paths, service.clone());
    client.get_user("u").page("first").await.unwrap();
    client.delete_user("u").page(5).await.unwrap();
    assert_eq!(service.0.all(), ["get u Some(\"first\")", "delete u Some(5)"]);
    let response = raw_request::empty(s::router(service), "DELETE", "/users/u?page=6").await;
    assert_eq!(response.violations(), (422, vec!["/query/page".to_owned()]));
}

#[tokio::test]
async fn a_literal_takes_precedence_over_a_variable() {
    let service = Service::default();
    let (client, _) = connect!(paths, service.clone());
    client.get_me().await.unwrap();
    client.get_user("mei").await.unwrap();
    client.delete_user("you").await.unwrap();
    assert_eq!(service.0.all(), ["me", "get mei None", "delete you None"]);
    // A path without parameters alone says which methods it has.
    let refused = raw_request::empty(s::router(service.clone()), "DELETE", "/users/me").await;
    assert_eq!((refused.status, &refused.headers["allow"]), (405, &HeaderValue::from_static("GET, HEAD, OPTIONS")));
    assert_eq!(raw_request::empty(s::router(service), "HEAD", "/users/me").await.status, 204);
}

#[tokio::test]
async fn a_path_item_by_reference_is_called_at_its_path() {
    let service = Service::default();
    let (client, sent) = connect!(paths, service.clone());
    client.shared().await.unwrap();
    assert_eq!((service.0.only().as_str(), sent.requests()[0].path.as_str()), ("shared", "/shared"));
}

#[tokio::test]
async fn the_query_in_a_key_distinguishes_operations() {
    let service = Service::default();
    let (client, sent) = connect!(paths, service.clone());
    client.start().await.unwrap();
    client.stop().await.unwrap();
    assert_eq!(service.0.all(), ["start", "stop"]);
    assert_eq!(sent.requests()[1].query.as_deref(), Some("action=stop"));
    for target in ["/rpc", "/rpc?action=pause"] {
        assert_eq!(raw_request::empty(s::router(service.clone()), "POST", target).await.status, 404, "{target}");
    }
}

#[tokio::test]
async fn missing_and_reserved_names_are_replaced() {
    let service = Service::default();
    let (client, sent) = connect!(paths, service.clone());
    client.get_nameless_by_id("n").await.unwrap();
    client.r#type().self_("s").größe(3).await.unwrap();
    assert_eq!(service.0.all(), ["nameless n", "type Some(\"s\") Some(3)"]);
    assert_eq!(sent.requests()[1].query.as_deref(), Some("self=s&Gr%C3%B6%C3%9Fe=3"));
}
