//! Response headers are typed.

use specwright_runtime::client::Error;
use specwright_runtime::server::{Context, Failure};
use tests::Listener;
use tests::generated::response_headers::{Client, operations as o, server as s};

use crate::raw_request;

struct Shelf(bool);

impl s::ResponseHeaders for Shelf {
    async fn list_things(
        &self,
        _: s::ListThingsInput,
        _: Context,
    ) -> Result<o::ListThingsSuccess, Failure<o::ListThingsError>> {
        if self.0 {
            let headers = o::TooManyResponseHeaders { retry_after: Some(3600) };
            return Err(o::ListThingsError::TooManyRequests(headers).into());
        }
        let tags = Some(vec!["a".to_owned(), "b".to_owned()]);
        let headers = o::ListThingsOkHeaders { x_total: Some(5_000_000_000), x_tags: tags };
        Ok(o::ListThingsSuccess::Ok(vec!["t".to_owned()], headers))
    }

    async fn delete_things(
        &self,
        _: s::DeleteThingsInput,
        _: Context,
    ) -> Result<o::DeleteThingsSuccess, Failure<o::DeleteThingsError>> {
        if self.0 {
            let headers = o::TooManyResponseHeaders { retry_after: Some(60) };
            return Err(o::DeleteThingsError::TooManyRequests(headers).into());
        }
        Ok(o::DeleteThingsSuccess::NoContent(o::DeleteThingsNoContentHeaders { x_total: Some(7) }))
    }
}

#[tokio::test]
async fn headers_of_successes_and_errors_survive_the_round_trip() {
    let (client, _) = connect!(response_headers, Shelf(false));
    let o::ListThingsSuccess::Ok(things, headers) = client.list_things().await.unwrap().into_inner();
    assert_eq!((things, headers.x_total), (vec!["t".to_owned()], Some(5_000_000_000)));
    assert_eq!(headers.x_tags.unwrap(), ["a", "b"]);
    let response = raw_request::empty(s::router(Shelf(false)), "GET", "/things").await;
    assert_eq!(
        (&response.headers["x-total"], &response.headers["x-tags"]),
        (&"5000000000".parse().unwrap(), &"a,b".parse().unwrap())
    );

    let (client, _) = connect!(response_headers, Shelf(true), .retry(specwright_runtime::client::Retry::none()));
    let error = client.list_things().await.unwrap_err();
    let Error::Api(response) = error else { panic!("{error}") };
    let o::ListThingsError::TooManyRequests(headers) = response.into_inner() else { panic!("another error") };
    assert_eq!(headers.retry_after, Some(3600));
}

#[tokio::test]
async fn headers_come_without_a_body_and_with_a_response_that_several_operations_refer_to() {
    let (client, _) = connect!(response_headers, Shelf(false));
    let o::DeleteThingsSuccess::NoContent(headers) = client.delete_things().await.unwrap().into_inner();
    assert_eq!(headers.x_total, Some(7));

    let (client, _) = connect!(response_headers, Shelf(true), .retry(specwright_runtime::client::Retry::none()));
    let Error::Api(response) = client.delete_things().await.unwrap_err() else { panic!("another error") };
    let o::DeleteThingsError::TooManyRequests(headers) = response.into_inner() else { panic!("another error") };
    assert_eq!(headers.retry_after, Some(60));
}

#[tokio::test]
async fn a_missing_or_invalid_header_does_not_fail_a_response() {
    let head = "HTTP/1.1 200 OK\r\nx-total: many\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]";
    let listener = Listener::start(head).await;
    let client = Client::builder(listener.url()).build().unwrap();
    let response = client.list_things().await.unwrap();
    assert_eq!(response.headers()["x-total"], "many", "the raw headers are there");
    let o::ListThingsSuccess::Ok(_, headers) = response.into_inner();
    assert_eq!((headers.x_total, headers.x_tags), (None, None));
}
