//! The rewrites that `corpus --identity` tries keep the meaning of documents, and find what does not.

use crate::document::MemoryReader;
use crate::drift::identity::try_rewrites;

#[test]
fn documents_with_one_meaning_have_no_finding() {
    let reader = MemoryReader::new().with(
        "openapi.yaml",
        "
openapi: 3.1.0
info: {title: Acme, version: '1'}
security: [{key: []}]
paths:
  /users:
    get:
      operationId: listUsers
      security: [{key: []}, {token: []}]
      parameters: [{name: page, in: query, schema: {type: integer}}, {$ref: '#/components/parameters/Sort'}]
      responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Users'}}}}}
    post:
      operationId: createUser
      security: []
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}
      responses: {'204': {description: None}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: k}, token: {type: http, scheme: bearer}}
  parameters: {Sort: {name: sort, in: query, schema: {enum: [up, down]}}}
  schemas:
    Users: {type: array, items: {$ref: '#/components/schemas/User'}}
    User: {type: object, required: [id, name], properties: {id: {type: string}, name: {type: string}, boss: {$ref: '#/components/schemas/User'}}}
",
    );
    let tried = try_rewrites("openapi.yaml", &reader).expect("a document");
    assert_eq!(tried.len(), 7);
    for one in tried {
        assert_eq!((one.findings, one.shown), (0, Vec::new()), "{}", one.rewrite);
    }
    assert_eq!(try_rewrites("other.yaml", &reader), None);
}
