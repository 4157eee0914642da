//! Invalid calls are refused before anything is sent.

use specwright_runtime::client::{BuildError, Builder, Error, InvalidRequest, Recorder, RequestOptions};

use crate::api::{CREATE_USER, GET_USER, builder, get_user, send};

async fn refusal(
    make: impl FnOnce(&specwright_runtime::client::Core) -> specwright_runtime::client::RequestBuilder,
) -> InvalidRequest {
    let recorder = Recorder::new();
    let core = builder("https://a.example").transport(recorder.clone()).build().unwrap();
    let error = send(make(&core)).await.unwrap_err();
    assert!(recorder.requests().is_empty());
    match error {
        Error::InvalidRequest(invalid) => invalid,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn all_problems_are_reported_at_once() {
    let invalid = refusal(|core| {
        let mut call = core.call(&GET_USER);
        call.try_parameter(1, Err::<u8, _>("not a number"));
        call.parameter(2, "a\r\nx: y");
        call.with(RequestOptions::new().header("x-a", "b\nc"));
        call
    })
    .await;
    assert_eq!(
        invalid.to_string(),
        "`getUser` (GET a.example) was not sent: query parameter `fields` is not a number; header `x-a` holds a line break or another control \
         character; path parameter `user_id` must be given; header `X-Tenant` cannot be a header, because it holds a line break or \
         another control character"
    );
}

#[tokio::test]
async fn path_values_that_lead_elsewhere_are_refused() {
    for value in ["", ".", ".."] {
        let invalid = refusal(|core| get_user(core, value)).await;
        assert_eq!(invalid.problems()[0].subject, "path parameter `user_id`");
    }
}

#[tokio::test]
async fn a_required_body_must_be_given_and_fit_its_media_type() {
    let invalid = refusal(|core| core.call(&CREATE_USER)).await;
    assert_eq!(invalid.to_string(), "`createUser` (POST a.example) was not sent: the body must be given");
    let invalid = refusal(|core| {
        let mut call = core.call(&CREATE_USER);
        call.body_as(2, "text/html", "x".into());
        call
    })
    .await;
    assert!(invalid.to_string().ends_with("not in the range `image/*`"), "{invalid}");
}

#[test]
fn base_urls_are_checked_when_the_client_is_built() {
    let build = |url: &str| Builder::new(url).build().map(|core| core.base_url().to_owned());
    assert_eq!(build("https://a.example/v1/"), Ok("https://a.example/v1".to_owned()));
    for url in
        ["", "/v1", "ftp://a.example", "https://u:hunter2@a.example", "https://a.example?x=1", "https://a.example/#x"]
    {
        let error: BuildError = build(url).unwrap_err();
        assert!(!error.to_string().contains("hunter2"));
    }
    assert!(Builder::new("https://a.example").header("x-a", "b\nc").build().is_err());
}
