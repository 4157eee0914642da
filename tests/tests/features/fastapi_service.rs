//! A document of FastAPI with a login, pages, an upload and events. `tests/examples/frameworks` calls
//! the application that it describes.

use futures::TryStreamExt as _;
use specwright_runtime::client::{InProcess, MockResponse, OAuth, Recorder};
use specwright_runtime::server::{AuthError, Context, Failure};
use tests::generated::fastapi_service::types::{Photo, PhotoRequired, Photos, PhotosRequired, Token};
use tests::generated::fastapi_service::{Client, Credentials, descriptors, operations as o, security, server as s};

struct Service;

impl s::FastapiService for Service {
    type Principal = ();

    async fn authenticate(&self, credentials: Credentials, _: &Context) -> Result<(), AuthError> {
        let Credentials::Oauth2PasswordBearer(token) = credentials;
        if token.matches("t2") { Ok(()) } else { Err(AuthError::Unauthorized) }
    }

    async fn log_in(&self, input: s::LogInInput, _: Context) -> Result<o::LogInSuccess, Failure<o::LogInError>> {
        assert_eq!((input.body.username.as_str(), input.body.scope.as_deref()), ("jo", Some("photos")));
        Ok(o::LogInSuccess::Ok(Token::new(if input.body.password.matches("hunter2") { "t2" } else { "none" })))
    }

    async fn list_photos(
        &self,
        (): (),
        input: s::ListPhotosInput,
        _: Context,
    ) -> Result<o::ListPhotosSuccess, Failure<o::ListPhotosError>> {
        let ids: Vec<i64> = (1..=3).skip(input.offset as usize).take(input.limit as usize).collect();
        Ok(page(&ids))
    }
}

#[tokio::test]
async fn a_client_logs_in_at_the_server_that_it_calls() {
    let oauth = OAuth::new(&security::flows::OAUTH2_PASSWORD_BEARER, "http://in-process", "app").scopes(["photos"]);
    let oauth = oauth.transport(InProcess::new(s::router(Service)));
    let tokens = oauth.password("jo", "hunter2").unwrap();
    let (client, sent) = connect!(fastapi_service, Service, .token_source(&security::OAUTH2_PASSWORD_BEARER, tokens));
    assert_eq!(client.list_photos().limit(2).all(9).await.unwrap(), [photo(1), photo(2), photo(3)]);
    assert_eq!(sent.requests().len(), 2);
}

fn photo(id: i64) -> Photo {
    Photo::new(PhotoRequired { id, title: format!("photo {id}") })
}

fn page(ids: &[i64]) -> o::ListPhotosSuccess {
    let items = ids.iter().copied().map(photo).collect();
    o::ListPhotosSuccess::Ok(Photos::new(PhotosRequired { items, total: 3 }))
}

/// A client that has logged in.
fn client(sent: &Recorder) -> Client {
    let login = Recorder::new();
    login.respond_with(MockResponse::json(200, r#"{"access_token": "t1", "token_type": "bearer"}"#));
    let oauth = OAuth::new(&security::flows::OAUTH2_PASSWORD_BEARER, "http://service", "app").transport(login);
    let tokens = oauth.password("jo", "hunter2").unwrap();
    let builder = Client::builder("http://service").token_source(&security::OAUTH2_PASSWORD_BEARER, tokens);
    builder.transport(sent.clone()).build().unwrap()
}

#[tokio::test]
async fn items_of_all_pages_are_typed() {
    let sent = Recorder::new();
    let client = client(&sent);
    sent.on_call(client.list_photos().limit(2)).respond(page(&[1, 2])).times(1);
    sent.on_call(client.list_photos().limit(2).offset(2)).respond(page(&[3])).times(1);
    let photos: Vec<Photo> = client.list_photos().limit(2).items().try_collect().await.unwrap();
    assert_eq!(photos, [photo(1), photo(2), photo(3)]);
    assert!(sent.unmet().is_empty(), "{:?}", sent.unmet());
    assert_eq!(sent.requests()[0].header("authorization"), Some("Bearer t1"));
}

#[tokio::test]
async fn the_data_of_events_is_typed() {
    let sent = Recorder::new();
    let events = "id: 1\ndata: {\"id\": 1, \"title\": \"photo 1\"}\n\n";
    sent.on(&descriptors::WATCH).respond(MockResponse::body(200, "text/event-stream", events));
    let got: Vec<_> = client(&sent).watch().await.unwrap().into_body().try_collect().await.unwrap();
    assert_eq!((got[0].data.clone(), got[0].id.as_deref()), (photo(1), Some("1")));
}
