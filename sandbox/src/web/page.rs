//! The page at `/`: providers, the last requests, and users with their values.
//!
//! **Invariant:** the page has no scripts and no external resources, and all text from outside
//! passes through [`Escaped`].

use std::fmt::Write as _;

use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use http::{HeaderValue, StatusCode};
use serde_json::Value;

use super::admin::{SandboxUser, users};
use super::html::Escaped;
use super::log::LogEntry;
use super::{App, Mount, VERSION, problem, response};
use crate::credentials::{Credentials, curl};
use crate::providers::ProblemReport;

/// The largest number of users and requests on the page.
const SHOWN: usize = 100;

const STYLE: &str = include_str!("page.css");

/// The page.
pub(super) async fn page(app: &App) -> Response {
    let read = async {
        Ok::<_, crate::store::StoreError>((users(app).await?, Credentials::read(&app.shared.database).await?))
    };
    let (users, credentials) = match read.await {
        Ok(read) => read,
        Err(error) => {
            tracing::error!(%error, "the page failed");
            return problem(StatusCode::INTERNAL_SERVER_ERROR, "the store failed; see the log");
        }
    };
    let mut html = head(app);
    html.push_str("<main>");
    providers(app, &credentials, &mut html);
    requests(&app.log.newest(), &mut html);
    people(&users, &mut html);
    html.push_str("</main></body></html>");
    let mut response = response(StatusCode::OK, "text/html; charset=utf-8", html);
    let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'";
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn head(app: &App) -> String {
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta name=viewport content='width=device-width,initial-scale=1'><title>Sandbox {VERSION}</title>\
         <style>{STYLE}</style></head><body><header><h1>Sandbox <small>{VERSION}</small></h1>\
         <p>State is kept in {}. <span class=soft>Reload the page to see changes.</span></p>\
         <nav><a href='#requests'>Last requests</a><a href='#users'>Users</a>\
         <a href=/_sandbox/rules>Behaviour and its certainty</a><a href=/_sandbox/export>Export (YAML)</a>\
         <a href=/_sandbox/requests>Requests (JSON)</a><a href=/_sandbox/users>Users (JSON)</a></nav></header>",
        Escaped(&app.shared.database.store().describe()),
    )
}

fn providers(app: &App, credentials: &Credentials, html: &mut String) {
    html.push_str("<section id=providers><h2>Providers</h2><div class=cards>");
    for mount in &app.mounts {
        provider(app, mount, credentials, html);
    }
    html.push_str("</div></section>");
}

fn provider(app: &App, mount: &Mount, credentials: &Credentials, html: &mut String) {
    let (provider, base) = (mount.provider, app.base_url(mount.provider));
    // Writing to a string cannot fail.
    let _ = write!(
        html,
        "<article class=card><h3>{}</h3><dl><dt>base URL</dt><dd><code>{}</code></dd>",
        provider.title(),
        Escaped(&base),
    );
    for (name, value) in credentials.of(provider) {
        let _ = write!(html, "<dt>{name}</dt><dd><code>{}</code></dd>", Escaped(value));
    }
    let _ = write!(
        html,
        "</dl><pre>{}</pre><nav><a href=/_sandbox/openapi/{provider}.yaml>The provider's document</a>\
         <a href=/_sandbox/openapi/{provider}.json>The document as implemented here</a></nav></article>",
        Escaped(&curl(provider, &base, credentials)),
    );
}

fn requests(newest: &[LogEntry], html: &mut String) {
    html.push_str("<section id=requests><h2>Last requests</h2>");
    if newest.is_empty() {
        html.push_str("<p class=soft>None yet. Each of the commands above sends one.</p></section>");
        return;
    }
    html.push_str(
        "<table><thead><tr><th scope=col>Time (UTC)</th><th scope=col>Request</th><th scope=col>Response</th>\
         <th scope=col>Took</th></tr></thead><tbody>",
    );
    for entry in newest.iter().take(SHOWN) {
        request(entry, html);
    }
    html.push_str("</tbody></table></section>");
}

fn request(entry: &LogEntry, html: &mut String) {
    let _ = write!(
        html,
        "<tr><td><time class=soft datetime='{}'>{}</time></td><td><span class=path>{} {}</span><br>\
         <span class=soft>{}</span></td><td><span class='status {}'>{}</span>",
        Escaped(&entry.at),
        Escaped(entry.at.get(11..19).unwrap_or_default()),
        Escaped(&entry.method),
        Escaped(&entry.target),
        Escaped(entry.operation.as_deref().unwrap_or("not a documented operation")),
        class_of(entry.status),
        entry.status,
    );
    match entry.sandbox.as_deref() {
        Some("forced") => html.push_str(" <span class=soft>forced:</span>"),
        Some("fault" | "limit") => html.push_str(" <span class=soft>injected:</span>"),
        _ => {}
    }
    if let Some(report) = &entry.problem {
        problem_report(report, html);
    }
    let _ = write!(html, "</td><td class=number>{:.1} ms</td></tr>", entry.milliseconds);
}

fn class_of(status: u16) -> &'static str {
    match status {
        ..400 => "good",
        400..500 => "wrong",
        500.. => "broken",
    }
}

fn problem_report(report: &ProblemReport, html: &mut String) {
    let _ = write!(html, " {}", Escaped(&report.detail));
    if report.violations.is_empty() {
        return;
    }
    html.push_str("<ul>");
    for (pointer, detail) in &report.violations {
        let _ = write!(html, "<li><code>{}</code> {}</li>", Escaped(pointer), Escaped(detail));
    }
    html.push_str("</ul>");
}

fn people(users: &[SandboxUser], html: &mut String) {
    let _ = write!(html, "<section id=users><h2>Users <span class=soft>({})</span></h2><div class=users>", users.len());
    for user in users.iter().take(SHOWN) {
        let _ = write!(
            html,
            "<article class=card><h3><code>{}</code></h3><p class=soft>{} {}</p><dl>",
            Escaped(&user.id),
            Escaped(&user.provider),
            Escaped(user.app.as_deref().unwrap_or_default()),
        );
        values("", &user.record, html);
        html.push_str("</dl></article>");
    }
    html.push_str("</div>");
    if users.len() > SHOWN {
        let _ = write!(html, "<p>These are the first {SHOWN}; see <a href=/_sandbox/users>all of them</a>.</p>");
    }
    html.push_str("</section>");
}

/// The leaves of a record with their paths: `{data: {email: …}}` is `data.email`.
fn values(path: &str, value: &Value, html: &mut String) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                values(&path, value, html);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (index, value) in items.iter().enumerate() {
                values(&format!("{path}.{index}"), value, html);
            }
        }
        value => {
            let _ = write!(html, "<dt>{}</dt><dd>{}</dd>", Escaped(path), Escaped(&leaf(value)));
        }
    }
}

/// A value on one line: strings without quotes, lists with commas.
fn leaf(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(leaf).collect::<Vec<_>>().join(", "),
        value => value.to_string(),
    }
}
