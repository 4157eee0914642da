use super::*;

/// The names of all types of an API.
fn type_names(paths: &str) -> Vec<String> {
    build(paths).0.types.iter().map(|(_, definition)| definition.name.to_string()).collect()
}

#[test]
fn a_body_that_operations_share_by_an_anchor_is_named_after_none_of_them() {
    let schema = "{type: object, properties: {why: {type: object, properties: {a: {}}}}}";
    let shared = format!("'404': &missing {{description: d, content: {{application/json: {{schema: {schema}}}}}}}");
    let names = type_names(&format!(
        "/a:\n  get: {{operationId: readA, responses: {{{shared}}}}}\n  put: {{operationId: writeA, responses: {{'404': *missing}}}}\n"
    ));
    assert_eq!(names, ["NotFoundResponse", "NotFoundResponseWhy"]);
    let names = type_names(&format!(
        "/a:\n  get: {{operationId: readA, responses: {{{shared}}}}}\n  put: {{operationId: writeA, responses: {{'410': *missing}}}}\n"
    ));
    assert_eq!(names, ["SharedResponse", "SharedResponseWhy"], "of different statuses");
    let names = type_names(&format!("/a:\n  get: {{operationId: readA, responses: {{{shared}, '410': *missing}}}}\n"));
    assert_eq!(names, ["ReadANotFound", "ReadANotFoundWhy"], "in one operation");
}

#[test]
fn a_parameter_of_a_path_is_named_after_itself() {
    let operations = "get: {operationId: readA, responses: {'204': {description: d}}}\n  put: {operationId: writeA, responses: {'204': {description: d}}}\n";
    let parameter = "parameters: [{name: kind, in: query, schema: {type: string, enum: [x, y]}}]";
    assert_eq!(type_names(&format!("/a:\n  {parameter}\n  {operations}")), ["Kind"]);
    let names = type_names(&format!(
        "/a:\n  {parameter}\n  {operations}---\ncomponents: {{schemas: {{Kind: {{type: object, properties: {{a: {{}}}}}}}}}}\n"
    ));
    assert_eq!(names, ["Kind", "SharedKind"]);
}

#[test]
fn headers_that_operations_share_are_named_after_none_of_them() {
    let operation = |id: &str| {
        format!(
            "{{operationId: {id}, responses: {{'200': {{description: d, headers: {{X-A: {{schema: {{type: integer}}}}}}}}}}}}"
        )
    };
    let (api, _) = build(&format!("/a:\n  get: {}\n  put: {}\n", operation("readA"), operation("writeA")));
    let names: Vec<&str> = api.header_groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["OkResponseHeaders"]);
}
