use crate::config::{ProviderConfig, Select};
use crate::document::MemoryReader;
use crate::ir::model::{Api, BodyKind, Operation, ResponseBody, SegmentPiece, Shape};
use crate::pipeline::build_api;

mod bodies;
mod docs;
mod parameters;
mod parties;
mod paths;
mod responses;
mod seeds;
mod shared;

/// The API of a document and the codes of its diagnostics.
fn build_with(text: &str, config: &ProviderConfig) -> (Api, Vec<String>) {
    let reader = MemoryReader::new().with("openapi.yaml", text);
    let generation = build_api("openapi.yaml", &reader, None, config);
    let codes: Vec<String> = generation.diagnostics.iter().map(|one| one.code.id.to_owned()).collect();
    let messages: Vec<&str> = generation.diagnostics.iter().map(|one| one.message.as_str()).collect();
    (generation.api.unwrap_or_else(|| panic!("no API: {messages:?}")), codes)
}

/// The API of a document with these paths and, after `---`, other top-level keys.
fn build(paths: &str) -> (Api, Vec<String>) {
    let text = format!("openapi: 3.1.0\ninfo: {{title: Acme, version: '1'}}\npaths:\n{}", indent(paths));
    build_with(&text, &ProviderConfig::default())
}

/// Lines up to one that starts with `---` go below `paths`; the others go to the top level.
fn indent(paths: &str) -> String {
    let (paths, rest) = paths.split_once("---\n").unwrap_or((paths, ""));
    let lines: Vec<String> = paths.lines().map(|line| format!("  {line}\n")).collect();
    lines.concat() + rest
}

fn only(api: &Api) -> &Operation {
    assert_eq!(api.operations.len(), 1);
    &api.operations[0]
}

/// An operation in a few lines: names, path, parameters, body, responses, security.
fn summary(api: &Api, operation: &Operation) -> String {
    let mut lines = vec![format!("{} {} {}", operation.name, operation.method.0, path(operation))];
    for one in &operation.parameters {
        lines.push(format!(
            "  {}{} {}: {} {:?} {:?}{}",
            one.name,
            if one.required { "" } else { "?" },
            one.wire,
            shape(api, &one.ty.shape),
            one.location,
            one.style,
            if one.explode { "*" } else { "" }
        ));
    }
    if let Some(body) = &operation.body {
        let contents = body
            .contents
            .iter()
            .map(|one| format!("{}={}:{} {}", one.setter, one.variant, one.media.text, kind(api, &one.kind)));
        lines.push(format!(
            "  body{} {}",
            if body.required { "" } else { "?" },
            contents.collect::<Vec<_>>().join(", ")
        ));
    }
    for (word, cases) in [("ok", &operation.responses.success), ("err", &operation.responses.error)] {
        for one in cases {
            let media = one.media.as_ref().map_or("-", |media| &media.text);
            let headers = one.headers.map_or_else(String::new, |index| format!(" +{}", api.header_groups[index].name));
            lines.push(format!("  {word} {} {:?} {media} {}{headers}", one.variant, one.status, case(api, &one.body)));
        }
    }
    for alternative in &operation.security {
        let credential =
            alternative.credential.map_or("anyone".to_owned(), |index| api.credentials[index].variant.to_string());
        lines.push(format!("  by {credential}"));
    }
    lines.join("\n")
}

fn path(operation: &Operation) -> String {
    let mut text = String::new();
    for segment in &operation.path.segments {
        text.push('/');
        for piece in &segment.pieces {
            match piece {
                SegmentPiece::Literal(literal) => text.push_str(literal),
                SegmentPiece::Parameter(index) => text.extend(["{", &operation.parameters[*index].wire, "}"]),
            }
        }
    }
    text
}

fn kind(api: &Api, kind: &BodyKind) -> String {
    match kind {
        BodyKind::Json(ty) => format!("json {}", shape(api, &ty.shape)),
        BodyKind::Form { fields, .. } => {
            format!("form {:?}", fields.iter().map(|one| (&*one.wire, one.style, one.json)).collect::<Vec<_>>())
        }
        BodyKind::Multipart { parts, .. } => {
            format!(
                "multipart {:?}",
                parts.iter().map(|one| (&*one.wire, one.content, one.repeated)).collect::<Vec<_>>()
            )
        }
        BodyKind::Text(ty) => format!("text {}", shape(api, &ty.shape)),
        BodyKind::Lines(ty) => format!("lines {}", shape(api, &ty.shape)),
        BodyKind::Events(ty) => format!("events {}", shape(api, &ty.shape)),
        BodyKind::Binary => "binary".to_owned(),
    }
}

fn case(api: &Api, body: &ResponseBody) -> String {
    match body {
        ResponseBody::Empty => "empty".to_owned(),
        ResponseBody::Json(ty) => format!("json {}", shape(api, &ty.shape)),
        ResponseBody::Text(ty) => format!("text {}", shape(api, &ty.shape)),
        ResponseBody::Form(ty) => format!("form {}", shape(api, &ty.shape)),
        ResponseBody::Bytes => "bytes".to_owned(),
        ResponseBody::Stream => "stream".to_owned(),
        ResponseBody::Events(ty) => format!("events {}", shape(api, &ty.shape)),
        ResponseBody::Lines(ty) => format!("lines {}", shape(api, &ty.shape)),
    }
}

fn shape(api: &Api, shape: &Shape) -> String {
    match shape {
        Shape::Named(id) => api.types.get(*id).name.to_string(),
        Shape::Scalar(scalar) => format!("{scalar:?}").to_lowercase(),
        Shape::List(_) => "list".to_owned(),
        Shape::Map(..) => "map".to_owned(),
        Shape::Tuple(_) => "tuple".to_owned(),
        Shape::Any => "any".to_owned(),
    }
}

#[test]
fn a_selection_leaves_out_the_rest_and_its_callbacks() {
    let text = "openapi: 3.1.0\ninfo: {title: Acme, version: '1'}\npaths:\n  /a:\n    get: {tags: [A], responses: {'204': {description: d}}}\n  /b:\n    get: {tags: [B], responses: {'204': {description: d}}}\n";
    let config =
        ProviderConfig { select: Select { tags: vec!["A".into()], ..Select::default() }, ..ProviderConfig::default() };
    let (api, codes) = build_with(text, &config);
    assert_eq!(only(&api).id, "get_a");
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn a_selector_that_matches_nothing_points_into_provider_toml() {
    let text = "openapi: 3.1.0\ninfo: {title: Acme, version: '1'}\npaths:\n  /a:\n    get: {responses: {'204': {description: d}}}\n";
    let config = ProviderConfig::parse("provider.toml", "module = \"acme\"\n[select]\ntags = [\"A\"]\n").unwrap();
    let reader = MemoryReader::new().with("openapi.yaml", text);
    let generation = build_api("openapi.yaml", &reader, None, &config);
    assert!(generation.api.is_none());
    let diagnostic = generation.diagnostics.iter().find(|one| one.code.id == "unmatched-selection").unwrap();
    assert_eq!(generation.sources.path(diagnostic.span), "provider.toml");
    assert_eq!(generation.sources.line_column(diagnostic.span), (3, 9));
}
