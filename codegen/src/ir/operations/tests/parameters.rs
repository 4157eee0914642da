use super::*;

fn parameters(list: &str) -> (String, Vec<String>) {
    let (api, codes) = build(&format!(
        "/a/{{id}}:\n  get:\n    operationId: op\n    parameters: {list}\n    responses: {{'204': {{description: d}}}}\n"
    ));
    let text = summary(&api, only(&api));
    (text.lines().filter(|line| line.contains(": ")).map(str::trim).collect::<Vec<_>>().join("\n"), codes)
}

#[test]
fn style_and_explode_have_the_defaults_of_the_location() {
    let (text, _) = parameters(
        "[{name: id, in: path, required: true, schema: {type: string}}, {name: q, in: query, schema: {type: string}}, {name: X-A, in: header, schema: {type: string}}, {name: c, in: cookie, schema: {type: string}}, {name: d, in: query, style: deepObject, schema: {type: object}}, {name: p, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}]",
    );
    assert_eq!(
        text,
        "id id: string Path Simple\nq? q: string Query Form*\nx_a? X-A: string Header Simple\nc? c: string Cookie Form*\nd? d: map Query DeepObject*\np? p: list Query PipeDelimited"
    );
}

#[test]
fn names_that_collide_between_locations_or_with_the_builder_stay_distinct() {
    let (text, _) = parameters(
        "[{name: id, in: query, schema: {type: string}}, {name: id, in: path, required: true, schema: {type: string}}, {name: send, in: query, schema: {type: string}}, {name: body, in: query, schema: {type: string}}]",
    );
    assert_eq!(
        text,
        "id id: string Path Simple\nid2? id: string Query Form*\nsend_? send: string Query Form*\nbody_? body: string Query Form*"
    );
}

#[test]
fn reserved_headers_are_dropped() {
    let (text, codes) = parameters(
        "[{name: id, in: path, required: true, schema: {type: string}}, {name: Authorization, in: header, schema: {type: string}}]",
    );
    assert_eq!(text, "id id: string Path Simple");
    assert!(!codes.is_empty());
}

#[test]
fn a_content_parameter_is_json() {
    let (api, _) = build(
        "/a:\n  get:\n    parameters: [{name: filter, in: query, content: {application/json: {schema: {type: object}}}}]\n    responses: {'204': {description: d}}\n",
    );
    assert_eq!(only(&api).parameters[0].content.as_ref().unwrap().essence, "application/json");
}

#[test]
fn a_style_of_another_location_is_the_default_with_a_diagnostic() {
    let (text, codes) = parameters("[{name: id, in: path, required: true, style: deepObject, schema: {type: string}}]");
    assert_eq!(text, "id id: string Path Simple");
    assert!(codes.contains(&"invalid-style".to_owned()), "{codes:?}");
}

#[test]
fn markers_of_required_parameters_stay_distinct() {
    let (api, _) = build(
        "/a:\n  get:\n    parameters: [{name: a_b, in: query, required: true, schema: {type: string}}, {name: aB, in: header, required: true, schema: {type: string}}, {name: body, in: query, required: true, schema: {type: string}}]\n    responses: {'204': {description: d}}\n",
    );
    let markers: Vec<&str> = only(&api).parameters.iter().map(|one| one.marker.as_str()).collect();
    assert_eq!(markers, ["AB", "AB2", "BodyType"]);
}

#[test]
fn a_path_parameter_gives_way_to_the_content_type_of_the_body() {
    let (api, _) = build(
        "/a/{content_type}:\n  put:\n    parameters: [{name: content_type, in: path, required: true, schema: {type: string}}]\n    requestBody: {required: true, content: {'image/*': {}}}\n    responses: {'204': {description: d}}\n",
    );
    assert_eq!(only(&api).parameters[0].name.as_str(), "content_underscore_type");
}
