//! Calls every operation of the applications in `tests/clients/frameworks`, with the clients that are
//! generated from their documents, and serves the same documents.
//!
//! `cargo run -p tests --example frameworks -- fastapi http://127.0.0.1:5001` calls an application, and
//! `-- serve fastapi 5001` serves its document, for this program and for clients made by others.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use specwright_runtime::server::Router;

/// The builder of a client. With the feature `validate`, it sends invalid values all the same, because
/// the applications must refuse them.
macro_rules! builder {
    ($client:ident, $url:expr) => {{
        let builder = $client::builder($url);
        #[cfg(feature = "validate")]
        let builder = builder.on_violation(specwright_runtime::validation::OnViolation::Log);
        builder
    }};
}

mod django;
mod fastapi;
mod fastapi_service;
mod fastify;
mod hono;

/// What calling an application gives.
type CallResult = Result<(), Box<dyn Error>>;

#[tokio::main]
async fn main() -> CallResult {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve", name, port] => {
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", port.parse()?)).await?;
            let router = served(name).ok_or("there is no such document")?;
            // The stored things lack what only the applications know.
            #[cfg(feature = "validate")]
            let router = router.layer(axum::Extension(specwright_runtime::validation::OnViolation::Log));
            Ok(axum::serve(listener, router).await?)
        }
        [name, url] => {
            match *name {
                "django" => django::call(url).await?,
                "fastapi" => fastapi::call(url).await?,
                "fastapi_service" => fastapi_service::call(url).await?,
                "fastify" => fastify::call(url).await?,
                "hono" => hono::call(url).await?,
                _ => return Err("there is no such application".into()),
            }
            println!("{name}: all calls succeeded");
            Ok(())
        }
        _ => Err("expected an application and its URL".into()),
    }
}

fn served(name: &str) -> Option<Router> {
    Some(match name {
        "django" => tests::generated::django::server::router(django::Library::default()),
        "fastapi" => tests::generated::fastapi::server::router(fastapi::Shelf::default()),
        "fastify" => tests::generated::fastify::server::router(fastify::Books::default()),
        "hono" => tests::generated::hono::server::router(hono::Books::default()),
        _ => return None,
    })
}

/// Things by their ids.
#[derive(Debug)]
struct Store<T>(Mutex<BTreeMap<i64, T>>);

impl<T> Default for Store<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Store<T> {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<i64, T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, id: i64) -> Option<T> {
        self.lock().get(&id).cloned()
    }

    fn all(&self) -> Vec<T> {
        self.lock().values().cloned().collect()
    }
}

/// A value of one type as one of another, with some properties replaced: a stored thing is what was
/// sent, and its id.
fn convert<T: DeserializeOwned>(value: &impl Serialize, more: Value) -> Result<T, serde_json::Error> {
    let mut object: Map<String, Value> = serde_json::from_value(serde_json::to_value(value)?)?;
    object.extend(serde_json::from_value::<Map<String, Value>>(more)?);
    serde_json::from_value(Value::Object(object))
}
