//! Data that clients and servers really send, and documents only half describe.

use futures::{StreamExt as _, stream};
use serde_json::json;
use specwright_runtime::client::{MockResponse, Recorder};
use specwright_runtime::server::{Context, Failure};
use specwright_runtime::{ByteStream, Bytes, Event, Events, File, MaybeAbsent, StatusCode};
use tests::generated::real_servers::types::{AddAccountRequest, Note, PatchItemRequest, Point, Todo, Total};
use tests::generated::real_servers::{Client, operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

const COOKIES: [&str; 2] = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2; Path=/"];

#[derive(Clone, Default)]
struct Service {
    items: Inputs<PatchItemRequest>,
    accounts: Inputs<AddAccountRequest>,
    rooms: Inputs<(Vec<Point>, Option<i64>)>,
}

impl s::RealServers for Service {
    async fn patch_item(
        &self,
        input: s::PatchItemInput,
        _: Context,
    ) -> Result<o::PatchItemSuccess, Failure<o::PatchItemError>> {
        self.items.record(input.body);
        Ok(o::PatchItemSuccess::NoContent)
    }

    async fn add_album(
        &self,
        _: s::AddAlbumInput,
        _: Context,
    ) -> Result<o::AddAlbumSuccess, Failure<o::AddAlbumError>> {
        Ok(o::AddAlbumSuccess::NoContent)
    }

    async fn add_account(
        &self,
        input: s::AddAccountInput,
        _: Context,
    ) -> Result<o::AddAccountSuccess, Failure<o::AddAccountError>> {
        self.accounts.record(input.body);
        let set_cookie = Some(COOKIES.map(str::to_owned).to_vec());
        Ok(o::AddAccountSuccess::NoContent(o::AddAccountNoContentHeaders { set_cookie }))
    }

    async fn find_rooms(
        &self,
        input: s::FindRoomsInput,
        _: Context,
    ) -> Result<o::FindRoomsSuccess, Failure<o::FindRoomsError>> {
        self.rooms.record((input.rooms, input.page));
        Ok(o::FindRoomsSuccess::Ok)
    }

    async fn start(&self, _: s::StartInput, _: Context) -> Result<o::StartSuccess, Failure<o::StartError>> {
        Ok(o::StartSuccess::Found(o::StartFoundHeaders { location: Some("/plain".to_owned()) }))
    }

    async fn plain(&self, _: s::PlainInput, _: Context) -> Result<o::PlainSuccess, Failure<o::PlainError>> {
        Ok(o::PlainSuccess::Successful(StatusCode::ACCEPTED, ByteStream::from(Bytes::from_static(b"hello"))))
    }

    async fn forecast(
        &self,
        input: s::ForecastInput,
        _: Context,
    ) -> Result<o::ForecastSuccess, Failure<o::ForecastError>> {
        Ok(o::ForecastSuccess::Ok(input.body))
    }

    async fn watch(&self, _: s::WatchInput, _: Context) -> Result<o::WatchSuccess, Failure<o::WatchError>> {
        let points = stream::iter([Ok(Event::from(point(1))), Ok(Event::from(point(2)))]);
        Ok(o::WatchSuccess::Ok(Events::new(points)))
    }

    async fn keep_todo(
        &self,
        input: s::KeepTodoInput,
        _: Context,
    ) -> Result<o::KeepTodoSuccess, Failure<o::KeepTodoError>> {
        Ok(o::KeepTodoSuccess::Ok(input.body))
    }

    async fn patch_note(
        &self,
        input: s::PatchNoteInput,
        _: Context,
    ) -> Result<o::PatchNoteSuccess, Failure<o::PatchNoteError>> {
        Ok(o::PatchNoteSuccess::Ok(input.body))
    }
}

fn point(x: i64) -> Point {
    Point::new().x(x)
}

#[tokio::test]
async fn a_part_that_was_not_sent_is_absent_and_an_empty_one_is_null() {
    let service = Service::default();
    let (client, sent) = connect!(real_servers, service.clone());
    let bodies = [
        PatchItemRequest::new().note("x"),
        PatchItemRequest::new().rating(MaybeAbsent::Null).cover(MaybeAbsent::Null).points([point(1), point(2)]),
        PatchItemRequest::new().rating(4).sizes([1, 2]).deep(point(3)),
    ];
    for body in &bodies {
        client.patch_item(body.clone()).await.unwrap();
    }
    assert_eq!(service.items.all(), bodies);
    let text = |index: usize| String::from_utf8_lossy(&sent.requests()[index].body).into_owned();
    assert!(!text(0).contains("rating"), "{}", text(0));
    assert!(!text(0).contains("cover"), "{}", text(0));
    assert!(text(1).contains("name=\"rating\"\r\n\r\n\r\n"), "{}", text(1));
    assert!(text(1).contains("name=\"cover\"\r\n\r\n\r\n"), "{}", text(1));
    assert!(text(2).contains("name=\"sizes\"\r\n\r\n1,2\r\n"), "{}", text(2));
    assert!(text(2).contains("name=\"deep[x]\"\r\n\r\n3\r\n"), "{}", text(2));
}

#[tokio::test]
async fn a_page_sends_an_empty_part_for_a_file_that_was_not_chosen() {
    let service = Service::default();
    let parts = [("filename=\"\"", ""), ("filename=\"a.txt\"", "")];
    for (name, text) in parts {
        let part = format!("--b\r\nContent-Disposition: form-data; name=\"cover\"; {name}\r\n\r\n{text}\r\n--b--\r\n");
        let router = s::router(service.clone());
        assert_eq!(
            raw_request::body(router, "PATCH", "/items", "multipart/form-data; boundary=b", part).await.status,
            204
        );
    }
    let covers: Vec<_> = service.items.all().into_iter().map(|item| item.cover).collect();
    assert_eq!(covers, [MaybeAbsent::Null, MaybeAbsent::Value(File::new("a.txt", ""))]);
}

#[tokio::test]
async fn the_files_of_a_list_are_counted() {
    for (photos, proofs, violation) in [
        (1, 0, None),
        (2, 2, None),
        (0, 2, Some("/body/photos")),
        (3, 0, Some("/body/photos")),
        (1, 1, Some("/body/proofs")),
    ] {
        let part =
            |name| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a\"\r\n\r\nx\r\n");
        let body = part("photos").repeat(photos) + &part("proofs").repeat(proofs) + "--b--\r\n";
        let router = s::router(Service::default());
        let response = raw_request::body(router, "POST", "/albums", "multipart/form-data; boundary=b", body).await;
        match violation {
            None => assert_eq!(response.status, 204),
            Some(pointer) => assert_eq!(response.violations(), (422, vec![pointer.to_owned()])),
        }
    }
}

