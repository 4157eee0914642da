//! Tests of the sandbox, with plain HTTP and with the generated clients.

mod admin;
mod bad_input;
mod faults;
mod hostile;
mod kill;
mod looker;
#[cfg(feature = "postgres")]
mod postgres;
mod prelude;
mod programs;
mod proxy;
mod rownd;
mod stateset;
mod stores;
mod sweep;

use reqwest::{Client, Method, RequestBuilder};
use sandbox::{Provider, Sandbox};
use serde_json::Value;

/// The result of a test.
pub type TestResult = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// A request to a provider, with credentials except for Looker.
pub fn call(sandbox: &Sandbox, provider: Provider, method: Method, path: &str) -> RequestBuilder {
    let (own, url) = (sandbox.credentials(), format!("{}{path}", sandbox.base_url(provider)));
    let request = Client::new().request(method, url);
    match provider {
        Provider::Rownd => {
            request.header("x-rownd-app-key", &own.rownd_key).header("x-rownd-app-secret", &own.rownd_secret)
        }
        Provider::Prelude => request.bearer_auth(&own.prelude_key),
        Provider::Looker => request,
        Provider::Stateset => request.bearer_auth(&own.stateset_token),
    }
}

/// The status and JSON of a response.
///
/// # Errors
/// If the request fails.
pub async fn response_of(request: RequestBuilder) -> Result<(u16, Value), reqwest::Error> {
    let response = request.send().await?;
    let status = response.status().as_u16();
    let text = response.text().await?;
    Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
}
