//! The admin routes below `/_sandbox/`, a prefix that no provider uses.
//!
//! | route | |
//! |---|---|
//! | `GET /_sandbox/health` | version, store and providers |
//! | `GET /_sandbox/users` | users of all providers |
//! | `GET /_sandbox/requests` | the last requests, newest first |
//! | `GET /_sandbox/rules` | the behaviour of the providers, and how certain it is |
//! | `GET /_sandbox/openapi/rownd.yaml` | the provider's document |
//! | `GET /_sandbox/openapi/rownd.json` | the document as the sandbox implements it |
//! | `GET /_sandbox/export` | all records as YAML |
//! | `POST /_sandbox/import` | replaces all records |
//! | `POST /_sandbox/reset` | restores the seed |
//! | `POST /_sandbox/rownd/token/{app}/{user}` | issues a token for a user |

use axum::extract::Request;
use axum::response::Response;
use http::header::ORIGIN;
use http::{Method, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use specwright_mock::web::{host, problem, response};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use super::{App, VERSION};
use crate::limits::{IMPORT_BYTES, IMPORTS};
use crate::providers::Provider;
use crate::providers::rownd::tokens;
use crate::records::{self, SeedError};
use crate::store::StoreError;

/// Limits the number of imports that are read at the same time.
static READING: Semaphore = Semaphore::const_new(IMPORTS);

pub(super) async fn admin(app: &App, request: Request) -> Response {
    let route = request.uri().path().trim_start_matches("/_sandbox/").to_owned();
    let reads = request.method() == Method::GET;
    if let Err(refusal) = host::check(&request, &app.settings.hosts) {
        return *refusal;
    }
    if !reads && is_foreign(app, &request) {
        return problem(StatusCode::FORBIDDEN, "pages of other sites may not use this route");
    }
    match route.as_str() {
        "health" if reads => json_response(&health(app)),
        "requests" if reads => json_response(&json!(app.log.newest())),
        "rules" if reads => json_response(&rules()),
        "users" if reads => or_failure(users(app).await, |users| json_response(&json!(users))),
        "export" if reads => or_failure(records::export(&app.shared.database).await, |yaml| {
            response(StatusCode::OK, "application/yaml", yaml)
        }),
        "reset" | "import" if request.method() == Method::POST => change(app, &route, request).await,
        _ if route.starts_with("rownd/token/") && request.method() == Method::POST => token(app, &route).await,
        "health" | "requests" | "rules" | "users" | "export" | "reset" | "import" => {
            problem(StatusCode::METHOD_NOT_ALLOWED, "this route does not have this method")
        }
        _ => document(app, &route),
    }
}

fn json_response(value: &Value) -> Response {
    response(StatusCode::OK, "application/json", value.to_string())
}

fn or_failure<T>(outcome: Result<T, StoreError>, response: impl FnOnce(T) -> Response) -> Response {
    match outcome {
        Ok(value) => response(value),
        Err(error) if error.is_full() => problem(StatusCode::INSUFFICIENT_STORAGE, &error.to_string()),
        Err(error) => {
            tracing::error!(%error, "an admin route failed");
            problem(StatusCode::INTERNAL_SERVER_ERROR, "the store failed; see the log")
        }
    }
}

fn health(app: &App) -> Value {
    let providers =
        app.mounts.iter().map(|mount| json!({"name": mount.provider.name(), "base_url": app.base_url(mount.provider)}));
    json!({
        "version": VERSION,
        "store": app.shared.database.store().describe(),
        "providers": providers.collect::<Vec<_>>(),
    })
}

fn rules() -> Value {
    let all = Provider::ALL.into_iter().flat_map(|provider| {
        let rules = provider.rules().iter();
        rules.map(move |(certainty, text)| json!({"provider": provider.name(), "certainty": certainty.to_string(), "rule": text}))
    });
    all.collect()
}

/// A user of any provider.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct SandboxUser {
    /// `rownd`, `prelude`, `looker` or `stateset`.
    pub provider: String,
    /// The application, if the provider has more than one.
    pub app: Option<String>,
    /// The ID.
    pub id: String,
    /// The record. Looker's attribute values are in `values`.
    pub record: Value,
}

