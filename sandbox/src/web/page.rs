//! The page at `/`: providers, users with their values, and the last requests with what was wrong with them.
//!
//! The rule kept here: no script, nothing from elsewhere, and every text that came from outside goes through [`Text`].

use std::fmt::Write as _;

use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use http::{HeaderValue, StatusCode};

use super::admin::{SandboxUser, users};
use super::html::Text;
use super::{App, VERSION, answer, problem};
use crate::credentials::{Credentials, curl};

/// How many users and requests the page shows.
const SHOWN: usize = 100;

const STYLE: &str = "
body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:72rem;padding:1rem 1.5rem;color:#1b1f24;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #d8dee4}
code,pre{font:13px/1.45 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.wrong{color:#a40e26}.good{color:#116329}small{color:#57606a}
";

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
    let mut html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <title>Sandbox {VERSION}</title><style>{STYLE}</style><body><h1>Sandbox {VERSION}</h1><p>State: {}. \
         <a href=/_sandbox/export>Export</a> · <a href=/_sandbox/rules>Rules</a> · <a href=/_sandbox/requests>Requests as JSON</a></p>",
        Text(&app.world.database.store().describe()),
    );
    providers(app, &credentials, &mut html);
    people(&users, &mut html);
    requests(app, &mut html);
    html.push_str("</body></html>");
    let mut response = answer(StatusCode::OK, "text/html; charset=utf-8", html);
    let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'";
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn providers(app: &App, credentials: &Credentials, html: &mut String) {
    html.push_str(
        "<h2>Providers</h2><table id=providers><tr><th>Provider<th>Base URL and a call that works<th>Document</tr>",
    );
    for place in &app.providers {
        let (provider, base) = (place.provider, app.base_url(place.provider));
        // Writing to a string cannot fail.
        let _ = write!(
            html,
            "<tr><td>{provider}<td><code>{}</code><br><code>{}</code><td><a href=/_sandbox/openapi/{provider}.yaml>YAML</a> \
             <a href=/_sandbox/openapi/{provider}.json>as served</a></tr>",
            Text(&base),
            Text(&curl(provider, &base, credentials)),
        );
    }
    html.push_str("</table>");
}

fn people(users: &[SandboxUser], html: &mut String) {
    let _ = write!(html, "<h2>Users ({})</h2><table id=users><tr><th>Provider<th>User<th>Values</tr>", users.len());
    for user in users.iter().take(SHOWN) {
        let values = serde_yaml::to_string(&user.record).unwrap_or_default();
        let _ = write!(
            html,
            "<tr><td>{}<br><small>{}</small><td><code>{}</code><td><pre>{}</pre></tr>",
            Text(&user.provider),
            Text(user.app.as_deref().unwrap_or_default()),
            Text(&user.id),
            Text(values.trim_end()),
        );
    }
    html.push_str("</table>");
    if users.len() > SHOWN {
        let _ = write!(html, "<p>The first {SHOWN}; <a href=/_sandbox/users>all of them</a>.</p>");
    }
}

fn requests(app: &App, html: &mut String) {
    html.push_str("<h2>Last requests</h2><table id=requests><tr><th>Time<th>Request<th>Status<th>What was wrong</tr>");
    for request in app.log.newest().iter().take(SHOWN) {
        let class = if request.status < 400 { "good" } else { "wrong" };
        let _ = write!(
            html,
            "<tr><td><small>{}</small><td><code>{} {}</code><br><small>{}</small><td class={class}>{}<td>",
            Text(&request.at),
            Text(&request.method),
            Text(&request.target),
            Text(request.operation.as_deref().unwrap_or("no operation")),
            request.status,
        );
        if let Some(wrong) = &request.wrong {
            let _ = write!(html, "<span class=wrong>{}</span>", Text(&wrong.detail));
            for (place, detail) in &wrong.places {
                let _ = write!(html, "<br><code>{}</code> {}", Text(place), Text(detail));
            }
        }
        html.push_str("</tr>");
    }
    html.push_str("</table>");
}
