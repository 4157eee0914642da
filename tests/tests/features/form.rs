//! Forms.

use specwright_runtime::server::{Context, Failure};
use tests::generated::form::types::{Point, PointRequired, TokenOk, TokenRequest};
use tests::generated::form::{operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<TokenRequest>, Inputs<Vec<u8>>);

impl s::Form for Service {
    async fn token(&self, input: s::TokenInput, _: Context) -> Result<o::TokenSuccess, Failure<o::TokenError>> {
        self.0.record(input.body);
        Ok(o::TokenSuccess::Ok(TokenOk::new("a&b=c").seconds(60)))
    }

    async fn words(&self, input: s::WordsInput, _: Context) -> Result<o::WordsSuccess, Failure<o::WordsError>> {
        let body = input.body.collect(1 << 10).await.map_err(Failure::internal)?;
        self.1.record(body.to_vec());
        Ok(o::WordsSuccess::NoContent)
    }
}

#[tokio::test]
async fn each_property_has_its_encoding_and_is_read_back() {
    let service = Service::default();
    let (client, sent) = connect!(form, service.clone());
    let body = TokenRequest::new("client credentials&more")
        .scope(["read", "write"])
        .ids([1, 2])
        .point(Point::new(PointRequired { x: 3, y: 4 }))
        .redirect("https://example.com/a+b?c=d&e");
    let response = client.token(&body).await.unwrap();
    let request = &sent.requests()[0];
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    let text = String::from_utf8_lossy(&request.body).into_owned();
    assert_eq!(
        text.split('&').collect::<Vec<_>>(),
        [
            "grant_type=client+credentials%26more",
            "scope=read+write",
            "ids=1",
            "ids=2",
            "point%5Bx%5D=3",
            "point%5By%5D=4",
            "redirect=https://example.com/a%2Bb?c=d%26e",
        ]
    );
    assert_eq!(service.0.only(), body);
    assert_eq!(response.into_body(), TokenOk::new("a&b=c").seconds(60));
}

#[tokio::test]
async fn an_invalid_form_is_refused_with_its_pointer() {
    let media = "application/x-www-form-urlencoded";
    for (body, pointer, message) in [
        ("scope=a", "/body/grant_type", "must be given"),
        ("grant_type=a&ids=1&ids=x", "/body/ids/1", "expected integer, found string"),
        ("grant_type=a&point[x]=1&point[y]=up", "/body/point/y", "expected integer, found string"),
        ("grant_type=a&point[x]=1", "/body/point/y", "must be given"),
        ("grant_type=a&point[x]=1&point[x][z]=1", "/body/point/x", "both a value and an object"),
        ("grant_type=a&grant_type=b", "/body/grant_type", "must be given once"),
        ("grant_type=a&address={}", "/body/address/city", "must be given"),
        ("grant_type=a&address={\"city\":7}", "/body/address/city", "expected string, found number"),
        (
            "grant_type=a&address={\"city\":\"Rome\",\"floors\":[1,true]}",
            "/body/address/floors/1",
            "expected integer, found boolean",
        ),
        ("grant_type=a&address={\"city\":\"rome\"}", "/body/address/city", "must match"),
        ("grant_type=a&address={", "/body/address", "must be JSON"),
    ] {
        let response = raw_request::body(s::router(Service::default()), "POST", "/tokens", media, body).await;
        assert_eq!(response.violations(), (422, vec![pointer.to_owned()]), "{body}");
        assert!(response.json().to_string().contains(message), "{body}: {:?}", response.json());
    }
    let response = raw_request::body(s::router(Service::default()), "POST", "/tokens", "application/json", "{}").await;
    assert_eq!(response.status, 415);
}

#[tokio::test]
async fn a_form_that_is_not_an_object_is_sent_raw() {
    let service = Service::default();
    let (client, sent) = connect!(form, service.clone());
    client.words("a=1&b").await.unwrap();
    assert_eq!(sent.requests()[0].header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(service.1.only(), b"a=1&b");
}
