//! A value never leaves its segment of the path.

use specwright_runtime::client::Error;
use specwright_runtime::server::{Context, Failure};
use tests::Served;
use tests::generated::path_safety::{Client, operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<String>);

impl s::PathSafety for Service {
    async fn read_file(
        &self,
        input: s::ReadFileInput,
        _: Context,
    ) -> Result<o::ReadFileSuccess, Failure<o::ReadFileError>> {
        self.0.record(input.name);
        Ok(o::ReadFileSuccess::NoContent)
    }
}

#[tokio::test]
async fn any_value_arrives_unchanged() {
    let service = Service::default();
    let served = Served::start(s::router(service.clone())).await;
    let client = Client::builder(served.url()).build().unwrap();
    for name in ["a/b", "../x", "a?b=c#d", "a%2Fb", "%2e%2e", "a b+c", "größe", "...", "a;b=c", "\\", "\u{0}\r\n"] {
        client.read_file(name).await.unwrap();
        assert_eq!(service.0.only(), name);
    }
}

#[tokio::test]
async fn values_that_url_parsers_normalize_are_refused_before_sending() {
    let (client, sent) = connect!(path_safety, Service::default());
    for name in ["", ".", ".."] {
        let error = client.read_file(name).await.unwrap_err();
        let Error::InvalidRequest(invalid) = &error else { panic!("{error}") };
        assert_eq!(invalid.problems()[0].subject, "path parameter `name`", "{name}");
    }
    assert_eq!(sent.requests().len(), 0);
}

#[tokio::test]
async fn servers_also_refuse_them() {
    let service = Service::default();
    for name in ["", ".", "..", "%2e%2e", "%2E"] {
        let response = raw_request::empty(s::router(service.clone()), "GET", &format!("/files/{name}/content")).await;
        assert_eq!(response.status, 404, "{name}");
    }
    assert_eq!(service.0.all().len(), 0);
}
