//! With the feature `validate`, clients and servers check what they send against the document.

#![cfg(feature = "validate")]

use std::sync::Arc;

use axum::body::Body;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use http::StatusCode;
use serde_json::{Value, json};
use specwright_runtime::client::{Error, InProcess, Recorder, RequestOptions};
use specwright_runtime::server::{Context, Extension, Failure, OnViolation, Router};
use specwright_runtime::{Event, Events, File, Lines};
use tests::generated::sent::types::{
    Note, NoteColor, Saved, SavedRequired, SearchRequest, UploadRequest, UploadRequestRequired,
};
use tests::generated::sent::{Client, operations as o, server as s};
use tower::ServiceExt as _;

/// What a service responds with.
type Make = dyn Fn() -> Result<o::AddNoteSuccess, o::AddNoteError> + Send + Sync;

struct Notes(Arc<Make>);

impl s::Sent for Notes {
    async fn add_note(&self, _: s::AddNoteInput, _: Context) -> Result<o::AddNoteSuccess, Failure<o::AddNoteError>> {
        Ok((self.0)()?)
    }

    /// Responds with the notes, and then with one that violates the document.
    async fn stream_notes(
        &self,
        input: s::StreamNotesInput,
        _: Context,
    ) -> Result<o::StreamNotesSuccess, Failure<o::StreamNotesError>> {
        let mut notes = input.body.try_collect::<Vec<_>>().await.map_err(Failure::internal)?;
        notes.push(Note::new("much too long"));
        let events = stream::iter(notes).map(|data| Ok(Event { event: None, data, id: None, retry: None }));
        Ok(o::StreamNotesSuccess::Ok(Events::new(events)))
    }
}

fn notes(make: impl Fn() -> Result<o::AddNoteSuccess, o::AddNoteError> + Send + Sync + 'static) -> Router {
    s::router(Notes(Arc::new(make)))
}

fn saved(id: i64, text: &str, headers: o::AddNoteCreatedHeaders) -> o::AddNoteSuccess {
    o::AddNoteSuccess::Created(Saved::new(SavedRequired { id, note: Note::new(text) }), headers)
}

fn headers(id: Option<i64>, tags: Option<&[&str]>) -> o::AddNoteCreatedHeaders {
    let x_tags = tags.map(|tags| tags.iter().map(|tag| (*tag).to_owned()).collect());
    o::AddNoteCreatedHeaders { x_id: id, x_tags }
}