#[tokio::test]
async fn integers_beyond_64_bits_are_refused_by_their_size() {
    let body = serde_json::json!({"x": 1e300, "y": 1});
    let response = raw_request::json(s::router(Service::default()), "POST", "/forecasts", &body).await;
    assert_eq!(response.violations(), (422, vec!["/body/x".to_owned()]));
    assert_eq!(response.json()["errors"][0]["detail"], "must be a whole number of 64 bits");
}

#[tokio::test]
async fn a_list_of_objects_may_come_in_one_part() {
    let service = Service::default();
    for text in ["[{\"x\":1},{\"x\":2}]", "{\"x\":1},{\"x\":2}"] {
        let part = "--b\r\nContent-Disposition: form-data; name=\"points\"\r\n\r\n";
        let body = format!("{part}{text}\r\n--b--\r\n");
        let router = s::router(service.clone());
        let media = "multipart/form-data; boundary=b";
        assert_eq!(raw_request::body(router, "PATCH", "/items", media, body).await.status, 204, "{text}");
    }
    let expected = PatchItemRequest::new().points([point(1), point(2)]);
    assert_eq!(service.items.all(), [expected.clone(), expected]);
}

#[tokio::test]
async fn empty_text_of_a_nullable_number_is_null() {
    let service = Service::default();
    let (client, sent) = connect!(real_servers, service.clone());
    let null = AddAccountRequest::new("u").age(MaybeAbsent::Null);
    let response = client.add_account(&null).await.unwrap();
    assert_eq!(sent.requests()[0].body, "name=u&age=");
    let o::AddAccountSuccess::NoContent(headers) = response.into_inner();
    assert_eq!(headers.set_cookie.unwrap(), COOKIES);
    client.add_account(&AddAccountRequest::new("u")).await.unwrap();
    let router = s::router(service.clone());
    let media = "application/x-www-form-urlencoded";
    let response = raw_request::body(router, "POST", "/accounts", media, "name=&age=").await;
    assert_eq!(response.status, 204);
    let empty = AddAccountRequest::new("").age(MaybeAbsent::Null);
    assert_eq!(service.accounts.all(), [null, AddAccountRequest::new("u"), empty]);
}

#[tokio::test]
async fn a_list_of_objects_has_indexes_and_a_parameter_may_be_empty() {
    let service = Service::default();
    let (client, sent) = connect!(real_servers, service.clone());
    client.find_rooms().rooms(&[point(1).y(2), point(3)]).await.unwrap();
    let query = sent.requests()[0].query.clone().unwrap_or_default();
    assert_eq!(query, "rooms%5B0%5D%5Bx%5D=1&rooms%5B0%5D%5By%5D=2&rooms%5B1%5D%5Bx%5D=3");
    let router = s::router(service.clone());
    assert_eq!(raw_request::empty(router, "GET", "/rooms?rooms[0][x]=5&page=").await.status, 200);
    assert_eq!(service.rooms.all(), [(vec![point(1).y(2), point(3)], None), (vec![point(5)], None)]);
    let router = s::router(service);
    assert_eq!(raw_request::empty(router, "GET", "/rooms?rooms[0][x]=5&label=longer").await.status, 422);
}

