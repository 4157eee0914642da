//! The parts of a document outside its operations.

use serde_json::json;

use super::{at, raised};

#[test]
fn host_base_path_and_schemes_are_servers() {
    let servers = |rest| at("/servers", rest);
    let both = "schemes: [http, https]\nhost: api.test\nbasePath: /v1/\n";
    assert_eq!(
        servers(both),
        json!([{"url": "https://api.test/v1", "name": "https"}, {"url": "http://api.test/v1", "name": "http"}])
    );
    assert_eq!(servers("host: api.test:8080\n"), json!([{"url": "https://api.test:8080", "name": "https"}]));
    assert_eq!(servers("basePath: v1\n"), json!([{"url": "/v1"}]));
    assert_eq!(servers("host: 'http://api.test/'\nbasePath: /a\n"), json!([{"url": "http://api.test/a"}]));
    assert_eq!(servers("basePath: /\n"), json!("nothing"));
}

#[test]
fn unsupported_schemes_and_templates_of_servers_are_reported() {
    let (document, diagnostics) = raised("host: '{id}.api.test'\nschemes: [wss, http]\n");
    assert_eq!(document["servers"], json!([{"url": "http://{id}.api.test", "name": "http"}]));
    assert_eq!(diagnostics, ["server-variable 3:7 /host", "invalid-server 4:11 /schemes"]);
}

#[test]
fn an_operation_has_servers_if_its_schemes_differ() {
    let rest = "host: api.test\nschemes: [https]\npaths:\n  /a:\n    get: {schemes: [http], responses: {}}\n    put: {schemes: [https], responses: {}}\n";
    assert_eq!(
        at("/paths/~1a/get", rest),
        json!({"servers": [{"url": "http://api.test", "name": "http"}], "responses": {}})
    );
    assert_eq!(at("/paths/~1a/put", rest), json!({"responses": {}}));
}

#[test]
fn shared_objects_move_below_components() {
    let rest = "\
consumes: [application/xml]
definitions:
  Pet: {type: object, properties: {mother: {$ref: '#/definitions/Pet'}, photo: {type: file}}}
parameters:
  Limit: {name: limit, in: query, type: integer, default: 10}
  Pet: {name: pet, in: body, required: true, description: A pet, schema: {$ref: '#/definitions/Pet'}}
  Photo: {name: photo, in: formData, type: file}
responses:
  Gone: {description: Gone, schema: {$ref: '#/definitions/Pet'}}
";
    let pet = json!({"$ref": "#/components/schemas/Pet"});
    assert_eq!(
        at("/components", rest),
        json!({
            "schemas": {"Pet": {"type": "object", "properties": {"mother": pet, "photo": {"type": "string", "format": "binary"}}}},
            "parameters": {"Limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 10}}},
            "requestBodies": {"Pet": {"required": true, "description": "A pet", "content": {"application/xml": {"schema": pet}}}},
            "responses": {"Gone": {"description": "Gone", "content": {"application/json": {"schema": pet}}}}
        })
    );
}

#[test]
fn security_definitions_are_security_schemes() {
    let rest = "\
securityDefinitions:
  basic: {type: basic, description: A name and a password}
  key: {type: apiKey, in: header, name: X-Key}
  app: {type: oauth2, flow: application, tokenUrl: 'https://a.test/t', scopes: {read: Read}}
  code: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a.test/a', tokenUrl: 'https://a.test/t'}
";
    let (auth, token) = ("https://a.test/a", "https://a.test/t");
    assert_eq!(
        at("/components/securitySchemes", rest),
        json!({
            "basic": {"type": "http", "scheme": "basic", "description": "A name and a password"},
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "app": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": token, "scopes": {"read": "Read"}}}},
            "code": {"type": "oauth2", "flows": {"authorizationCode": {"authorizationUrl": auth, "tokenUrl": token, "scopes": {}}}}
        })
    );
    let (_, diagnostics) = raised("securityDefinitions:\n  a: {type: oauth2, flow: magic}\n");
    assert_eq!(diagnostics, ["invalid-security-scheme 4:27 /securityDefinitions/a/flow"]);
}

#[test]
fn a_discriminator_is_an_object_with_the_values_that_extensions_give() {
    let rest = "\
definitions:
  Pet: {type: object, discriminator: kind, properties: {kind: {type: string}}}
  Cat: {x-ms-discriminator-value: '#cat', allOf: [{$ref: '#/definitions/Pet'}]}
  Lion: {x-ms-discriminator-value: '#lion', allOf: [{$ref: '#/definitions/Cat'}]}
  Dog: {allOf: [{$ref: '#/definitions/Pet'}]}
";
    let mapping = json!({"#cat": "#/components/schemas/Cat", "#lion": "#/components/schemas/Lion"});
    let discriminator = json!({"propertyName": "kind", "mapping": mapping});
    assert_eq!(at("/components/schemas/Pet/discriminator", rest), discriminator);
}

#[test]
fn references_follow_their_moved_targets() {
    let rest = "\
definitions:
  A: {$ref: '#/paths/~1a/get/responses/200/schema'}
  B: {$ref: '#/responses/Gone/schema/properties/b'}
  C: {$ref: '#/definitions/D/properties/x~1y'}
  D: {properties: {x/y: {type: string}}}
  E: {$ref: '#/definitions/Missing'}
responses:
  Gone: {description: d, schema: {properties: {b: {type: integer}}}}
paths:
  /a: {get: {responses: {'200': {description: d, schema: {type: boolean}}}}}
";
    let target = |name: &str| at(&format!("/components/schemas/{name}/$ref"), rest);
    assert_eq!(target("A"), "#/paths/~1a/get/responses/200/content/application~1json/schema");
    assert_eq!(target("B"), "#/components/responses/Gone/content/application~1json/schema/properties/b");
    assert_eq!(target("C"), "#/components/schemas/D/properties/x~1y");
    assert_eq!(target("E"), "#/components/schemas/Missing");
}

#[test]
fn objects_of_version_3_stay() {
    let rest = "servers: [{url: /a}]\ncomponents: {schemas: {A: {type: string}}}\ndefinitions: {B: {oneOf: [{$ref: '#/components/schemas/A'}]}}\n";
    assert_eq!(at("/servers", rest), json!([{"url": "/a"}]));
    let schemas = json!({"A": {"type": "string"}, "B": {"oneOf": [{"$ref": "#/components/schemas/A"}]}});
    assert_eq!(at("/components/schemas", rest), schemas);
}