/// The response to a valid request: its status and its body.
async fn response(router: Router) -> (StatusCode, Value) {
    let request = http::Request::post("/notes").header("content-type", "application/json");
    let response = router.oneshot(request.body(Body::from(r#"{"text": "a"}"#)).unwrap()).await.unwrap();
    let status = response.status();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

#[tokio::test]
async fn a_response_that_violates_the_document_becomes_a_500() {
    let (status, body) = response(notes(|| Ok(saved(0, "too long a text", headers(None, Some(&["a", "long"])))))).await;
    assert_eq!(status, 500);
    let faults: Vec<_> = body["errors"].as_array().unwrap().iter().map(|one| (&one["pointer"], &one["kind"])).collect();
    assert_eq!(
        json!(faults),
        json!([
            ["/header/X-Id", "required"],
            ["/header/X-Tags/1", "maxLength"],
            ["/body/id", "minimum"],
            ["/body/note/text", "maxLength"],
        ])
    );
    assert!(!body.to_string().contains("too long"), "no value is shown: {body}");
}

#[tokio::test]
async fn errors_are_validated_by_their_class_of_statuses() {
    let refused =
        |text: &'static str| notes(move || Err(o::AddNoteError::ClientError(StatusCode::CONFLICT, text.to_owned())));
    assert_eq!(response(refused("small")).await.0, 409);
    let (status, body) = response(refused("longer")).await;
    assert_eq!((status.as_u16(), &body["errors"][0]["pointer"]), (500, &json!("/body")));
}

#[tokio::test]
async fn valid_responses_are_sent() {
    let (status, body) = response(notes(|| Ok(saved(7, "text", headers(Some(1), Some(&["a", "b"])))))).await;
    assert_eq!((status.as_u16(), body), (201, json!({"id": 7, "note": {"text": "text"}})));
}

#[tokio::test]
async fn a_server_can_log_violations_instead() {
    let router = notes(|| Ok(saved(0, "text", headers(None, None)))).layer(Extension(OnViolation::Log));
    assert_eq!(response(router).await.0, 201);
}

/// The texts of the items that arrive, and whether the stream ends without an error.
async fn streamed(client: &Client, texts: &'static [&'static str]) -> (Vec<String>, Result<(), String>) {
    let notes = Lines::new(stream::iter(texts).map(|text| Ok(Note::new(*text))));
    let mut events = match client.stream_notes(notes).await {
        Ok(response) => response.into_body(),
        Err(error) => return (Vec::new(), Err(format!("{error:?}"))),
    };
    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => seen.push(event.data.text),
            Err(error) => return (seen, Err(format!("{error:?}"))),
        }
    }
    (seen, Ok(()))
}

#[tokio::test]
async fn items_of_streams_are_validated_one_by_one() {
    let unused = || notes(|| unreachable!("no note is added"));
    let client = |router: Router, on: OnViolation| {
        let builder = Client::builder("http://notes.example").transport(InProcess::new(router));
        builder.on_violation(on).build().unwrap()
    };
    let strict = client(unused(), OnViolation::Fail);
    let (seen, end) = streamed(&strict, &["a", "b"]).await;
    assert_eq!(seen, ["a", "b"]);
    assert!(!end.clone().unwrap_err().contains("much too"), "no value is shown: {end:?}");
    let (_, end) = streamed(&strict, &["a", ""]).await;
    assert!(!end.clone().unwrap_err().contains("422"), "the client does not send it: {end:?}");
    let server_logs = unused().layer(Extension(OnViolation::Log));
    let (seen, end) = streamed(&client(server_logs.clone(), OnViolation::Fail), &["a"]).await;
    assert_eq!((seen.len(), end), (2, Ok(())));
    let (_, end) = streamed(&client(server_logs, OnViolation::Log), &[""]).await;
    assert!(end.unwrap_err().contains("422"), "the server refuses what the client only logs");
}

fn client(recorder: &Recorder) -> Client {
    Client::builder("http://notes.example").transport(recorder.clone()).build().unwrap()
}

fn problems<E: std::fmt::Debug>(error: Error<E>) -> Vec<String> {
    let Error::InvalidRequest(invalid) = error else { panic!("{error:?}") };
    invalid.problems().iter().map(|problem| format!("{} {}", problem.subject, problem.message)).collect()
}

#[tokio::test]
async fn a_request_that_violates_the_document_is_not_sent() {
    let recorder = Recorder::new();
    let client = client(&recorder);
    let note = Note::new("").color(NoteColor::from("green"));
    let error = client.add_note(&note).copies(9).x_trace("secret").await.unwrap_err();
    assert!(!error.to_string().contains("secret") && !error.to_string().contains("green"), "{error}");
    assert_eq!(
        problems(error),
        [
            "the body at `/text` must have at least 1 character",
            "the body at `/color` must be one of red, blue",
            "query parameter `copies` must be at most 3",
            "header `X-Trace` must match `^[a-f0-9]{4}$`",
        ]
    );
    let error = client.search(&SearchRequest::new("a").page(0)).await.unwrap_err();
    assert_eq!(
        problems(error),
        ["the body at `/q` must have at least 2 characters", "the body at `/page` must be at least 1"]
    );
    let form = UploadRequest::new(UploadRequestRequired { title: "long title".to_owned(), file: File::from("bytes") });
    let error = client.upload(form).await.unwrap_err();
    assert_eq!(problems(error), ["the body at `/title` must have at most 4 characters"]);
    assert!(recorder.requests().is_empty());
}

#[tokio::test]
async fn a_value_that_is_set_again_is_validated_again() {
    let router = notes(|| Ok(saved(7, "text", headers(Some(1), None))));
    let client = Client::builder("http://notes.example").transport(InProcess::new(router)).build().unwrap();
    client.add_note(&Note::new("a")).copies(9).copies(2).await.unwrap();
}

#[tokio::test]
async fn a_client_or_a_call_can_log_violations_instead() {
    let router = notes(|| Ok(saved(7, "text", headers(Some(1), None))));
    let builder = || Client::builder("http://notes.example").transport(InProcess::new(router.clone()));
    let log = builder().on_violation(OnViolation::Log).build().unwrap();
    // The server refuses it.
    assert_eq!(log.add_note(&Note::new("")).await.unwrap_err().status().map(|status| status.as_u16()), Some(422));
    let client = builder().build().unwrap();
    let options = || RequestOptions::new().on_violation(OnViolation::Log);
    let error = client.add_note(&Note::new("")).with(options()).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(422));
}
