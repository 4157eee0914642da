//! Servers as constants and functions, and operations with their own servers.

use specwright_runtime::server::{Context, Failure};
use tests::generated::servers::client::servers;
use tests::generated::servers::{operations as o, server as s};

struct Service;

impl s::Servers for Service {
    async fn list_things(
        &self,
        _: s::ListThingsInput,
        _: Context,
    ) -> Result<o::ListThingsSuccess, Failure<o::ListThingsError>> {
        Ok(o::ListThingsSuccess::NoContent)
    }

    async fn list_files(
        &self,
        _: s::ListFilesInput,
        _: Context,
    ) -> Result<o::ListFilesSuccess, Failure<o::ListFilesError>> {
        Ok(o::ListFilesSuccess::NoContent)
    }

    async fn upload(&self, _: s::UploadInput, _: Context) -> Result<o::UploadSuccess, Failure<o::UploadError>> {
        Ok(o::UploadSuccess::NoContent)
    }
}

#[test]
fn servers_have_names_and_variables_are_arguments() {
    assert_eq!(servers::PRODUCTION, "https://api.example.com/v1");
    assert_eq!(servers::by_region("us", "8443"), "https://us.example.com:8443/v1");
    let client = include_str!("../../src/generated/servers/client.rs");
    assert!(client.contains("by default `eu`; one of `eu`, `us`. The region of the server"));
}

#[tokio::test]
async fn operations_with_their_own_server_use_it() {
    let (client, sent) = record!(servers);
    client.list_things().await.unwrap();
    client.list_files().await.unwrap();
    client.upload().await.unwrap();
    let urls: Vec<_> = sent.requests().iter().map(|request| request.url.to_string()).collect();
    assert_eq!(
        urls,
        ["http://recorded/things", "https://files.example.com/files", "https://uploads.example.com/v2/uploads"]
    );
}

#[tokio::test]
async fn a_test_server_receives_all_operations() {
    let (client, sent) = connect!(servers, Service, .ignore_operation_servers());
    client.list_things().await.unwrap();
    client.list_files().await.unwrap();
    client.upload().await.unwrap();
    assert!(sent.requests().iter().all(|request| request.url.host_str() == Some("in-process")));
}
