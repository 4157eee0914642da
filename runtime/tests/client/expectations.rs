//! Expectations: which request gets which response, and what is said about an unexpected one.

use serde_json::json;
use specwright_runtime::client::{Core, Error, MockResponse, Recorder};

use crate::api::{CREATE_USER, Failed, GET_USER, Success, User, builder, get_user, send};

fn client(recorder: &Recorder) -> Core {
    builder("https://a.example/v1").transport(recorder.clone()).build().unwrap()
}

fn user(id: u32) -> MockResponse {
    MockResponse::json(200, json!({"id": id}).to_string())
}

fn refusal(error: &Error<Failed>) -> String {
    assert!(matches!(error, Error::Transport(error) if !error.is_transient()), "{error}");
    error.to_string()
}

#[tokio::test]
async fn a_call_gets_the_response_of_the_first_expectation_that_it_meets() {
    let recorder = Recorder::new();
    let core = client(&recorder);
    let seven = recorder.on_call(get_user(&core, "7").send::<Success, Failed>()).respond(user(7));
    let others = recorder.on(&GET_USER).respond(MockResponse::json(404, "{}"));
    assert!(recorder.requests().is_empty(), "an expected call is not sent");
    for _ in 0..2 {
        assert!(matches!(send(get_user(&core, "7")).await.unwrap().into_inner(), Success::Ok(User { id: 7 })));
    }
    assert_eq!(send(get_user(&core, "8")).await.unwrap_err().status().unwrap(), 404);
    assert_eq!((seven.calls(), others.calls(), recorder.unmet().len()), (2, 1, 0));
}

#[tokio::test]
async fn responses_come_in_a_sequence_and_a_number_of_times() {
    let recorder = Recorder::new();
    let core = client(&recorder);
    let expected = recorder.on(&GET_USER).respond(user(1)).then(user(2)).times(3);
    let mut ids = Vec::new();
    for _ in 0..3 {
        let Success::Ok(user) = send(get_user(&core, "7")).await.unwrap().into_inner() else { panic!("a user") };
        ids.push(user.id);
    }
    assert_eq!(ids, [1, 2, 2]);
    let error = refusal(&send(get_user(&core, "7")).await.unwrap_err());
    assert!(error.contains("`getUser` (GET /v1/users/7) is not expected; the expectation at "), "{error}");
    assert!(error.contains("expectations.rs:") && error.contains("has had its 3 calls"), "{error}");
    assert_eq!(expected.calls(), 3);
}

#[tokio::test]
async fn an_unexpected_call_shows_the_nearest_expectation() {
    let recorder = Recorder::new();
    let core = client(&recorder);
    let create = |id: u32, name: &str| {
        let mut call = core.call(&CREATE_USER);
        call.json(0, &json!({"id": id, "names": [name, "x"]}));
        call
    };
    let with_fields = |id: &str, fields: &str| {
        let mut call = get_user(&core, id);
        call.parameter(1, fields);
        call
    };
    let first = with_fields("7", "a");
    recorder.on_call(first.send::<Success, Failed>()).respond(user(7));
    recorder.on_call(create(1, "hunter2").send::<Success, Failed>()).respond(user(1));
    recorder.on(&CREATE_USER).when(|request| request.json()["id"] == 9).respond(user(9));
    for (call, nearest) in [
        (with_fields("8", "a"), "has the path /v1/users/7"),
        (with_fields("7", "b"), "has another `fields` in the query"),
        (create(1, "other"), "has another body, at `/names/0`"),
        (create(2, "hunter2"), "has another body, at `/id`"),
    ] {
        let error = refusal(&send(call).await.unwrap_err());
        assert!(error.contains(nearest) && !error.contains("hunter2"), "{error}");
    }
    send(create(9, "")).await.unwrap();
    assert_eq!(recorder.unmet().len(), 2);
    assert!(recorder.unmet()[0].starts_with("`getUser`, expected at "), "{:?}", recorder.unmet());
    let only_others = Recorder::new();
    only_others.on(&CREATE_USER).respond(user(1));
    let error = refusal(&send(get_user(&client(&only_others), "7")).await.unwrap_err());
    assert!(error.contains("has the operation `createUser`"), "{error}");
}

#[tokio::test]
async fn prepared_responses_come_after_expected_ones() {
    let recorder = Recorder::new();
    let core = client(&recorder);
    recorder.on(&GET_USER).respond(user(1)).times(1);
    recorder.respond_with(user(2));
    for id in [1, 2] {
        assert!(matches!(send(get_user(&core, "7")).await.unwrap().into_inner(), Success::Ok(user) if user.id == id));
    }
}

#[tokio::test]
async fn a_call_that_is_invalid_cannot_be_expected() {
    let recorder = Recorder::new();
    let core = client(&recorder);
    let invalid = core.call(&GET_USER);
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        recorder.on_call(invalid.send::<Success, Failed>()).respond(user(1))
    }));
    let message = *caught.unwrap_err().downcast::<String>().unwrap();
    assert!(
        message.starts_with("this call cannot be expected: `getUser` (GET a.example) was not sent: path parameter"),
        "{message}"
    );
}