/// The users of all providers.
pub(crate) async fn users(app: &App) -> Result<Vec<SandboxUser>, StoreError> {
    let mut users = Vec::new();
    let mut values = std::collections::BTreeMap::new();
    for (key, body) in app.shared.database.store().dump().await? {
        let mut parts = key.collection.split('/');
        let (provider, kind, scope) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        match (provider, kind) {
            ("looker", Some("user_values")) => {
                let of_user: &mut serde_json::Map<_, _> =
                    values.entry(scope.unwrap_or_default().to_owned()).or_default();
                of_user.insert(key.id, body["value"].clone());
            }
            (_, Some("users")) => users.push(SandboxUser {
                provider: provider.to_owned(),
                app: scope.map(str::to_owned),
                id: key.id,
                record: body,
            }),
            _ => {}
        }
    }
    for user in users.iter_mut().filter(|user| user.provider == "looker") {
        user.record["values"] = json!(values.remove(&user.id).unwrap_or_default());
    }
    Ok(users)
}

/// Whether a browser sent the request for a page of another site.
fn is_foreign(app: &App, request: &Request) -> bool {
    let origin = request.headers().get(ORIGIN);
    origin.is_some_and(|origin| origin.as_bytes() != app.origin().as_bytes())
}

/// Issues a token for one of Rownd's users.
async fn token(app: &App, route: &str) -> Response {
    let decoded = percent_decode_str(route.trim_start_matches("rownd/token/")).decode_utf8_lossy();
    let Some((id, user)) = decoded.split_once('/') else {
        return problem(StatusCode::NOT_FOUND, "the sandbox does not have this route");
    };
    or_failure(tokens::issue(&app.shared.database, app.origin(), id, user).await, |token| match token {
        Some(token) => {
            json_response(&json!({"access_token": token, "token_type": "Bearer", "expires_in": tokens::LIFETIME}))
        }
        None => problem(StatusCode::NOT_FOUND, "there is no such user, or no key in `rownd/signing`"),
    })
}

/// Restores the seed, or imports the body of the request.
async fn change(app: &App, route: &str, request: Request) -> Response {
    let yaml = if route == "reset" {
        app.seed.clone()
    } else {
        let reading = axum::body::to_bytes(request.into_body(), IMPORT_BYTES);
        let bytes = match tokio::time::timeout(app.settings.body_timeout, reading).await {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(_)) => return problem(StatusCode::PAYLOAD_TOO_LARGE, "the records are too long or incomplete"),
            Err(_) => return problem(StatusCode::REQUEST_TIMEOUT, "the records did not arrive in time"),
        };
        match String::from_utf8(bytes.into()) {
            Ok(yaml) => yaml,
            Err(_) => return problem(StatusCode::BAD_REQUEST, "the records are not UTF-8"),
        }
    };
    let permit = READING.acquire().await;
    let (database, runtime) = (app.shared.database.clone(), Handle::current());
    let replaced = tokio::task::spawn_blocking(move || {
        let records = records::parse(&yaml)?;
        let count = records.len();
        Ok::<_, SeedError>(runtime.block_on(database.replace(records)).map(|()| count))
    });
    let replaced = replaced.await;
    drop(permit);
    match replaced {
        Ok(Ok(outcome)) => or_failure(outcome, |count| json_response(&json!({"records": count}))),
        Ok(Err(error)) => problem(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string()),
        Err(_) => problem(StatusCode::INTERNAL_SERVER_ERROR, "the records cannot be read"),
    }
}

fn document(app: &App, route: &str) -> Response {
    let name = route.strip_prefix("openapi/").and_then(|name| name.rsplit_once('.'));
    let found = name.and_then(|(name, extension)| {
        let mount = app.mounts.iter().find(|mount| mount.provider.name() == name)?;
        Some((mount, extension))
    });
    match found {
        Some((mount, "yaml")) => response(StatusCode::OK, "application/yaml", mount.provider.document()),
        Some((mount, "json")) => {
            let document = mount.document.effective(mount.provider, &app.base_url(mount.provider));
            json_response(&document)
        }
        _ => problem(StatusCode::NOT_FOUND, "the sandbox does not have this route"),
    }
}
