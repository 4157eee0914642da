//! One variant for each documented status.

use specwright_runtime::StatusCode;
use specwright_runtime::client::{Error, Retry};
use specwright_runtime::server::{Context, Failure};
use tests::generated::statuses::types::{Job, Problem};
use tests::generated::statuses::{Client, operations as o, server as s};
use tests::{Listener, Served};

use crate::raw_request;

/// Responds with the requested status.
struct Jobs;

impl s::Statuses for Jobs {
    async fn get_job(&self, input: s::GetJobInput, _: Context) -> Result<o::GetJobSuccess, Failure<o::GetJobError>> {
        let status = StatusCode::from_u16(u16::try_from(input.job).unwrap_or_default()).map_err(Failure::internal)?;
        let problem = || Problem::new("p");
        match status.as_u16() {
            200 => Ok(o::GetJobSuccess::Ok(Job::new("j"))),
            202 => Ok(o::GetJobSuccess::Accepted),
            404 => Err(o::GetJobError::NotFound.into()),
            0..300 => Ok(o::GetJobSuccess::Successful(status, Job::new("j"))),
            500.. => Err(o::GetJobError::ServerError(status, problem()).into()),
            _ => Err(o::GetJobError::Default(status, problem()).into()),
        }
    }
}

async fn served() -> (Served, Client) {
    let served = Served::start(s::router(Jobs)).await;
    let client = Client::builder(served.url()).retry(Retry::none()).build().unwrap();
    (served, client)
}

#[tokio::test]
async fn successes_are_distinguished_by_status() {
    let (_served, client) = served().await;
    for status in [200, 202, 201, 206] {
        let response = client.get_job(status).await.unwrap();
        assert_eq!(i64::from(response.status().as_u16()), status);
        match (status, response.into_inner()) {
            (200, o::GetJobSuccess::Ok(job)) => assert_eq!(job, Job::new("j")),
            (202, o::GetJobSuccess::Accepted) => {}
            (201 | 206, o::GetJobSuccess::Successful(code, job)) => {
                assert_eq!((i64::from(code.as_u16()), job), (status, Job::new("j")));
            }
            (_, other) => panic!("{status}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn errors_are_distinguished_by_status() {
    let (_served, client) = served().await;
    for status in [404, 500, 503, 400, 422] {
        let error = client.get_job(status).await.unwrap_err();
        let Error::Api(response) = error else { panic!("{status}: {error}") };
        assert_eq!(i64::from(response.inner().status()), status);
        match (status, response.into_inner()) {
            (404, o::GetJobError::NotFound) => {}
            (500 | 503, o::GetJobError::ServerError(_, problem)) | (400 | 422, o::GetJobError::Default(_, problem)) => {
                assert_eq!(problem, Problem::new("p"));
            }
            (_, other) => panic!("{status}: {other:?}"),
        }
    }
}

/// Returns a status outside the documented class.
struct Liar;

impl s::Statuses for Liar {
    async fn get_job(&self, _: s::GetJobInput, _: Context) -> Result<o::GetJobSuccess, Failure<o::GetJobError>> {
        Ok(o::GetJobSuccess::Successful(StatusCode::IM_A_TEAPOT, Job::new("j")))
    }
}

#[tokio::test]
async fn a_status_outside_its_class_is_never_sent() {
    let response = raw_request::empty(s::router(Liar), "GET", "/jobs/1").await;
    assert_eq!(response.status, 500);
}

#[tokio::test]
async fn a_redirect_that_is_not_followed_is_decoded_as_the_default_response() {
    let listener = Listener::start("HTTP/1.1 300 Multiple Choices\r\ncontent-type: application/json\r\ncontent-length: 13\r\n\r\n{\"title\":\"p\"}").await;
    let client = Client::builder(listener.url()).retry(Retry::none()).build().unwrap();
    let error = client.get_job(1).await.unwrap_err();
    let Error::Api(response) = error else { panic!("{error}") };
    assert!(matches!(response.into_inner(), o::GetJobError::Default(StatusCode::MULTIPLE_CHOICES, _)));
}
