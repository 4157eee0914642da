//! Serves a page that shows the document, with Swagger UI. All of its files are part of the program.

use std::fmt::Write as _;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::get;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use swagger_ui_dist::{ApiDefinition, OpenApiSource, generate_routes};
use tower_service::Service as _;

use super::document::is_routable;
use super::document_route;

/// Nothing is loaded from elsewhere, the page contains no script, and no other site may frame it.
/// Swagger UI sets styles of elements.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// The path below which the package serves its files, which no request from outside reaches.
const FILES: &str = "/files";

/// A router that serves a page at `GET path` which shows the document, and the document itself at
/// `path/openapi.yaml`. Merge it with the router of a service. Nothing is loaded from other hosts,
/// and "Try it out" works for servers at the origin of the page. If axum cannot route the `path`,
/// which must begin with `/`, the router has no routes.
///
/// ```
/// use specwright_runtime::server::viewer;
///
/// let router = viewer("/docs", "Pets", "openapi: 3.1.0");
/// # let _: axum::Router = router;
/// ```
pub fn viewer(path: &str, title: &str, document: impl Into<bytes::Bytes>) -> Router {
    let path = path.trim_end_matches('/');
    if !is_routable(&format!("{path}/")) {
        return Router::new();
    }
    let page = page(path, title);
    let files =
        generate_routes(ApiDefinition { uri_prefix: FILES, api_definition: OpenApiSource::Uri(""), title: None });
    let mut router = document_route(&format!("{path}/openapi.yaml"), document)
        .route(&format!("{path}/start.js"), get(|| async { text("text/javascript", START) }))
        .route(
            &format!("{path}/"),
            get({
                let page = page.clone();
                || async { text("text/html; charset=utf-8", page) }
            }),
        );
    if !path.is_empty() {
        router = router.route(path, get(|| async { text("text/html; charset=utf-8", page) }));
    }
    for name in ["swagger-ui.css", "swagger-ui-bundle.js"] {
        let files = files.clone();
        router = router.route(&format!("{path}/{name}"), get(|| file(files, name)));
    }
    router
}

/// Starts the viewer with the document next to the page.
const START: &str = "const page = document.currentScript.dataset.page;\n\
                     window.onload = () => SwaggerUIBundle({\n    \
                         url: `${page}/openapi.yaml`,\n    \
                         dom_id: '#viewer',\n    \
                         deepLinking: true,\n    \
                         validatorUrl: null,\n\
                     });\n";

fn page(path: &str, title: &str) -> bytes::Bytes {
    let (path, title) = (escaped(path), escaped(title));
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{path}/swagger-ui.css\">\n</head>\n<body>\n<div id=\"viewer\"></div>\n\
         <noscript>This page needs JavaScript. The document is at <a href=\"{path}/openapi.yaml\">openapi.yaml</a>.\
         </noscript>\n<script src=\"{path}/swagger-ui-bundle.js\"></script>\n\
         <script src=\"{path}/start.js\" data-page=\"{path}\"></script>\n</body>\n</html>\n"
    );
    page.into()
}

/// A file of the package.
async fn file(mut files: Router, name: &'static str) -> Response {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = format!("{FILES}/{name}").parse().unwrap_or_default();
    let response = files.call(request).await.unwrap_or_else(|never| match never {});
    let mut response = secured(response);
    // They change only with the program.
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}

fn text(content_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    secured(response)
}

fn secured(mut response: Response) -> Response {
    let headers: [(HeaderName, &'static str); 3] =
        [(CONTENT_SECURITY_POLICY, POLICY), (X_CONTENT_TYPE_OPTIONS, "nosniff"), (REFERRER_POLICY, "no-referrer")];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Text in HTML. Characters beyond ASCII are written as numbers, so that none is hidden.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '-' | '_' | '.' | '/' => out.push(character),
            // Writing to a string cannot fail.
            other if !other.is_control() => {
                let _ = write!(out, "&#{};", u32::from(other));
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::viewer;

    async fn get(path: &str) -> (u16, http::HeaderMap, String) {
        let router = viewer("/docs", "A <b> & \u{202e}c", "openapi: 3.1.0");
        let response = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        (parts.status.as_u16(), parts.headers, String::from_utf8_lossy(&body).into_owned())
    }

    #[tokio::test]
    async fn the_page_and_everything_that_it_names_is_served() {
        let (status, headers, page) = get("/docs").await;
        assert_eq!((status, &headers["content-type"]), (200, &"text/html; charset=utf-8".parse().unwrap()));
        assert_eq!(get("/docs/").await.2, page);
        assert!(page.contains("<title>A &#60;b&#62; &#38; &#8238;c</title>"), "{page}");
        let named: Vec<&str> = page.split(['"']).filter(|text| text.starts_with("/docs/")).collect();
        assert_eq!(named.len(), 4, "{named:?}");
        for path in named {
            let (status, headers, body) = get(path).await;
            assert_eq!(status, 200, "{path}");
            assert!(!body.is_empty() && headers.contains_key("content-type"), "{path}");
        }
        assert_eq!(get("/docs/openapi.yaml").await.2, "openapi: 3.1.0");
        assert_eq!(get("/files/swagger-ui.css").await.0, 404, "only below the page");
    }

    #[tokio::test]
    async fn nothing_is_loaded_from_elsewhere() {
        for path in ["/docs", "/docs/start.js", "/docs/swagger-ui-bundle.js"] {
            let (_, headers, _) = get(path).await;
            let policy = headers["content-security-policy"].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{path}: {policy}");
            assert_eq!(headers["x-content-type-options"], "nosniff");
        }
        let (_, _, page) = get("/docs").await;
        assert!(!page.contains("://") && !page.contains("<script>"), "{page}");
    }

    #[test]
    fn a_path_that_cannot_be_routed_has_no_page() {
        assert!(!viewer("docs", "", "").has_routes());
        assert!(viewer("/", "", "").has_routes());
    }
}
