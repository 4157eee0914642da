use super::*;

fn with_security(security: &str, rest: &str) -> (Api, Vec<String>) {
    build(&format!(
        "/a:\n  get: {{operationId: op, {security} responses: {{'204': {{description: d}}}}}}\n---\n{rest}components:\n  securitySchemes:\n    key: {{type: apiKey, in: header, name: X-Key}}\n    secret: {{type: apiKey, in: query, name: s}}\n    token: {{type: oauth2, flows: {{}}}}\n    broken: {{type: apiKey, name: x}}\n    unused: {{type: http, scheme: basic}}\n"
    ))
}

fn by(api: &Api) -> Vec<String> {
    summary(api, only(api)).lines().filter_map(|line| line.trim().strip_prefix("by ").map(str::to_owned)).collect()
}

#[test]
fn alternatives_are_conjunctions_of_schemes_and_unused_schemes_are_dropped() {
    let (api, _) = with_security("security: [{key: [], secret: []}, {token: [read]}, {secret: [], key: []}],", "");
    assert_eq!(by(&api), ["KeyAndSecret", "Token", "KeyAndSecret"]);
    assert_eq!(api.schemes.iter().map(|one| &*one.wire).collect::<Vec<_>>(), ["key", "secret", "token"]);
    assert_eq!(api.credentials.len(), 2);
    assert_eq!(only(&api).security[1].requirements[0].scopes, ["read"]);
}

#[test]
fn an_empty_list_opens_an_operation_and_an_empty_alternative_makes_it_optional() {
    assert!(by(&with_security("security: [],", "security: [{key: []}]\n").0).is_empty());
    assert_eq!(by(&with_security("", "security: [{key: []}]\n").0), ["Key"]);
    assert_eq!(by(&with_security("security: [{}, {key: []}],", "").0), ["anyone", "Key"]);
    assert!(by(&with_security("security: [{}],", "").0).is_empty());
}

#[test]
fn an_alternative_with_a_broken_scheme_is_left_out_and_never_opens_an_operation() {
    let (api, codes) = with_security("security: [{broken: []}, {key: []}],", "");
    assert_eq!(by(&api), ["Key"]);
    assert!(codes.contains(&"invalid-security-scheme".to_owned()), "{codes:?}");
    let (api, codes) = with_security("security: [{broken: []}],", "");
    assert!(api.operations.is_empty());
    assert!(codes.contains(&"unsatisfiable-security".to_owned()), "{codes:?}");
}

#[test]
fn servers_are_named_by_their_purpose() {
    let (api, _) = build(
        "/a:\n  get: {responses: {'204': {description: d}}}\n---\nservers:\n  - {url: 'https://api.example.com/', description: Acme production environment}\n  - {url: 'https://{region}.example.com', description: sandbox, variables: {region: {default: eu, enum: [eu, us]}}}\n  - {url: /v1}\n",
    );
    let names: Vec<&str> = api.servers.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["production", "sandbox", "v1"]);
    assert_eq!(api.servers[0].url, "https://api.example.com");
    assert_eq!(api.servers[1].variables[0].allowed, ["eu", "us"]);
}

#[test]
fn webhooks_and_callbacks_are_requests_to_the_application() {
    let (api, _) = build(
        "/a:\n  post:\n    operationId: subscribe\n    responses: {'204': {description: d}}\n    callbacks:\n      onEvent:\n        '{$request.body#/url}':\n          post: {requestBody: {content: {application/json: {schema: {}}}}, responses: {'200': {description: d}}}\n---\nwebhooks:\n  new-pet:\n    post: {requestBody: {content: {application/json: {schema: {}}}}, responses: {'200': {description: d}}}\n",
    );
    let wires: Vec<(&str, &str)> = api.called_back().map(|one| (&*one.wire, one.operation.name.as_str())).collect();
    assert_eq!(wires, [("new-pet", "new_pet"), ("onEvent", "subscribe_on_event")]);
    assert_eq!(api.operations.len(), 1);
    let paths: Vec<String> = api.called_back().map(|one| path(&one.operation)).collect();
    assert_eq!(paths, ["/new-pet", "/onEvent"]);
}

#[test]
fn webhooks_of_one_name_have_different_paths_and_methods_of_one_path_item_share_an_endpoint() {
    let hook = "{responses: {'204': {description: d}}}";
    let callback =
        format!("callbacks:\n      ping:\n        '{{$request.body#/url}}': {{post: {hook}, put: {hook}}}\n");
    let (api, _) = build(&format!(
        "/a:\n  post:\n    operationId: one\n    responses: {{'204': {{description: d}}}}\n    {callback}  put:\n    operationId: two\n    responses: {{'204': {{description: d}}}}\n    {callback}---\nwebhooks:\n  ping: {{post: {hook}}}\n"
    ));
    let outline: Vec<String> = api
        .called_back()
        .map(|one| format!("{} {} {}", one.endpoint, one.operation.method.0, path(&one.operation)))
        .collect();
    assert_eq!(
        outline,
        [
            "ping POST /ping",
            "one_ping POST /one_ping",
            "one_ping PUT /ping",
            "two_ping POST /two_ping",
            "two_ping PUT /two_ping_2",
        ]
    );
}

#[test]
fn a_webhook_asks_for_the_credentials_of_its_own_security_only() {
    let hook = |security: &str| format!("{{post: {{{security} responses: {{'204': {{description: d}}}}}}}}");
    let (api, _) = with_security(
        "security: [{key: []}],",
        &format!(
            "security: [{{token: []}}]\nwebhooks:\n  open: {}\n  signed: {}\n",
            hook(""),
            hook("security: [{secret: []}],")
        ),
    );
    let asked: Vec<usize> = api.called_back().map(|one| one.operation.security.len()).collect();
    assert_eq!(asked, [0, 1]);
    assert_eq!(api.schemes.iter().map(|one| &*one.wire).collect::<Vec<_>>(), ["key", "secret"]);
}