#[tokio::test]
async fn a_documented_redirect_is_returned_and_any_success_has_its_bytes() {
    let (client, _) = connect!(real_servers, Service::default());
    let response = client.start().await.unwrap();
    assert!(
        matches!(response.into_inner(), o::StartSuccess::Found(headers) if headers.location.as_deref() == Some("/plain"))
    );
    let o::PlainSuccess::Successful(status, body) = client.plain().await.unwrap().into_inner();
    assert_eq!((status, body.collect(99).await.unwrap()), (StatusCode::ACCEPTED, Bytes::from_static(b"hello")));
}

#[tokio::test]
async fn a_body_that_the_document_leaves_out_can_be_taken() {
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::json(200, "{\"free\":3}"));
    let client = Client::builder("http://recorded").transport(recorder.clone()).build().unwrap();
    let mut response = client.find_rooms().rooms(&[]).await.unwrap();
    assert_eq!(response.take_body().collect(99).await.unwrap(), "{\"free\":3}");
    assert_eq!(response.take_body().collect(99).await.unwrap(), "");
}

#[tokio::test]
async fn media_types_of_one_schema_are_one_body() {
    let (client, sent) = connect!(real_servers, Service::default());
    assert_eq!(client.forecast(&point(1)).await.unwrap().into_body(), point(1));
    let request = &sent.requests()[0];
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("accept"), Some("application/json, text/plain, text/json, */*;q=0.1"));
    for media in ["text/json", "application/merge-patch+json", "text/plain"] {
        let router = s::router(Service::default());
        assert_eq!(raw_request::body(router, "POST", "/forecasts", media, "{\"x\":1}").await.status, 200, "{media}");
    }
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::body(200, "text/plain; charset=utf-8", "{\"x\":7}"));
    let client = Client::builder("http://recorded").transport(recorder).build().unwrap();
    assert_eq!(client.forecast(&point(1)).await.unwrap().into_body(), point(7));
}

#[tokio::test]
async fn a_number_is_read_from_its_text_and_written_as_a_number() {
    let text = json!({"id": "7", "price": "1.50", "sizes": ["1", 2.5], "amount": "12.30", "total": "9"});
    let numbers = json!({"id": 7, "price": 1.5, "sizes": [1.0, 2.5], "amount": "12.30", "total": 9});
    let response = raw_request::json(s::router(Service::default()), "PUT", "/todos/7", &text).await;
    assert_eq!((response.status, response.json()), (200, numbers));
    let (client, sent) = connect!(real_servers, Service::default());
    let todo = Todo::new(7).price(1.5).total(Total::from(9)).sizes([0.5]);
    assert_eq!(client.keep_todo(7, &todo).await.unwrap().into_body(), todo);
    assert_eq!(sent.requests()[0].path, "/todos/7");
    let response = raw_request::json(s::router(Service::default()), "PUT", "/todos/7", &json!({"id": "x"})).await;
    assert_eq!(response.status, 422);
}

#[tokio::test]
async fn the_data_of_events_is_typed() {
    let (client, _) = connect!(real_servers, Service::default());
    let events = client.watch().await.unwrap().into_body();
    let points: Vec<Point> = events.map(|event| event.unwrap().data).collect().await;
    assert_eq!(points, [point(1), point(2)]);
}

#[tokio::test]
async fn constraints_that_a_use_adds_are_checked() {
    for (body, pointer) in [
        (json!({"name": "longer"}), "/body/name"),
        (json!({"names": ["a", "b"]}), "/body/names/1"),
        (json!({"by_name": {"k": 4}}), "/body/by_name/k"),
        (json!({"pair": ["ab", 1]}), "/body/pair/0"),
        (json!({"pair": ["a", 0]}), "/body/pair/1"),
        (json!({"sealed": {"a": 2, "b": [1]}}), "/body/sealed"),
        (json!({"sealed": {"a": 1, "b": [1.5]}}), "/body/sealed"),
    ] {
        let response = raw_request::json(s::router(Service::default()), "PATCH", "/notes", &body).await;
        assert_eq!(response.violations(), (422, vec![pointer.to_owned()]), "{body}");
    }
}

#[tokio::test]
async fn null_is_kept_apart_from_absent_where_it_is_the_only_value() {
    let body = json!({
        "name": "short", "names": ["a"], "by_name": {"k": 3}, "pair": ["a", 1],
        "sealed": {"a": 1, "b": [1.0]}, "choice": null, "nothing": null, "never": null, "at": "2024-01-02T03:04:05", "time": "08:30:00"
    });
    let response = raw_request::json(s::router(Service::default()), "PATCH", "/notes", &body).await;
    assert_eq!((response.status, response.json()), (200, body.clone()));
    let note: Note = serde_json::from_value(json!({"choice": null})).unwrap();
    assert_eq!((note.choice, note.nothing), (MaybeAbsent::Null, None));
}
