//! The page at `/`: providers, the last requests, and users with their values.
//!
//! **Invariant:** all text from outside passes through [`Escaped`].

use std::fmt::Write as _;

use axum::response::Response;
use http::StatusCode;
use specwright_mock::web::frame::{self, SHOWN, finish, requests, values};
use specwright_mock::web::html::Escaped;
use specwright_mock::web::problem;

use super::admin::{SandboxUser, users};
use super::{App, Mount, VERSION};
use crate::credentials::{Credentials, curl};

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
    providers(app, &credentials, &mut html);
    requests(&app.log.newest(), "Each of the commands above sends one.", &mut html);
    people(&users, &mut html);
    finish(html)
}

fn head(app: &App) -> String {
    let about = format!("State is kept in {}.", Escaped(&app.shared.database.store().describe()));
    let links = "<a href='#requests'>Last requests</a><a href='#users'>Users</a>\
         <a href=/_sandbox/rules>Behaviour and its certainty</a><a href=/_sandbox/export>Export (YAML)</a>\
         <a href=/_sandbox/requests>Requests (JSON)</a><a href=/_sandbox/users>Users (JSON)</a>";
    frame::head("Sandbox", VERSION, &about, links)
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
