//! The in-process transport.

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::http::HeaderMap;
use axum::routing::{get, post};
use specwright_runtime::client::{InProcess, Recorder};
use specwright_runtime::{Body, ByteStream, Bytes};

use crate::api::{CREATE_USER, Success, builder, get_user, send};

fn router() -> Router {
    Router::new()
        .route(
            "/v1/users/{id}",
            get(|Path(id): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap| async move {
                assert_eq!((id.as_str(), query.as_deref()), ("a/b", Some("fields=x")));
                assert_eq!(headers["host"], "in-process");
                ([("content-type", "application/json")], "{\"id\":5}")
            }),
        )
        .route(
            "/v1/users",
            post(|body: axum::body::Bytes| async move {
                assert_eq!(body, "abcd");
                axum::http::StatusCode::NO_CONTENT
            }),
        )
}

#[tokio::test]
async fn a_call_reaches_a_router_without_a_socket() {
    let recorder = Recorder::around(InProcess::new(router()));
    let core = builder("http://in-process/v1").transport(recorder.clone()).build().unwrap();
    let mut call = get_user(&core, "a/b");
    call.parameter(1, &["x"]);
    assert!(matches!(send(call).await.unwrap().into_inner(), Success::Ok(user) if user.id == 5));
    let core = builder("http://in-process/v1").transport(InProcess::new(router())).build().unwrap();
    let mut call = core.call(&CREATE_USER);
    let chunks = futures::stream::iter(["ab", "cd"].map(|text| Ok(Bytes::from_static(text.as_bytes()))));
    call.body_as(2, "image/gif", Body::from_stream(ByteStream::new(chunks)));
    assert!(matches!(send(call).await.unwrap().into_inner(), Success::NoContent));
    assert_eq!(recorder.requests()[0].path, "/v1/users/a%2Fb");
}
