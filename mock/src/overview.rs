//! The page at `/_mock/`: the document, and the last requests with their faults.

use std::fmt::Write as _;

use axum::response::Response;
use serde_json::Value;
use specwright_runtime::descriptor::Operation;

use crate::document::Document;
use crate::state::Behaviour;
#[cfg(feature = "proxy")]
use crate::traffic::Report;
use crate::web::frame::{SHOWN, finish, head, requests, values};
use crate::web::html::Escaped;
use crate::web::log::LogEntry;

/// The page.
pub(crate) fn page(
    document: &Document,
    origin: &str,
    newest: &[LogEntry],
    items: &[(String, Value)],
    behaviours: &[Behaviour],
) -> Response {
    let title = if document.api.title.is_empty() { "Mock" } else { &document.api.title };
    let about = format!(
        "A mock of this document at <code>{}</code>, {} operations.",
        Escaped(origin),
        document.operations.len(),
    );
    let links = "<a href='#requests'>Last requests</a><a href='#resources'>Resources</a>\
                 <a href='#operations'>Operations</a>\
                 <a href=/_mock/requests>Requests (JSON)</a>";
    let mut html = head(title, &document.api.version, &about, links);
    requests(newest, "Send one to a path below.", &mut html);
    resources(items, behaviours, &mut html);
    operations(document, &mut html);
    finish(html)
}

/// The page of a proxy: what was found, and the last requests.
#[cfg(feature = "proxy")]
pub(crate) fn proxy_page(document: &Document, origin: &str, report: &Report, newest: &[LogEntry]) -> Response {
    let title = if document.api.title.is_empty() { "Proxy" } else { &document.api.title };
    let about = format!("A proxy that checks traffic by this document, at <code>{}</code>.", Escaped(origin));
    let links = "<a href='#violations'>Violations</a><a href='#requests'>Last requests</a>\
                 <a href='#operations'>Operations</a><a href=/_mock/report>Report (JSON)</a>";
    let mut html = head(title, &document.api.version, &about, links);
    let _ = write!(html, "<section id=violations><h2>Violations</h2><p>{}</p><ul>", Escaped(&report.summary()));
    for violations in report.violations.iter().take(SHOWN) {
        let _ = write!(html, "<li>{}</li>", Escaped(&violations.to_string()));
    }
    html.push_str("</ul></section>");
    requests(newest, "Send one to a path below.", &mut html);
    operations(document, &mut html);
    finish(html)
}

/// The items of all resources, and the behaviour that was inferred for them.
fn resources(items: &[(String, Value)], behaviours: &[Behaviour], html: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(html, "<section id=resources><h2>Resources <span class=soft>({})</span></h2>", items.len());
    if behaviours.is_empty() {
        html.push_str("<p class=soft>None were recognized. Every response comes from the document.</p></section>");
        return;
    }
    html.push_str("<div class=users>");
    for (collection, item) in items.iter().take(SHOWN) {
        let _ = write!(html, "<article class=card><h3><code>{}</code></h3><dl>", Escaped(collection));
        values("", item, html);
        html.push_str("</dl></article>");
    }
    html.push_str("</div><ul>");
    for Behaviour { resource, operation, certainty, rule } in behaviours {
        let _ = write!(
            html,
            "<li><code>{}</code> {} <span class=soft>{}, {certainty}</span></li>",
            Escaped(resource),
            Escaped(rule),
            Escaped(operation.unwrap_or_default()),
        );
    }
    html.push_str("</ul></section>");
}

fn operations(document: &Document, html: &mut String) {
    html.push_str("<section id=operations><h2>Operations</h2><ul>");
    let all = document.operations.iter().map(|operation| operation.descriptor);
    for Operation { id, method, path, .. } in all.take(SHOWN) {
        let line = format!(
            "<li><span class=path>{} {}</span> <span class=soft>{}</span></li>",
            Escaped(method),
            Escaped(path),
            Escaped(id)
        );
        html.push_str(&line);
    }
    html.push_str("</ul></section>");
}
