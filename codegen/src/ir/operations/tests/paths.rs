use super::*;

const NO_CONTENT: &str = "responses: {'204': {description: d}}";

#[test]
fn operations_without_an_id_are_named_by_method_and_path() {
    let (api, _) = build(&format!(
        "/users/{{id}}/posts:\n  get: {{{NO_CONTENT}}}\n  post: {{operationId: getUsersByIdPosts, {NO_CONTENT}}}\n"
    ));
    let names: Vec<&str> = api.operations.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["get_users_by_id_posts", "get_users_by_id_posts_2"]);
}

#[test]
fn names_of_client_methods_are_reserved() {
    let (api, _) = build(&format!(
        "/a:\n  get: {{operationId: client, {NO_CONTENT}}}\n  post: {{operationId: type, {NO_CONTENT}}}\n"
    ));
    let names: Vec<&str> = api.operations.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["client_", "r#type"]);
}

#[test]
fn a_builder_and_a_schema_have_one_name_side_by_side() {
    let (api, _) = build(&format!(
        "/a:\n  post: {{operationId: createUser, requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/CreateUser'}}}}}}}}, {NO_CONTENT}}}\n---\ncomponents: {{schemas: {{CreateUser: {{type: object, properties: {{a: {{type: string}}}}}}}}}}\n"
    ));
    assert_eq!(only(&api).builder.as_str(), "CreateUserRequestBuilder");
    assert_eq!(only(&api).success.as_str(), "CreateUserSuccess");
}

#[test]
fn a_fragment_is_noted_and_operations_that_share_a_route_are_kept() {
    let (api, codes) = build(&format!(
        "/files/{{id}}:\n  parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n  get: {{{NO_CONTENT}}}\n/files/{{id}}#copy:\n  parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n  get: {{{NO_CONTENT}}}\n"
    ));
    assert_eq!(api.operations.len(), 2);
    assert_eq!(api.operations[1].id, "get_files_by_id_copy");
    assert!(codes.contains(&"path-fragment".to_owned()), "{codes:?}");
    assert!(codes.contains(&"ambiguous-operations".to_owned()), "{codes:?}");
}

#[test]
fn a_variable_in_the_query_of_a_path_key_is_a_query_parameter() {
    let (api, _) = build(&format!(
        "/find?by={{what}}&all=1:\n  get:\n    parameters: [{{name: what, in: path, required: true, schema: {{type: string}}}}]\n    {NO_CONTENT}\n"
    ));
    let operation = only(&api);
    assert_eq!(operation.path.query, [("all".to_owned(), Some("1".to_owned()))]);
    assert_eq!(operation.parameters[0].wire, "by");
    assert_eq!(operation.parameters[0].location, crate::ir::model::Location::Query);
}

#[test]
fn methods_of_openapi_3_2_are_kept() {
    let text = format!(
        "openapi: 3.2.0\ninfo: {{title: Acme, version: '1'}}\npaths:\n  /a:\n    query: {{{NO_CONTENT}}}\n    additionalOperations:\n      PURGE: {{{NO_CONTENT}}}\n"
    );
    let (api, _) = build_with(&text, &ProviderConfig::default());
    let methods: Vec<&str> = api.operations.iter().map(|one| one.method.0.as_str()).collect();
    assert_eq!(methods, ["QUERY", "PURGE"]);
}
