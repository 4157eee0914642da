//! Every constraint that the fixtures document is broken once and refused by their servers.

use axum::Router;
use serde_json::Value;
use specwright_codegen::diagnostics::Diagnostics;
use specwright_codegen::document::{Document, Limits, MemoryReader, Node, resolve};
use specwright_codegen::values::Maker;
use tests::tree::root;

use crate::raw_request;

/// Servers whose methods are not implemented. A valid request gets 501.
macro_rules! servers {
    ($($module:ident $service:ident),* $(,)?) => {{
        struct Nothing;
        $(impl tests::generated::$module::server::$service for Nothing {})*
        vec![$((stringify!($module), tests::generated::$module::server::router(Nothing))),*]
    }};
}

fn document(fixture: &str) -> Document {
    let path = root().join(format!("tests/fixtures/emit/{fixture}.yaml"));
    let text = std::fs::read_to_string(path).expect("a fixture");
    let reader = MemoryReader::new().with("api.yaml", text);
    let mut out = Diagnostics::new();
    let mut document =
        specwright_codegen::load::load("api.yaml", &reader, &Limits::default(), &mut out).expect("a document");
    specwright_codegen::lower::lower(&mut document, &mut out);
    document
}

/// The method, path and schema of each JSON body that is enough for a valid request.
fn bodies(root: &Node) -> Vec<(String, String, &Node)> {
    let mut found = Vec::new();
    for path in root.get("paths").and_then(Node::as_object).into_iter().flatten() {
        for operation in path.value.as_object().into_iter().flatten() {
            let body = operation.value.get("requestBody");
            let body = body.map(|body| body.reference().and_then(|target| resolve(root, target)).unwrap_or(body));
            let schema = body.and_then(|body| body.get("content")?.get("application/json")?.get("schema"));
            let parameters = operation.value.get("parameters").and_then(Node::as_array).unwrap_or_default();
            let asks = |parameter: &Node| parameter.get("required").and_then(Node::as_bool) == Some(true);
            if let Some(schema) = schema.filter(|_| !parameters.iter().any(asks)) {
                found.push((operation.key.to_uppercase(), path.key.to_string(), schema));
            }
        }
    }
    found
}

async fn status(router: &Router, method: &str, path: &str, body: &Value) -> u16 {
    raw_request::json(router.clone(), method, path, body).await.status
}

#[tokio::test]
async fn each_documented_constraint_is_checked() {
    let servers = servers![
        validation Validation,
        real_servers RealServers,
        tag_values TagValues,
        newtypes Newtypes,
        formats Formats,
        all_of AllOf,
        arrays Arrays,
        additional_properties AdditionalProperties,
        null_versus_absent NullVersusAbsent,
        read_only_write_only ReadOnlyWriteOnly,
        recursion Recursion,
    ];
    let (mut wrong, mut sent) = (Vec::new(), 0);
    for (fixture, router) in servers {
        let document = document(fixture);
        let maker = Maker::of_requests(&document.root);
        for (method, path, schema) in bodies(&document.root) {
            let Some(valid) = maker.valid(schema) else {
                wrong.push(format!("{fixture}: no value for {method} {path}"));
                continue;
            };
            if status(&router, &method, &path, &valid).await != 501 {
                wrong.push(format!("{fixture}: {method} {path} refuses {valid}"));
                continue;
            }
            for broken in maker.broken(schema, &valid) {
                sent += 1;
                if !matches!(status(&router, &method, &path, &broken.value).await, 400 | 422) {
                    let (keyword, at) = (broken.keyword, broken.pointer);
                    wrong.push(format!(
                        "{fixture}: {method} {path} accepts a broken `{keyword}` at {at}: {}",
                        broken.value
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(sent > 60, "{sent}");
}
