//! Routes each request to the page, the admin routes or a provider, and logs it.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::response::Response;
use http::header::{AUTHORIZATION, CONNECTION, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use serde_json::Value;
use specwright_mock::PATH_BYTES;
use specwright_mock::web::log::ProblemReport;
use specwright_mock::web::{body, decode_unreserved, host, problem, response};
use specwright_runtime::server::Limits;
use tower::ServiceExt as _;

use super::{App, LogEntry, Mount, SANDBOX_HEADER, VERSION, VERSION_HEADER, admin, page};
use crate::documents::Operation;
use crate::providers::Provider;

/// Handles a request and logs it.
pub(super) async fn dispatch(State(app): State<Arc<App>>, request: Request) -> Response {
    let started = Instant::now();
    let (mut parts, body) = request.into_parts();
    decode_unreserved(&mut parts.uri);
    let path = parts.uri.path().to_owned();
    let (body, was_read) = body::watch(body);
    let request = Request::from_parts(parts, body);
    let mut response = if path == "/" {
        match host::check(&request, &app.settings.hosts) {
            Ok(()) => page::page(&app).await,
            Err(refusal) => *refusal,
        }
    } else if path.starts_with("/_sandbox/") {
        admin::admin(&app, request).await
    } else {
        let mut entry = LogEntry::new(&request);
        let response = provider(&app, &path, request, &mut entry).await;
        let (response, problem) = explain(response).await;
        entry.status = response.status().as_u16();
        entry.problem = problem;
        let marker = response.headers().get(SANDBOX_HEADER).and_then(|value| value.to_str().ok());
        entry.sandbox = marker.map(str::to_owned);
        entry.milliseconds = started.elapsed().as_secs_f64() * 1e3;
        tracing::info!(
            method = entry.method,
            path = entry.target,
            status = entry.status,
            operation = entry.operation,
            problem = entry.problem.as_ref().map(|problem| problem.detail.as_str()),
            "responded",
        );
        app.log.add(entry);
        response
    };
    response.headers_mut().insert(VERSION_HEADER, HeaderValue::from_static(VERSION));
    if !was_read.get() {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

async fn provider(app: &App, path: &str, request: Request, entry: &mut LogEntry) -> Response {
    if host::host(&request).is_none() {
        return problem(StatusCode::BAD_REQUEST, "a request has one `Host` line");
    }
    if request.headers().get_all(AUTHORIZATION).iter().count() > 1 {
        return problem(StatusCode::BAD_REQUEST, "a request has at most one `Authorization` line");
    }
    if path.len() > PATH_BYTES {
        return problem(StatusCode::URI_TOO_LONG, "the path is too long");
    }
    let found = Provider::of_path(path);
    let Some((provider, rest)) = found else {
        return problem(StatusCode::NOT_FOUND, "no provider has this path; the page at `/` lists the providers");
    };
    let Some(mount) = app.mounts.iter().find(|mount| mount.provider == provider) else {
        return problem(StatusCode::NOT_FOUND, "this sandbox was started without this provider");
    };
    entry.provider = Some(provider.name().to_owned());
    let operation = mount.document.operation(request.method().as_str(), rest);
    entry.operation = operation.map(|operation| operation.id.clone());
    if let Some(code) = forced_code(&request) {
        return forced(mount, operation, &code);
    }
    if let Some(response) = inject_faults(app, provider, operation, request.headers()).await {
        return response;
    }
    forward(app, mount, rest, request).await
}

/// Forwards the request to the router, with the path that the provider's document has.
async fn forward(app: &App, mount: &Mount, rest: &str, mut request: Request) -> Response {
    let target = match request.uri().query() {
        Some(query) => format!("{rest}?{query}"),
        None => rest.to_owned(),
    };
    let Ok(uri) = Uri::try_from(target) else {
        return problem(StatusCode::BAD_REQUEST, "the path cannot be read");
    };
    *request.uri_mut() = uri;
    request.extensions_mut().insert(Limits { read_timeout: app.settings.body_timeout, ..Limits::default() });
    if mount.provider == Provider::Looker {
        accept_token_scheme(request.headers_mut());
    }
    let limit = app.settings.rate_limit.filter(|_| mount.provider == Provider::Stateset);
    let limit = limit.map(|limit| (limit, app.meter.remaining(credential(request.headers()), limit)));
    let result = mount.router.clone().oneshot(request).await;
    let mut response = match result {
        Ok(response) => response,
        Err(never) => match never {},
    };
    if let Some((limit, remaining)) = limit {
        // The documented headers. No request is refused, because the document has no 429.
        let limits = [("limit", limit), ("remaining", remaining.unwrap_or_default()), ("reset", 1)];
        for (name, value) in limits {
            if let Ok(name) = HeaderName::try_from(format!("x-ratelimit-{name}")) {
                response.headers_mut().insert(name, value.into());
            }
        }
    }
    response
}

/// The credential that is used to count requests.
fn credential(headers: &HeaderMap) -> &[u8] {
    headers.get(AUTHORIZATION).map_or(&[], HeaderValue::as_bytes)
}

/// Rewrites the scheme `token`, which Looker's prose documents, to `Bearer`, which Looker's
/// document and SDKs use.
fn accept_token_scheme(headers: &mut HeaderMap) {
    let token = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = token.and_then(|text| {
        let (scheme, token) = text.split_once(' ')?;
        scheme.eq_ignore_ascii_case("token").then(|| format!("Bearer {token}"))
    });
    if let Some(value) = token.and_then(|text| HeaderValue::try_from(text).ok()) {
        headers.insert(AUTHORIZATION, value);
    }
}

/// The status that a request forces: `Prefer: code=404` or `?__code=404`.
fn forced_code(request: &Request) -> Option<String> {
    let preferences = request.headers().get_all("prefer").iter().filter_map(|value| value.to_str().ok());
    let mut preferences = preferences.flat_map(|text| text.split([',', ';']));
    let preferred = preferences.find_map(|one| Some(one.trim().strip_prefix("code=")?.trim_matches('"')));
    let pairs = request.uri().query().unwrap_or_default().split('&');
    let queried = || pairs.into_iter().find_map(|pair| pair.strip_prefix("__code="));
    preferred.or_else(queried).map(str::to_owned)
}

/// The documented response with a forced status, from the document's examples.
fn forced(mount: &Mount, operation: Option<&Operation>, code: &str) -> Response {
    let Some(operation) = operation else {
        return problem(StatusCode::NOT_IMPLEMENTED, "the document does not describe this path and method");
    };
    let status = code.parse().ok().and_then(|code| StatusCode::from_u16(code).ok());
    let found = status.and_then(|status| Some((status, mount.document.example(operation, status.as_u16())?)));
    let Some((status, example)) = found else {
        let known = operation.statuses().join(", ");
        return problem(StatusCode::BAD_REQUEST, &format!("`{}` documents these statuses: {known}", operation.id));
    };
    let mut response = Response::new(axum::body::Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in example.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    headers.insert(SANDBOX_HEADER, HeaderValue::from_static("forced"));
    if let Some((media, body)) = example.body {
        if let Ok(media) = HeaderValue::try_from(media) {
            headers.insert(http::header::CONTENT_TYPE, media);
        }
        *response.body_mut() = body.into();
    }
    response
}

/// Applies the latency, failures and rate limit of the settings.
async fn inject_faults(
    app: &App,
    provider: Provider,
    operation: Option<&Operation>,
    headers: &HeaderMap,
) -> Option<Response> {
    if let Some(failure) = app.settings.faults.inject().await {
        return Some(failure);
    }
    let limit = app.settings.rate_limit?;
    let limited = provider == Provider::Looker && operation.is_some_and(|operation| operation.has("429"));
    if !limited || app.meter.remaining(credential(headers), limit).is_some() {
        return None;
    }
    let body = serde_json::json!({"message": "Too many requests", "documentation_url": null});
    let mut response = response(StatusCode::TOO_MANY_REQUESTS, "application/json", body.to_string());
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response.headers_mut().insert(SANDBOX_HEADER, HeaderValue::from_static("limit"));
    Some(response)
}

/// The faults of a request, from the report of the rejection or from the body of a documented
/// error.
async fn explain(mut response: Response) -> (Response, Option<ProblemReport>) {
    if let Some(report) = response.extensions_mut().remove::<ProblemReport>() {
        return (response, Some(report));
    }
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return (response, None);
    }
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap_or_default();
    let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let text = value["message"].as_str().or(value["detail"].as_str());
    let detail = text.or(parts.status.canonical_reason()).unwrap_or_default().to_owned();
    let mut report = ProblemReport { detail, violations: Vec::new() };
    for error in value["errors"].as_array().into_iter().flatten() {
        let member = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        report.violations.push((member("field"), member("message")));
    }
    (Response::from_parts(parts, bytes.into()), Some(report))
}
