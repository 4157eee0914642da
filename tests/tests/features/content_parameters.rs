//! Parameters and response headers that are JSON.

use serde_json::json;
use specwright_runtime::server::{Context, Failure};
use tests::Listener;
use tests::generated::content_parameters::types::Filter;
use tests::generated::content_parameters::{Client, operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<s::SearchInput>);

impl s::ContentParameters for Service {
    async fn search(&self, input: s::SearchInput, _: Context) -> Result<o::SearchSuccess, Failure<o::SearchError>> {
        let headers = o::SearchNoContentHeaders {
            x_seen: Some(input.filter.clone()),
            x_anything: Some(json!([null, "é"])),
            x_words: Some("a,b".to_owned()),
        };
        self.0.record(input);
        Ok(o::SearchSuccess::NoContent(headers))
    }
}

#[tokio::test]
async fn json_is_sent_in_queries_and_headers() {
    let service = Service::default();
    let (client, sent) = connect!(content_parameters, service.clone());
    let filter = Filter::new("a&b").ages([1, 2]);
    let response = client.search().filter(&filter).x_filter(&filter).await.unwrap();
    let text = r#"{"name":"a&b","ages":[1,2]}"#;
    let request = &sent.requests()[0];
    let query = request.url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
    assert_eq!(query, [format!("filter={text}")]);
    assert_eq!(request.header("x-filter"), Some(text));
    let input = service.0.only();
    assert_eq!((input.filter, input.x_filter), (filter.clone(), Some(filter.clone())));
    let o::SearchSuccess::NoContent(headers) = response.into_inner();
    assert_eq!((headers.x_seen, headers.x_anything), (Some(filter), Some(json!([null, "é"]))));
    assert_eq!(headers.x_words.as_deref(), Some("a,b"));
}

#[tokio::test]
async fn a_response_header_is_encoded_as_json() {
    let response =
        raw_request::empty(s::router(Service::default()), "GET", "/search?filter=%7B%22name%22:%22a%22%7D").await;
    assert_eq!(response.status, 204);
    assert_eq!(response.headers["x-seen"], r#"{"name":"a"}"#);
    assert_eq!(response.headers["x-anything"].as_bytes(), r#"[null,"é"]"#.as_bytes());
    assert_eq!(response.headers["x-words"], "a,b");
}

#[tokio::test]
async fn a_header_that_is_invalid_json_or_has_another_type_is_missing() {
    let head = "HTTP/1.1 204 No Content\r\nx-seen: {\"name\":1}\r\nx-anything: {\r\nx-words: c\r\n\r\n";
    let listener = Listener::start(head).await;
    let client = Client::builder(listener.url()).build().unwrap();
    let response = client.search().filter(&Filter::new("a")).await.unwrap();
    assert_eq!(response.headers()["x-seen"], r#"{"name":1}"#, "the raw headers are there");
    let o::SearchSuccess::NoContent(headers) = response.into_inner();
    assert_eq!((headers.x_seen, headers.x_anything, headers.x_words.as_deref()), (None, None, Some("c")));
}

#[tokio::test]
async fn invalid_json_and_other_types_are_refused_with_their_pointer() {
    for (query, pointer) in [
        ("", "/query/filter"),
        ("filter=%7B", "/query/filter"),
        ("filter=%7B%22name%22:1%7D", "/query/filter/name"),
        ("filter=%7B%7D", "/query/filter/name"),
        ("filter=%7B%22name%22:%22a%22,%22ages%22:[1,%22b%22]%7D", "/query/filter/ages/1"),
    ] {
        let response = raw_request::empty(s::router(Service::default()), "GET", &format!("/search?{query}")).await;
        assert_eq!(response.violations(), (400, vec![pointer.to_owned()]), "{query}");
    }
}
