use super::*;

/// The names of all types of an API.
fn type_names(paths: &str) -> Vec<String> {
    build(paths).0.types.iter().map(|(_, definition)| definition.name.to_string()).collect()
}

fn group_names(paths: &str) -> Vec<String> {
    build(paths).0.header_groups.iter().map(|group| group.name.to_string()).collect()
}

#[test]
fn equal_bodies_of_operations_are_named_after_their_places() {
    let schema = "{type: object, properties: {why: {type: object, properties: {a: {}}}}}";
    let shared = format!("'404': &missing {{description: d, content: {{application/json: {{schema: {schema}}}}}}}");
    let names = type_names(&format!(
        "/a:\n  get: {{operationId: readA, responses: {{{shared}}}}}\n  put: {{operationId: writeA, responses: {{'404': *missing}}}}\n"
    ));
    assert_eq!(names, ["ReadANotFound", "ReadANotFoundWhy", "WriteANotFound", "WriteANotFoundWhy"]);
}

#[test]
fn a_component_response_names_its_types_and_headers_however_many_operations_use_it() {
    let components = "---\ncomponents: {responses: {Missing: {description: d, headers: {X-A: {schema: {type: integer}}}, content: {application/json: {schema: {type: object, properties: {a: {}}}}}}}}\n";
    let use_of =
        |id: &str| format!("{{operationId: {id}, responses: {{'404': {{$ref: '#/components/responses/Missing'}}}}}}");
    let once = format!("/a:\n  get: {}\n{components}", use_of("readA"));
    let twice = format!("/a:\n  get: {}\n  put: {}\n{components}", use_of("readA"), use_of("writeA"));
    for paths in [once, twice] {
        assert_eq!(type_names(&paths), ["Missing"]);
        assert_eq!(group_names(&paths), ["MissingResponseHeaders"]);
    }
}

#[test]
fn a_parameter_is_named_after_its_operation_or_its_component() {
    let operations = "get: {operationId: readA, responses: {'204': {description: d}}}\n  put: {operationId: writeA, responses: {'204': {description: d}}}\n";
    let parameter = "{name: kind, in: query, schema: {type: string, enum: [x, y]}}";
    let names = type_names(&format!("/a:\n  parameters: [{parameter}]\n  {operations}"));
    assert_eq!(names, ["ReadAKind", "WriteAKind"]);
    let reference = "parameters: [{$ref: '#/components/parameters/Kind'}]";
    let components =
        |schemas: &str| format!("---\ncomponents: {{parameters: {{Kind: {parameter}}}, schemas: {{{schemas}}}}}\n");
    let names = type_names(&format!("/a:\n  {reference}\n  {operations}{}", components("")));
    assert_eq!(names, ["Kind"]);
    let names = type_names(&format!(
        "/a:\n  {reference}\n  {operations}{}",
        components("Kind: {type: object, properties: {a: {}}}")
    ));
    assert_eq!(names, ["Kind", "KindParameter"], "a schema keeps its name");
}

#[test]
fn equal_headers_are_named_after_their_places() {
    let operation = |id: &str| {
        format!(
            "{{operationId: {id}, responses: {{'200': {{description: d, headers: {{X-A: {{schema: {{type: integer}}}}}}}}}}}}"
        )
    };
    let names = group_names(&format!("/a:\n  get: {}\n  put: {}\n", operation("readA"), operation("writeA")));
    assert_eq!(names, ["ReadAOkHeaders", "WriteAOkHeaders"]);
}

#[test]
fn a_schema_that_differs_by_direction_has_the_same_names_whichever_directions_are_used() {
    let schemas = "---\ncomponents: {schemas: {User: {type: object, properties: {id: {type: string, readOnly: true}}}, UserInput: {type: object, properties: {id: {type: string, readOnly: true}}}}}\n";
    let send = |name: &str| {
        format!(
            "put: {{operationId: send, requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}, responses: {{'204': {{description: d}}}}}}"
        )
    };
    let names = type_names(&format!("/a:\n  {}\n{schemas}", send("User")));
    assert_eq!(names, ["User", "UserRequest", "UserInput"]);
    let names = type_names(&format!("/a:\n  {}\n{schemas}", send("UserInput")));
    assert_eq!(names, ["User", "UserInput"]);
}

#[test]
fn a_schema_and_an_operation_keep_their_names_side_by_side() {
    let (api, _) = build(
        "/a:\n  get: {operationId: ping, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Ping'}}}}}}\n---\ncomponents: {schemas: {Ping: {type: object, properties: {a: {}}}, PingSuccess: {type: object, properties: {a: {}}}}}\n",
    );
    assert_eq!(only(&api).builder.as_str(), "PingRequestBuilder");
    assert_eq!(only(&api).success.as_str(), "PingSuccess");
    let names: Vec<&str> = api.types.iter().map(|(_, definition)| definition.name.as_str()).collect();
    assert_eq!(names, ["Ping", "PingSuccess"]);
}

#[test]
fn of_two_operations_with_one_id_the_one_with_the_smaller_pointer_keeps_it() {
    let operation = "{operationId: same, responses: {'204': {description: d}}}";
    for paths in [["/a", "/b"], ["/b", "/a"]] {
        let (api, _) = build(&paths.map(|path| format!("{path}:\n  get: {operation}\n")).concat());
        let mut names: Vec<(&str, &str)> =
            api.operations.iter().map(|one| (one.path.raw.as_str(), one.name.as_str())).collect();
        names.sort_unstable();
        assert_eq!(names, [("/a", "same"), ("/b", "get_b")]);
    }
}

#[test]
fn servers_are_named_by_words_or_hosts_never_by_numbers() {
    let names = |servers: &str| -> Vec<(String, String)> {
        let (api, _) =
            build(&format!("/a:\n  get: {{responses: {{'204': {{description: d}}}}}}\n---\nservers: [{servers}]\n"));
        api.servers.iter().map(|server| (server.constant.to_string(), server.url.clone())).collect()
    };
    let server = |constant: &str, url: &str| (constant.to_owned(), url.to_owned());
    let production = "{url: 'https://a.example/', description: Production}";
    assert_eq!(names(production), [server("PRODUCTION", "https://a.example")]);
    assert_eq!(
        names(&format!("{{url: 'https://b.example', description: Production}}, {production}")),
        [server("PRODUCTION_B_EXAMPLE", "https://b.example"), server("PRODUCTION_A_EXAMPLE", "https://a.example"),],
        "neither of them takes the name from the other in silence"
    );
    assert_eq!(
        names("{url: 'https://a.example/v1'}, {url: 'https://a.example/v2'}, {url: 'https://b.example'}, {url: /}"),
        [
            server("A_EXAMPLE_V1", "https://a.example/v1"),
            server("A_EXAMPLE_V2", "https://a.example/v2"),
            server("B_EXAMPLE", "https://b.example"),
            server("ROOT", ""),
        ]
    );
}
