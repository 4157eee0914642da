//! The parts of a page: its frame, the table of the last requests, and records.
//!
//! **Invariant:** a page has no scripts and no external resources, and all text from outside passes
//! through [`Escaped`].

use std::fmt::Write as _;

use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use http::{HeaderValue, StatusCode};
use serde_json::Value;

use super::html::Escaped;
use super::log::{LogEntry, ProblemReport};
use super::response;

/// The maximum number of records and requests on a page.
pub const SHOWN: usize = 100;

const STYLE: &str = include_str!("frame.css");

/// The beginning of a page with a title. `about` and `links` are HTML.
#[must_use]
pub fn head(title: &str, version: &str, about: &str, links: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta name=viewport content='width=device-width,initial-scale=1'><title>{title} {version}</title>\
         <style>{STYLE}</style></head><body><header><h1>{title} <small>{version}</small></h1>\
         <p>{about} <span class=soft>Reload the page to see changes.</span></p><nav>{links}</nav></header><main>",
        title = Escaped(title),
    )
}

/// The response that contains a page. This also ends the page.
#[must_use]
pub fn finish(mut html: String) -> Response {
    html.push_str("</main></body></html>");
    let mut response = response(StatusCode::OK, "text/html; charset=utf-8", html);
    let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'";
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The table of the last requests. `hint` says how to send a request.
pub fn requests(newest: &[LogEntry], hint: &str, html: &mut String) {
    html.push_str("<section id=requests><h2>Last requests</h2>");
    if newest.is_empty() {
        let _ = write!(html, "<p class=soft>None yet. {}</p></section>", Escaped(hint));
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

/// The leaves of a record with their paths: `{data: {email: …}}` is `data.email`.
pub fn values(path: &str, value: &Value, html: &mut String) {
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
