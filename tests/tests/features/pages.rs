//! Lists in pages: every kind of paging over loopback, and servers whose pages never end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::response::IntoResponse as _;
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use serde_json::{Value, json};
use specwright_runtime::client::{Error, MockResponse, PageErrorKind, PageToken, Recorder, Retry};
use specwright_runtime::server::{Context, Failure};
use tests::Served;
use tests::generated::pages::{Client, operations as o, server as s, types};

/// A service with five items, in pages of two.
struct Five;

const FIVE: [&str; 5] = ["a", "b", "c", "d", "e"];

/// `size` of the items, from `start` on.
fn part(start: usize, size: usize) -> Vec<&'static str> {
    FIVE.iter().skip(start).take(size).copied().collect()
}

fn users(start: usize, size: usize) -> Vec<Value> {
    part(start, size).into_iter().map(|id| json!({"id": id})).collect()
}

fn typed<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a value of the type")
}

fn place_after(id: Option<&String>) -> usize {
    id.map_or(0, |id| FIVE.iter().position(|one| one == id).expect("an id") + 1)
}

fn number(value: Option<i64>, otherwise: usize) -> usize {
    value.map_or(otherwise, |value| usize::try_from(value).expect("a count"))
}

impl s::Pages for Five {
    async fn list_users(
        &self,
        input: s::ListUsersInput,
        _: Context,
    ) -> Result<o::ListUsersSuccess, Failure<o::ListUsersError>> {
        let start = place_after(input.after.as_ref());
        let size = number(input.limit, 2);
        let next = FIVE.get(start + size - 1).filter(|_| start + size < 5);
        Ok(o::ListUsersSuccess::Ok(typed(json!({"data": users(start, size), "next_cursor": next}))))
    }

    async fn list_events(
        &self,
        input: s::ListEventsInput,
        _: Context,
    ) -> Result<o::ListEventsSuccess, Failure<o::ListEventsError>> {
        // At most two, whatever the request asks for.
        let events = part(number(input.offset, 0), number(input.limit, 2).min(2));
        Ok(o::ListEventsSuccess::Ok(typed(json!({"events": events, "total": 5}))))
    }

    async fn list_reports(
        &self,
        input: s::ListReportsInput,
        _: Context,
    ) -> Result<o::ListReportsSuccess, Failure<o::ListReportsError>> {
        let (page, size) = (number(Some(input.page), 1), number(Some(input.per_page), 2));
        Ok(o::ListReportsSuccess::Ok(typed(users((page - 1) * size, size).into())))
    }

    async fn list_teams(
        &self,
        _: s::ListTeamsInput,
        _: Context,
    ) -> Result<o::ListTeamsSuccess, Failure<o::ListTeamsError>> {
        Ok(o::ListTeamsSuccess::Ok(typed(json!({"results": users(0, 1)}))))
    }

    async fn list_repos(
        &self,
        _: s::ListReposInput,
        _: Context,
    ) -> Result<o::ListReposSuccess, Failure<o::ListReposError>> {
        Err(Failure::not_implemented())
    }

    async fn list_charges(
        &self,
        input: s::ListChargesInput,
        _: Context,
    ) -> Result<o::ListChargesSuccess, Failure<o::ListChargesError>> {
        let start = place_after(input.starting_after.as_ref());
        Ok(o::ListChargesSuccess::Ok(typed(json!({"data": users(start, 2), "has_more": start + 2 < 5}))))
    }

    async fn list_nodes(
        &self,
        input: s::ListNodesInput,
        _: Context,
    ) -> Result<o::ListNodesSuccess, Failure<o::ListNodesError>> {
        let start = place_after(input.after.as_ref());
        let page = part(start, 2);
        // There is a cursor on the last page, too.
        let info = json!({"endCursor": page.last(), "hasNextPage": start + 2 < 5});
        Ok(o::ListNodesSuccess::Ok(typed(json!({"data": {"nodes": page, "pageInfo": info}}))))
    }

    async fn list_members(
        &self,
        input: s::ListMembersInput,
        _: Context,
    ) -> Result<o::ListMembersSuccess, Failure<o::ListMembersError>> {
        match input.org.as_str() {
            "acme" => {
                let page = number(input.page, 1);
                Ok(o::ListMembersSuccess::Ok(typed(users((page - 1) * 2, 2).into())))
            }
            "empty" => Ok(o::ListMembersSuccess::NoContent),
            _ => Err(o::ListMembersError::NotFound.into()),
        }
    }
}

