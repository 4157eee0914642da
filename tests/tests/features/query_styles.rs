//! Every style of query parameter.

use specwright_runtime::server::{Context, Failure};
use tests::generated::query_styles::types::{Filter, Point, PointRequired, Range};
use tests::generated::query_styles::{operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<s::SearchInput>);

impl s::QueryStyles for Service {
    async fn search(&self, input: s::SearchInput, _: Context) -> Result<o::SearchSuccess, Failure<o::SearchError>> {
        self.0.record(input);
        Ok(o::SearchSuccess::NoContent)
    }
}

#[tokio::test]
async fn lists_are_encoded_by_the_standard_and_read_back() {
    let service = Service::default();
    let (client, sent) = connect!(query_styles, service.clone());
    let list = ["a b", "c,d", "e|f"];
    client.search().exploded(list).joined(list).spaced(["a", "b"]).piped([1, 2]).await.unwrap();
    assert_eq!(
        sent.requests()[0].query.as_deref(),
        Some("exploded=a%20b&exploded=c%2Cd&exploded=e%7Cf&joined=a%20b,c%2Cd,e%7Cf&spaced=a%20b&piped=1%7C2")
    );
    let input = service.0.only();
    assert_eq!(input.exploded.unwrap(), list);
    assert_eq!(input.joined.unwrap(), list);
    assert_eq!(input.spaced.unwrap(), ["a", "b"]);
    assert_eq!(input.piped.unwrap(), [1, 2]);
    assert!(input.point.is_none() && input.filter.is_none() && input.url.is_none());
}

#[tokio::test]
async fn objects_are_encoded_by_the_standard_and_read_back() {
    let service = Service::default();
    let (client, sent) = connect!(query_styles, service.clone());
    let filter = Filter::new().name("a&b").age(7);
    let range = Range::new().with_from(1);
    client.search().point(&Point::new(PointRequired { x: 1, y: 2 })).free(&range).filter(&filter).await.unwrap();
    assert_eq!(
        sent.requests()[0].query.as_deref(),
        Some("point=x,1,y,2&from=1&filter%5Bname%5D=a%26b&filter%5Bage%5D=7")
    );
    let input = service.0.only();
    assert_eq!(
        (input.point, input.free, input.filter),
        (Some(Point::new(PointRequired { x: 1, y: 2 })), Some(range), Some(filter))
    );
}

#[tokio::test]
async fn lists_in_deep_objects_survive_the_round_trip() {
    let service = Service::default();
    let (client, _) = connect!(query_styles, service.clone());
    let filter = Filter::new().tags(["a", "b"]);
    client.search().filter(&filter).await.unwrap();
    assert_eq!(service.0.only().filter, Some(filter));
}

#[tokio::test]
async fn empty_values_and_reserved_characters_arrive() {
    let service = Service::default();
    let (client, sent) = connect!(query_styles, service.clone());
    client.search().empty("").url("https://example.com/a?b=c&d#e").await.unwrap();
    let query = sent.requests()[0].query.clone().unwrap();
    assert_eq!(query, "empty=&url=https://example.com/a?b=c%26d%23e");
    let input = service.0.only();
    assert_eq!(input.empty.as_deref(), Some(""));
    assert_eq!(input.url.as_deref(), Some("https://example.com/a?b=c&d#e"));
}

#[tokio::test]
async fn values_of_another_type_are_refused_with_their_pointer() {
    for (query, pointer) in [
        ("piped=1%7Cx", "/query/piped/1"),
        ("point=x,one,y,2", "/query/point/x"),
        ("point=x,1", "/query/point/y"),
        ("filter%5Bage%5D=old", "/query/filter/age"),
        ("filter[age][x]=1", "/query/filter/age"),
    ] {
        let response = raw_request::empty(s::router(Service::default()), "GET", &format!("/search?{query}")).await;
        assert_eq!(response.violations(), (400, vec![pointer.to_owned()]), "{query}");
    }
}
