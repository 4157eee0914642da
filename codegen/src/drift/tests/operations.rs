//! Statuses, servers and security: what changes for the callers of an operation, and what does not.

use super::{drift, ids};
use crate::drift::{Finding, Level, Wire};

/// A document with one operation, and keys before its paths.
fn with(root: &str, responses: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\n{root}\npaths: {{ /a: {{ get: {{ responses: {{ {responses} }} }} }} }}\n"
    )
}

fn response(status: &str, property: &str) -> String {
    let schema =
        format!("{{ type: object, required: [{property}], properties: {{ {property}: {{ type: string }} }} }}");
    format!("{status}: {{ description: d, content: {{ application/json: {{ schema: {schema} }} }} }}")
}

fn of_responses(old: &[&str], new: &[&str]) -> Vec<Finding> {
    let text = |statuses: &[&str]| {
        let all: Vec<String> = statuses
            .iter()
            .map(|status| match status.split_once(' ') {
                Some((status, property)) => response(status, property),
                None => response(status, "m"),
            })
            .collect();
        with("tags: []", &all.join(", "))
    };
    drift(&text(old), &text(new))
}

#[test]
fn a_default_response_covers_what_has_none_of_its_own() {
    assert_eq!(ids(&of_responses(&["'200'", "'404'"], &["'200'", "default"])), ["response-non-success-status-added"]);
    let narrower = of_responses(&["'200'", "default"], &["'200'", "4XX", "'500'"]);
    assert_eq!(ids(&narrower), ["response-non-success-status-removed"]);
    assert!(narrower[0].message.ends_with("was narrowed to 4XX, 500"), "{narrower:?}");
    assert_eq!(
        ids(&of_responses(&["'200'"], &["default"])),
        ["response-success-status-added"; 0]
            .into_iter()
            .chain(["response-non-success-status-added"])
            .collect::<Vec<_>>()
    );
    let other = of_responses(&["'200'", "'404'"], &["'200'", "default n"]);
    let broken = other.iter().find(|finding| finding.level == Level::Error).expect("another body");
    assert_eq!(broken.id(), "response-required-property-removed");
    // Beside a success, `default` stands for errors.
    let gone = of_responses(&["'200'", "'201'"], &["'200'", "default"]);
    assert!(ids(&gone).contains(&"response-success-status-removed"), "{gone:?}");
    let fewer = of_responses(&["'200'", "'404'", "default"], &["'200'", "default"]);
    assert_eq!(ids(&fewer), ["response-non-success-status-removed"]);
}

fn of_servers(old: &str, new: &str) -> Vec<Finding> {
    let text = |server: &str| with(&format!("servers: [{server}]"), "'204': { description: d }");
    drift(&text(old), &text(new))
}

fn url(url: &str) -> String {
    format!("{{ url: '{url}' }}")
}

/// Whether clients that call the server may no longer reach it.
fn warns(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.level == Level::Warning && finding.wire == Wire::BreaksClients)
}

#[test]
fn a_server_is_where_clients_reach_it() {
    let same = of_servers(&url("https://a.example/v1"), &url("HTTPS://A.example:443/v1/"));
    assert_eq!(ids(&same), Vec::<&str>::new());
    for (old, new, expected) in [
        ("http://a.example/v1", "https://a.example/v1", true),
        ("https://a.example/v1", "https://a.example/v2", true),
        ("https://a.example/v1", "https://b.example/v1", false),
        ("/v1", "/v2", true),
    ] {
        let moved = of_servers(&url(old), &url(new));
        assert_eq!((ids(&moved), warns(&moved)), (vec!["server-added", "server-removed"], expected), "{old} {new}");
    }
}

#[test]
fn another_default_of_a_variable_leads_clients_elsewhere() {
    let variable = |url: &str, variable: &str| format!("{{ url: '{url}', variables: {{ v: {{ {variable} }} }} }}");
    for (url, old, new, expected) in [
        ("https://a.example/{v}", "default: v1", "default: v2", true),
        ("https://a.example/{v}", "default: v1", "default: v2, enum: [v1, v2]", true),
        ("https://a.example/{v}", "default: v1, enum: [v1, v2]", "default: v2, enum: [v1, v2]", false),
        ("https://{v}.example", "default: a", "default: b", false),
    ] {
        let moved = of_servers(&variable(url, old), &variable(url, new));
        assert_eq!((ids(&moved), warns(&moved)), (vec!["server-variable-changed"], expected), "{url} {old} {new}");
    }
}

fn of_schemes(old: &str, new: &str) -> Vec<Finding> {
    let text = |scheme: &str| {
        with("security: [{ k: [] }]", "'204': { description: d }")
            + &format!("components: {{ securitySchemes: {{ k: {{ {scheme} }} }} }}\n")
    };
    drift(&text(old), &text(new))
}

#[test]
fn names_of_schemes_and_headers_have_no_case() {
    for (old, new, expected) in [
        ("type: http, scheme: Bearer", "type: http, scheme: bearer, bearerFormat: JWT", vec![]),
        ("type: apiKey, in: header, name: X-Key", "type: apiKey, in: header, name: x-key", vec![]),
        (
            "type: apiKey, in: query, name: key",
            "type: apiKey, in: query, name: Key",
            vec!["api-security-component-location-changed"],
        ),
    ] {
        assert_eq!(ids(&of_schemes(old, new)), expected, "{old} {new}");
    }
    let flow =
        |url: &str| format!("type: oauth2, flows: {{ clientCredentials: {{ tokenUrl: '{url}', scopes: {{}} }} }}");
    assert!(warns(&of_schemes(&flow("https://a.example/t"), &flow("https://a.example/token"))));
    let discovery = |url: &str| format!("type: openIdConnect, openIdConnectUrl: '{url}'");
    assert!(warns(&of_schemes(&discovery("https://a.example/c"), &discovery("https://b.example/c"))));
}
