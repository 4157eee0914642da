//! The page at `/`: providers, the last requests with what was wrong with them, and users with
//! their values.
//!
//! The rule kept here: no script, nothing from elsewhere, and every text that came from outside
//! goes through [`Text`].

use std::fmt::Write as _;

use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use http::{HeaderValue, StatusCode};
use serde_json::Value;

use super::admin::{SandboxUser, users};
use super::html::Text;
use super::log::Noted;
use super::{App, Place, VERSION, problem, response};
use crate::credentials::{Credentials, curl};
use crate::providers::Wrong;

/// How many users and requests the page shows.
const SHOWN: usize = 100;

const STYLE: &str = include_str!("page.css");

/// The page.
pub(super) async fn page(app: &App) -> Response {
    let read =
        async { Ok::<_, crate::store::StoreError>((users(app).await?, Credentials::read(&app.world.database).await?)) };
    let (users, credentials) = match read.await {
        Ok(read) => read,
        Err(error) => {
            tracing::error!(%error, "the page failed");
            return problem(StatusCode::INTERNAL_SERVER_ERROR, "the store failed; the log says more");
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
         <p>State is kept in {}. <span class=soft>Reload the page to see what has changed.</span></p>\
         <nav><a href='#requests'>Last requests</a><a href='#users'>Users</a>\
         <a href=/_sandbox/rules>How it behaves, and how sure that is</a><a href=/_sandbox/export>Export (YAML)</a>\
         <a href=/_sandbox/requests>Requests (JSON)</a><a href=/_sandbox/users>Users (JSON)</a></nav></header>",
        Text(&app.world.database.store().describe()),
    )
}

fn providers(app: &App, credentials: &Credentials, html: &mut String) {
    html.push_str("<section id=providers><h2>Providers</h2><div class=cards>");
    for place in &app.providers {
        provider(app, place, credentials, html);
    }
    html.push_str("</div></section>");
}

fn provider(app: &App, place: &Place, credentials: &Credentials, html: &mut String) {
    let (provider, base) = (place.provider, app.base_url(place.provider));
    // Writing to a string cannot fail.
    let _ = write!(
        html,
        "<article class=card><h3>{}</h3><dl><dt>base URL</dt><dd><code>{}</code></dd>",
        provider.title(),
        Text(&base),
    );
    for (name, value) in credentials.of(provider) {
        let _ = write!(html, "<dt>{name}</dt><dd><code>{}</code></dd>", Text(value));
    }
    let _ = write!(
        html,
        "</dl><pre>{}</pre><nav><a href=/_sandbox/openapi/{provider}.yaml>The provider's document</a>\
         <a href=/_sandbox/openapi/{provider}.json>The document as it is kept here</a></nav></article>",
        Text(&curl(provider, &base, credentials)),
    );
}

fn requests(newest: &[Noted], html: &mut String) {
    html.push_str("<section id=requests><h2>Last requests</h2>");
    if newest.is_empty() {
        html.push_str("<p class=soft>None yet: each of the commands above makes one.</p></section>");
        return;
    }
    html.push_str(
        "<table><thead><tr><th scope=col>Time (UTC)</th><th scope=col>Request</th><th scope=col>RawResponse</th>\
         <th scope=col>Took</th></tr></thead><tbody>",
    );
    for noted in newest.iter().take(SHOWN) {
        request(noted, html);
    }
    html.push_str("</tbody></table></section>");
}

fn request(noted: &Noted, html: &mut String) {
    let _ = write!(
        html,
        "<tr><td><time class=soft datetime='{}'>{}</time></td><td><span class=path>{} {}</span><br>\
         <span class=soft>{}</span></td><td><span class='status {}'>{}</span>",
        Text(&noted.at),
        Text(noted.at.get(11..19).unwrap_or_default()),
        Text(&noted.method),
        Text(&noted.target),
        Text(noted.operation.as_deref().unwrap_or("no operation of a document")),
        class_of(noted.status),
        noted.status,
    );
    match noted.sandbox.as_deref() {
        Some("forced") => html.push_str(" <span class=soft>asked for:</span>"),
        Some("fault" | "limit") => html.push_str(" <span class=soft>made to order:</span>"),
        _ => {}
    }
    if let Some(wrong) = &noted.wrong {
        what_was_wrong(wrong, html);
    }
    let _ = write!(html, "</td><td class=number>{:.1} ms</td></tr>", noted.milliseconds);
}

fn class_of(status: u16) -> &'static str {
    match status {
        ..400 => "good",
        400..500 => "wrong",
        500.. => "broken",
    }
}

fn what_was_wrong(wrong: &Wrong, html: &mut String) {
    let _ = write!(html, " {}", Text(&wrong.detail));
    if wrong.places.is_empty() {
        return;
    }
    html.push_str("<ul>");
    for (place, detail) in &wrong.places {
        let _ = write!(html, "<li><code>{}</code> {}</li>", Text(place), Text(detail));
    }
    html.push_str("</ul>");
}

fn people(users: &[SandboxUser], html: &mut String) {
    let _ = write!(html, "<section id=users><h2>Users <span class=soft>({})</span></h2><div class=users>", users.len());
    for user in users.iter().take(SHOWN) {
        let _ = write!(
            html,
            "<article class=card><h3><code>{}</code></h3><p class=soft>{} {}</p><dl>",
            Text(&user.id),
            Text(&user.provider),
            Text(user.app.as_deref().unwrap_or_default()),
        );
        values("", &user.record, html);
        html.push_str("</dl></article>");
    }
    html.push_str("</div>");
    if users.len() > SHOWN {
        let _ = write!(html, "<p>The first {SHOWN}; <a href=/_sandbox/users>all of them</a>.</p>");
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
            for (place, value) in items.iter().enumerate() {
                values(&format!("{path}.{place}"), value, html);
            }
        }
        value => {
            let _ = write!(html, "<dt>{}</dt><dd>{}</dd>", Text(path), Text(&leaf(value)));
        }
    }
}

/// A value in one line: texts as they are, lists with commas.
fn leaf(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(leaf).collect::<Vec<_>>().join(", "),
        value => value.to_string(),
    }
}