fn ids(users: &[types::User]) -> Vec<&str> {
    users.iter().map(|user| user.id.as_str()).collect()
}

#[tokio::test]
async fn every_walk_gives_every_item_once() {
    let served = Served::start(s::router(Five)).await;
    let client = Client::builder(served.url()).build().unwrap();
    assert_eq!(ids(&client.list_users().items().try_collect::<Vec<_>>().await.unwrap()), FIVE);
    assert_eq!(client.list_events().items().try_collect::<Vec<_>>().await.unwrap(), FIVE);
    assert_eq!(ids(&client.list_reports().items().try_collect::<Vec<_>>().await.unwrap()), FIVE);
    assert_eq!(ids(&client.list_charges().items().try_collect::<Vec<_>>().await.unwrap()), FIVE);
    let nodes = client.list_nodes().items().try_collect::<Vec<Option<String>>>().await.unwrap();
    assert_eq!(nodes, FIVE.map(|one| Some(one.to_owned())));
    let members = client.list_members("acme").role("any").items2().try_collect::<Vec<_>>().await.unwrap();
    assert_eq!(ids(&members), FIVE);
    assert!(client.list_members("empty").role("any").all(9).await.unwrap().is_empty());
    assert_eq!(ids(&client.users().list().all(3).await.unwrap()), ["a", "b", "c"]);
}

#[tokio::test]
async fn a_walk_starts_where_its_call_does_and_keeps_the_parameters() {
    let (client, sent) = connect!(pages, Five);
    let rest = client.list_users().after("a").limit(3).all(100).await.unwrap();
    assert_eq!(ids(&rest), ["b", "c", "d", "e"]);
    let rest = client.list_events().offset(3).all(100).await.unwrap();
    assert_eq!(rest, ["d", "e"]);
    let queries: Vec<_> = sent.requests().into_iter().map(|request| request.query.unwrap_or_default()).collect();
    assert_eq!(queries, ["after=a&limit=3", "after=d&limit=3", "offset=3"]);
}

#[tokio::test]
async fn a_walk_stops_at_a_short_page_unless_more_are_counted() {
    let (client, sent) = connect!(pages, Five);
    client.list_reports().items().try_collect::<Vec<_>>().await.unwrap();
    assert_eq!(sent.requests().len(), 3, "the third page has one item of two");
    // The server has pages of two, but its total is five.
    assert_eq!(client.list_events().limit(4).all(100).await.unwrap(), FIVE);
    assert_eq!(sent.requests().len(), 6);
}

#[tokio::test]
async fn a_page_is_a_response_and_is_requested_when_needed() {
    let (client, sent) = connect!(pages, Five);
    let mut pages = client.list_users().pages();
    assert_eq!(sent.requests().len(), 0);
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!((page.status().as_u16(), sent.requests().len()), (200, 1));
    assert!(page.headers().contains_key("content-type"));
    assert_eq!(page.next_token().map(ToString::to_string).as_deref(), Some("0 token b"));
    assert_eq!(ids(&page.body().data), ["a", "b"]);
    assert_eq!(ids(&page.into_items()), ["a", "b"]);
    let last = pages.skip(1).next().await.unwrap().unwrap();
    assert!(last.next_token().is_none());
    // No more is requested than is needed.
    client.list_users().all(4).await.unwrap();
    assert_eq!(sent.requests().len(), 3 + 2);
}

#[tokio::test]
async fn a_stream_continues_from_a_saved_token() {
    let (client, sent) = connect!(pages, Five);
    let mut items = client.list_users().items();
    let mut seen = Vec::new();
    while let Some(token) = items.token() {
        let saved: PageToken = token.to_string().parse().unwrap();
        items = client.list_users().items().starting_at(&saved);
        let Some(user) = items.try_next().await.unwrap() else { break };
        seen.push(user.id);
    }
    assert_eq!(seen, FIVE);
    assert!(!format!("{:?}", client.list_users().items().token()).contains("start"));
    // A token of another walk is refused before any request is sent.
    let count = sent.requests().len();
    let other: PageToken = "0 number 2".parse().unwrap();
    let error = client.list_users().pages().starting_at(&other).try_next().await.unwrap_err();
    assert!(matches!(&error, Error::Pages(error) if *error.kind() == PageErrorKind::OtherWalk), "{error}");
    assert_eq!(sent.requests().len(), count);
}

