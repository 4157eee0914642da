//! Additions of version 3.2.

use futures::{StreamExt as _, stream};
use specwright_runtime::server::{AuthError, Context, Failure};
use specwright_runtime::{Lines, Secret};
use tests::generated::version_3_2::types::{Circle, SearchQ, Shape, Square};
use tests::generated::version_3_2::{Credentials, operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<Option<SearchQ>>);

impl s::Version3_2 for Service {
    type Principal = ();

    async fn authenticate(&self, Credentials::Oauth(token): Credentials, _: &Context) -> Result<(), AuthError> {
        if token.matches("t") { Ok(()) } else { Err(AuthError::Unauthorized) }
    }

    async fn query_things(
        &self,
        input: s::QueryThingsInput,
        _: Context,
    ) -> Result<o::QueryThingsSuccess, Failure<o::QueryThingsError>> {
        Ok(o::QueryThingsSuccess::Ok(vec![input.body]))
    }

    async fn copy_things(
        &self,
        (): (),
        _: s::CopyThingsInput,
        _: Context,
    ) -> Result<o::CopyThingsSuccess, Failure<o::CopyThingsError>> {
        Ok(o::CopyThingsSuccess::NoContent)
    }

    async fn export(&self, _: s::ExportInput, _: Context) -> Result<o::ExportSuccess, Failure<o::ExportError>> {
        let shapes = [Shape::from(Square::new(1)), Shape::from(Circle::new(2))];
        Ok(o::ExportSuccess::Ok(Lines::new(stream::iter(shapes.map(Ok)))))
    }

    async fn search(&self, input: s::SearchInput, _: Context) -> Result<o::SearchSuccess, Failure<o::SearchError>> {
        self.0.record(input.q);
        Ok(o::SearchSuccess::NoContent)
    }
}

#[tokio::test]
async fn query_and_custom_methods_are_sent_and_routed() {
    let credentials = Credentials::Oauth(Secret::from("t"));
    let (client, sent) = connect!(version_3_2, Service::default(), .credentials(credentials));
    let shape = Shape::from(Square::new(1));
    let response = client.query_things(&shape).await.unwrap().into_body();
    assert_eq!(response, [shape]);
    client.copy_things().await.unwrap();
    let lines: Vec<_> = sent.requests().iter().map(|request| format!("{} {}", request.method, request.path)).collect();
    assert_eq!(lines, ["QUERY /things", "COPY /things"]);
    let response = raw_request::empty(s::router(Service::default()), "GET", "/things").await;
    assert_eq!(response.status, 405);
    let allowed = response.headers["allow"].to_str().unwrap();
    assert!(allowed.contains("QUERY") && allowed.contains("COPY"), "{allowed}");
}

#[tokio::test]
async fn a_value_without_a_tag_is_the_default_member() {
    let (client, _) = connect!(version_3_2, Service::default());
    let circle = Shape::from(Circle::new(2));
    let response = client.query_things(&circle).await.unwrap().into_body();
    assert_eq!(response, [circle]);
    let named: Shape = serde_json::from_str(r#"{"kind":"square","side":3}"#).unwrap();
    assert!(matches!(named, Shape::Square(square) if square.side == 3), "a mapped value takes precedence");
    let other: Shape = serde_json::from_str(r#"{"kind":"hexagon","side":1,"radius":3}"#).unwrap();
    assert!(matches!(other, Shape::Circle(circle) if circle.radius == 3), "an unmapped value");
    serde_json::from_str::<Shape>(r#"{"kind":"hexagon","side":1}"#).unwrap_err();
}

#[tokio::test]
async fn items_of_a_stream_are_typed() {
    let (client, _) = connect!(version_3_2, Service::default());
    let lines = client.export().await.unwrap().into_body();
    let shapes: Vec<_> = lines.map(Result::unwrap).collect().await;
    assert_eq!(shapes, [Shape::from(Square::new(1)), Shape::from(Circle::new(2))]);
}

#[tokio::test]
async fn the_whole_query_can_be_one_parameter() {
    let service = Service::default();
    let (client, sent) = connect!(version_3_2, service.clone());
    let q = SearchQ::new().name("a&b").page(2);
    client.search().q(&q).await.unwrap();
    assert_eq!(sent.requests()[0].query.as_deref(), Some("name=a%26b&page=2"));
    assert_eq!(service.0.only(), Some(q));
}

#[tokio::test]
async fn a_login_on_another_device_is_documented() {
    use specwright_runtime::client::{MockResponse, OAuth, Recorder};
    use tests::generated::version_3_2::security::flows::OAUTH;
    assert_eq!(OAUTH.metadata_url, Some("https://example.com/.well-known/oauth-authorization-server"));
    let sent = Recorder::new();
    let body = r#"{"device_code": "d", "user_code": "AB", "verification_uri": "https://example.com/enter"}"#;
    sent.respond_with(MockResponse::json(200, body));
    let oauth = OAuth::new(&OAUTH, "http://in-process", "tv").transport(sent.clone());
    let login = oauth.device_code().await.unwrap();
    assert_eq!((login.user_code(), login.verification_url()), ("AB", "https://example.com/enter"));
    assert_eq!(sent.requests()[0].url.as_str(), "https://example.com/device");
}
