//! Optional bodies, and every method.

use specwright_runtime::client::Error;
use specwright_runtime::server::{Context, Failure};
use tests::generated::optional_body::types::Job;
use tests::generated::optional_body::{operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<Option<Job>>);

impl s::OptionalBody for Service {
    async fn start_job(
        &self,
        input: s::StartJobInput,
        _: Context,
    ) -> Result<o::StartJobSuccess, Failure<o::StartJobError>> {
        self.0.record(input.body);
        Ok(o::StartJobSuccess::NoContent)
    }

    async fn replace_job(
        &self,
        input: s::ReplaceJobInput,
        _: Context,
    ) -> Result<o::ReplaceJobSuccess, Failure<o::ReplaceJobError>> {
        self.0.record(Some(input.body));
        Ok(o::ReplaceJobSuccess::NoContent)
    }

    async fn get_job(&self, _: s::GetJobInput, _: Context) -> Result<o::GetJobSuccess, Failure<o::GetJobError>> {
        Ok(o::GetJobSuccess::NoContent)
    }

    async fn look_at_job(
        &self,
        _: s::LookAtJobInput,
        _: Context,
    ) -> Result<o::LookAtJobSuccess, Failure<o::LookAtJobError>> {
        Ok(o::LookAtJobSuccess::NoContent)
    }

    async fn delete_job(
        &self,
        _: s::DeleteJobInput,
        _: Context,
    ) -> Result<o::DeleteJobSuccess, Failure<o::DeleteJobError>> {
        Ok(o::DeleteJobSuccess::NoContent)
    }

    async fn ask_about_job(
        &self,
        _: s::AskAboutJobInput,
        _: Context,
    ) -> Result<o::AskAboutJobSuccess, Failure<o::AskAboutJobError>> {
        Ok(o::AskAboutJobSuccess::NoContent)
    }

    async fn trace_job(
        &self,
        _: s::TraceJobInput,
        _: Context,
    ) -> Result<o::TraceJobSuccess, Failure<o::TraceJobError>> {
        Ok(o::TraceJobSuccess::NoContent)
    }
}

fn job() -> Job {
    Job::new().name("n")
}

#[tokio::test]
async fn an_optional_body_is_sent_or_left_out() {
    let service = Service::default();
    let (client, sent) = connect!(optional_body, service.clone());
    client.start_job().await.unwrap();
    client.start_job().body(&job()).await.unwrap();
    let requests = sent.requests();
    assert_eq!((requests[0].body.len(), requests[0].header("content-type")), (0, None));
    assert_eq!(
        (&requests[1].body[..], requests[1].header("content-type")),
        (&br#"{"name":"n"}"#[..], Some("application/json"))
    );
    assert_eq!(service.0.all(), [None, Some(job())]);
}

#[tokio::test]
async fn a_missing_required_body_is_refused_by_the_server() {
    let (client, sent) = connect!(optional_body, Service::default());
    client.replace_job(&job()).await.unwrap();
    assert_eq!(sent.requests().len(), 1);
    let response = raw_request::empty(s::router(Service::default()), "PUT", "/jobs").await;
    assert_eq!(response.status, 400);
    let response = raw_request::body(s::router(Service::default()), "POST", "/jobs", "application/json", "{").await;
    assert_eq!(response.status, 400, "an optional body is validated if present");
}

#[tokio::test]
async fn every_method_is_sent_and_routed() {
    let (client, sent) = connect!(optional_body, Service::default());
    client.get_job().await.unwrap();
    client.look_at_job().await.unwrap();
    client.delete_job().await.unwrap();
    client.ask_about_job().await.unwrap();
    client.trace_job().await.unwrap();
    let methods: Vec<_> = sent.requests().into_iter().map(|request| request.method.to_string()).collect();
    assert_eq!(methods, ["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]);
}

#[tokio::test]
async fn an_unimplemented_method_is_501() {
    let (client, _) = connect!(optional_body, Service::default());
    let error = client.change_job().body(&job()).await.unwrap_err();
    let Error::UnexpectedStatus(response) = &error else { panic!("{error}") };
    assert_eq!(response.status(), 501);
    assert_eq!(response.headers()["x-not-implemented"], "change_job");
}