#[tokio::test]
async fn a_dropped_future_of_a_stream_loses_nothing() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let (client, sent) = connect!(pages, Five);
    let mut items = is_send(client.list_users().items());
    for _ in 0..3 {
        // Polled once and dropped, whether ready or not.
        if let Some(first) = items.next().now_or_never() {
            assert_eq!(first.unwrap().unwrap().id, "a");
            return;
        }
    }
    assert_eq!(items.next().await.unwrap().unwrap().id, "a");
    assert_eq!(sent.requests().len(), 1);
}

#[tokio::test]
async fn a_documented_error_ends_the_stream_and_the_token_remains() {
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::json(200, r#"[{"id": "a"}, {"id": "b"}]"#));
    recorder.respond_with(MockResponse::empty(404));
    let client = Client::builder("http://recorded").transport(recorder.clone()).build().unwrap();
    let mut members = client.list_members("acme").role("any").per_page(2).items2();
    assert_eq!(members.try_next().await.unwrap().unwrap().id, "a");
    assert_eq!(members.try_next().await.unwrap().unwrap().id, "b");
    let error = members.try_next().await.unwrap_err();
    assert_eq!(error.api(), Some(&o::ListMembersError::NotFound));
    assert!(members.try_next().await.unwrap().is_none());
    recorder.respond_with(MockResponse::json(200, r#"[{"id": "c"}]"#));
    let again = client.list_members("acme").role("any").per_page(2).items2().starting_at(&members.token().unwrap());
    assert_eq!(ids(&again.try_collect::<Vec<_>>().await.unwrap()), ["c"]);
    assert_eq!(recorder.requests()[2].query.as_deref(), Some("role=any&page=2&per_page=2"));
}

/// A server that responds to each request with the result of `respond` for its number, path and
/// query.
async fn lying(respond: fn(usize, &str) -> (&'static str, String)) -> (Served, Client, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let router = Router::new().fallback(move |uri: Uri| {
        let (link, body) = respond(counter.fetch_add(1, Ordering::SeqCst), &uri.to_string());
        let headers = [("content-type", "application/json"), ("link", link)];
        async move { (StatusCode::OK, headers, body).into_response() }
    });
    let served = Served::start(router).await;
    let client = Client::builder(served.url()).retry(Retry::none()).build().unwrap();
    (served, client, count)
}

/// How a walk over users ends, and after how many items.
async fn end_of_users(respond: fn(usize, &str) -> (&'static str, String)) -> (usize, Option<PageErrorKind>, usize) {
    let (_served, client, count) = lying(respond).await;
    let mut items = client.list_users().items().max_pages(20);
    let mut seen = 0;
    loop {
        match items.try_next().await {
            Ok(Some(_)) => seen += 1,
            Ok(None) => return (seen, None, count.load(Ordering::SeqCst)),
            Err(Error::Pages(error)) => {
                assert!(items.try_next().await.unwrap().is_none(), "the stream is over");
                return (seen, Some(error.kind().clone()), count.load(Ordering::SeqCst));
            }
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn tokens_that_lead_nowhere_end_the_walk() {
    // A repeated token, two that lead to each other, and new ones without end.
    let again = end_of_users(|_, _| ("", r#"{"data": [{"id": "a"}], "next_cursor": "x"}"#.to_owned())).await;
    assert_eq!(again, (2, Some(PageErrorKind::Repeated), 2));
    let circle = |count: usize, _: &str| {
        let next = if count.is_multiple_of(2) { "x" } else { "y" };
        ("", format!(r#"{{"data": [{{"id": "a"}}], "next_cursor": "{next}"}}"#))
    };
    assert_eq!(end_of_users(circle).await, (3, Some(PageErrorKind::Repeated), 3));
    let endless = |count: usize, _: &str| ("", format!(r#"{{"data": [], "next_cursor": "{count}"}}"#));
    assert_eq!(end_of_users(endless).await, (0, Some(PageErrorKind::TooMany(20)), 20));
    // `has_more` overrides a token, and a missing token overrides `has_more`.
    let done = |_: usize, _: &str| ("", r#"{"data": [{"id": "a"}], "next_cursor": "x", "has_more": false}"#.to_owned());
    assert_eq!(end_of_users(done).await, (1, None, 1));
    let none = |_: usize, _: &str| ("", r#"{"data": [{"id": "a"}], "has_more": true}"#.to_owned());
    assert_eq!(end_of_users(none).await, (1, None, 1));
    // An empty page with a token is not the end.
    let sparse = |count: usize, _: &str| {
        ("", [r#"{"data": [], "next_cursor": "x"}"#, r#"{"data": [{"id": "a"}]}"#][count].to_owned())
    };
    assert_eq!(end_of_users(sparse).await, (1, None, 2));
}

#[tokio::test]
async fn a_next_url_stays_on_the_origin() {
    for (next, expected) in [
        ("https://evil.example/users?after=x", PageErrorKind::ForeignOrigin),
        ("http://127.0.0.1:1/users?after=x", PageErrorKind::ForeignOrigin),
        ("https://user:secret@recorded/teams?page=2", PageErrorKind::ForeignOrigin),
        ("//evil.example/teams?page=2", PageErrorKind::ForeignOrigin),
        ("https://[", PageErrorKind::InvalidUrl),
    ] {
        let recorder = Recorder::new();
        recorder.respond_with(MockResponse::json(200, json!({"results": [{"id": "a"}], "next": next}).to_string()));
        let client = Client::builder("https://recorded").transport(recorder.clone()).build().unwrap();
        let mut items = client.list_teams().items();
        assert_eq!(items.try_next().await.unwrap().unwrap().id, "a", "{next}");
        let error = items.try_next().await.unwrap_err();
        assert!(matches!(&error, Error::Pages(error) if *error.kind() == expected), "{next}: {error}");
        assert!(!error.to_string().contains("secret") && !format!("{error:?}").contains("secret"));
        assert_eq!(recorder.requests().len(), 1, "{next}");
    }
}

#[tokio::test]
async fn a_next_url_is_followed_on_the_origin() {
    // Relative, absolute, behind a proxy that uses `http`, and one that looks like an authority.
    for (next, path) in [
        ("?page=2", "/v1/teams"),
        ("https://recorded/v1/teams?page=2", "/v1/teams"),
        ("http://recorded/v1/teams?page=2#top", "/v1/teams"),
        ("/other/teams?page=2", "/other/teams"),
        ("https://recorded//evil.example/x?page=2", "//evil.example/x"),
    ] {
        let recorder = Recorder::new();
        recorder.respond_with(MockResponse::json(200, json!({"results": [{"id": "a"}], "next": next}).to_string()));
        recorder.respond_with(MockResponse::json(200, r#"{"results": [{"id": "b"}], "next": null}"#));
        let client = Client::builder("https://recorded/v1").transport(recorder.clone()).build().unwrap();
        assert_eq!(ids(&client.list_teams().all(10).await.unwrap()), ["a", "b"], "{next}");
        let second = &recorder.requests()[1];
        assert_eq!((second.path.as_str(), second.query.as_deref()), (path, Some("page=2")), "{next}");
        assert_eq!((second.url.scheme(), second.url.host_str()), ("https", Some("recorded")));
    }
}

#[tokio::test]
async fn links_in_headers_are_followed_until_there_is_none() {
    let (_served, client, count) = lying(|count, uri| match count {
        0 => ("</repos?page=2>; rel=\"next\", </repos?page=9>; rel=\"last\"", "[\"a\"]".to_owned()),
        1 => ("</repos?page=1>; rel=\"prev\"", format!("[\"{uri}\"]")),
        _ => ("", "[]".to_owned()),
    })
    .await;
    assert_eq!(client.list_repos().all(10).await.unwrap(), ["a", "/repos?page=2"]);
    assert_eq!(count.load(Ordering::SeqCst), 2);
    // A link to itself.
    let (_served, client, _) = lying(|_, _| ("</repos>; rel=next", "[\"a\"]".to_owned())).await;
    let error = client.list_repos().items().try_collect::<Vec<_>>().await.unwrap_err();
    assert!(matches!(&error, Error::Pages(error) if *error.kind() == PageErrorKind::Repeated), "{error}");
}

#[tokio::test]
async fn a_server_that_ignores_the_number_ends_the_walk() {
    let (_served, client, count) = lying(|_, _| ("", r#"[{"id": "a"}, {"id": "b"}]"#.to_owned())).await;
    let error = client.list_reports().items().try_collect::<Vec<_>>().await.unwrap_err();
    assert!(matches!(&error, Error::Pages(error) if *error.kind() == PageErrorKind::Repeated), "{error}");
    assert_eq!(count.load(Ordering::SeqCst), 2);
    // Items without an identity may be equal. A wrong total ends nothing, but the bound does.
    let (_served, client, count) = lying(|_, _| ("", r#"{"events": ["a", "a"], "total": 1000000}"#.to_owned())).await;
    let error = client.list_events().items().max_pages(5).try_collect::<Vec<_>>().await.unwrap_err();
    assert!(matches!(&error, Error::Pages(error) if *error.kind() == PageErrorKind::TooMany(5)), "{error}");
    assert_eq!(count.load(Ordering::SeqCst), 5);
}
