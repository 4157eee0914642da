use super::{Effort, Stability, try_document};
use crate::document::MemoryReader;

const EFFORT: Effort = Effort { shuffles: 4, removals: 8 };

fn tried(text: &str) -> Stability {
    let reader = MemoryReader::new().with("openapi.yaml", text);
    try_document("openapi.yaml", &reader, EFFORT).unwrap()
}

#[test]
fn the_shuffles_and_removals_of_a_document_are_counted() {
    let found = tried(
        "
openapi: 3.1.0
info: {title: Acme, version: '1'}
paths:
  /a: {get: {operationId: a, responses: {'200': {description: OK}}}}
  /b: {get: {operationId: b, responses: {'200': {description: OK}}}}
",
    );
    assert_eq!(found, Stability { shuffles: 4, removals: 2, violations: Vec::new() });
}

#[test]
fn an_operation_that_others_refer_to_is_not_removed() {
    let found = tried(
        "
openapi: 3.1.0
info: {title: Acme, version: '1'}
paths:
  /a: {get: {operationId: a, responses: {'200': {description: OK}}}}
  /b: {$ref: '#/paths/~1a'}
  /c:
    get:
      operationId: c
      responses: {'200': {$ref: '#/paths/~1a/get/responses/200'}}
",
    );
    assert_eq!(found.removals, 1);
}

#[test]
fn a_document_with_errors_is_not_tried() {
    let reader = MemoryReader::new().with("openapi.yaml", "openapi: 3.1.0");
    assert_eq!(try_document("openapi.yaml", &reader, EFFORT), None);
}

/// Everything that once got its name from whatever came first.
#[test]
fn names_that_collide_or_are_shared_do_not_depend_on_order_or_neighbours() {
    let found = tried(
        "
openapi: 3.1.0
info: {title: Acme, version: '1'}
servers:
  - {url: 'https://b.example', description: Production}
  - {url: 'https://a.example', description: Production}
  - {url: 'https://a.example/', description: Main server}
  - {url: 'https://c.example/v1'}
  - {url: 'https://c.example/v2'}
paths:
  /users:
    parameters: [{name: kind, in: query, schema: {enum: [x, y]}}]
    get:
      operationId: listUsers
      parameters:
        - {name: 'a b', in: query, schema: {type: string}}
        - {name: 'a-b', in: query, schema: {type: string}}
        - {name: kind, in: header, schema: {enum: [z, w]}}
      responses:
        '200': &page
          description: OK
          headers: {X-Total: {schema: {type: integer}}, x-page: {schema: {enum: [one, two]}}}
          content:
            application/json: {schema: {type: object, required: [next, last], properties: {next: {type: object, properties: {a: {}}}}}}
            application/xml: {schema: {type: object, required: [next, last], properties: {next: {type: object, properties: {a: {}}}}}}
    post:
      operationId: createUser
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}
      responses: {'200': *page, '404': {$ref: '#/components/responses/Missing'}}
      callbacks:
        event: {'{$request.body#/url}': {post: {responses: {'200': {description: OK}}}, put: {responses: {'200': {description: OK}}}}}
  /users/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: user
      responses:
        '200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Reply'}}}}
        '404': {$ref: '#/components/responses/Missing'}
    put:
      operationId: putUser
      requestBody: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Upload'}}}}
      responses: {'200': *page}
components:
  responses:
    Missing:
      description: d
      headers: {X-Total: {schema: {type: integer}}}
      content: {application/json: {schema: {type: object, properties: {why: {enum: [a, b]}}}}}
  schemas:
    User: {type: object, properties: {id: {type: string, readOnly: true}, home: {type: object, properties: {id: {readOnly: true}}}}}
    UserHome: {type: object, properties: {a: {}}}
    UserRequest: {type: object, properties: {'a b': {}, a-b: {}, aB: {}}}
    user_request: {type: object, properties: {a: {}}}
    Upload: {type: object, properties: {file: {type: string, format: binary}}}
    Reply: {type: object, properties: {password: {type: string, writeOnly: true}, user: {$ref: '#/components/schemas/User'}}}
",
    );
    assert_eq!(found, Stability { shuffles: 4, removals: 4, violations: Vec::new() });
}

/// Types, headers and enums of responses that several places share, and those that inherit.
#[test]
fn what_is_shared_does_not_depend_on_order_or_neighbours() {
    let found = tried(
        "
openapi: 3.1.0
info: {title: Acme, version: '1'}
paths:
  /a:
    get:
      operationId: listA
      responses: &pages
        '200':
          description: OK
          headers: {X-Total: {schema: {type: integer}}, X-Page: {schema: {enum: [one, two]}}}
          content: {application/json: {schema: {required: [items], properties: {items: {type: array, items: {properties: {kind: {enum: [x, y]}, id: {}}}}, next: {type: string}}}}}
        default: {description: Failed, content: {application/json: {schema: {properties: {code: {type: string}}}}}}
  /b: {get: {operationId: listB, responses: *pages}}
  /c: {get: {operationId: listC, responses: *pages}}
  /d:
    post:
      operationId: addD
      requestBody: {content: {application/json: {schema: {properties: {id: {}, kind: {enum: [y, x]}}}}}}
      responses: {'204': {description: Done}}
  /e:
    put:
      operationId: putE
      requestBody: {content: {application/json: {schema: {allOf: [{$ref: '#/components/schemas/Middle'}, {properties: {e: {}}}]}}}}
      responses: {'204': {description: Done}}
components:
  schemas:
    Base: {type: object, properties: {kind: {enum: [a, b, c]}, other: {enum: [a, b]}}}
    Middle: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {kind: {enum: [a, b]}, other: {enum: [b]}}}]}
    First: {allOf: [{$ref: '#/components/schemas/Middle'}, {properties: {x: {}}}]}
    Second: {allOf: [{$ref: '#/components/schemas/Middle'}, {properties: {y: {}}}]}
",
    );
    assert_eq!(found, Stability { shuffles: 4, removals: 5, violations: Vec::new() });
}

/// The members of a union in an operation have its tag only with the operation, and nothing else uses
/// them. Those that something else uses stay as they are.
#[test]
fn an_operation_takes_along_the_schemas_that_only_it_uses() {
    let document = |other: &str| {
        format!(
            "
openapi: 3.1.0
info: {{title: Acme, version: '1'}}
paths:
  /a:
    get:
      operationId: a
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema:
                oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]
                discriminator: {{propertyName: kind}}
  /b: {{get: {{operationId: b, responses: {{'200': {{description: OK, content: {{application/json: {{schema: {other}}}}}}}}}}}}}
components:
  schemas:
    Cat: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}
    Dog: {{type: object, required: [kind], properties: {{kind: {{type: string}}, bone: {{$ref: '#/components/schemas/Bone'}}}}}}
    Bone: {{type: object, properties: {{weight: {{type: number}}}}}}
    Unused: {{type: object, properties: {{bone: {{$ref: '#/components/schemas/Bone'}}}}}}
"
        )
    };
    let found = tried(&document("{type: string}"));
    assert_eq!(found, Stability { shuffles: 4, removals: 2, violations: Vec::new() });
    let found = tried(&document("{$ref: '#/components/schemas/Dog'}"));
    let [violation] = found.violations.as_slice() else { panic!("{found:?}") };
    assert_eq!(violation.cause, "without GET /a");
    assert!(violation.lines.iter().all(|line| line.contains("Dog")), "{violation:?}");
}
