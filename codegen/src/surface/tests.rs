use super::Surface;
use crate::document::MemoryReader;
use crate::pipeline::build_api;
use crate::provider::ProviderConfig;

fn surface(text: &str) -> String {
    let reader = MemoryReader::new().with("openapi.yaml", text);
    let api = build_api("openapi.yaml", &reader, None, &ProviderConfig::default()).api.unwrap();
    Surface::of(&api).to_string()
}

#[test]
fn every_public_item_has_a_line_with_its_signature() {
    let text = surface(
        "
openapi: 3.1.0
info: {title: Acme, version: '1'}
servers: [{url: 'https://acme.example', description: Production}]
paths:
  /users/{id}:
    put:
      operationId: putUser
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: dry_run, in: query, schema: {type: boolean}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}
      responses:
        '200':
          description: OK
          headers: {X-Rate: {schema: {type: integer}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}
        '404': {description: No such user}
components:
  schemas:
    User:
      type: object
      required: [name]
      properties:
        name: {type: string}
        role: {enum: [admin, member]}
",
    );
    assert_eq!(
        text,
        "\
client.put_user(id: String) -> client::PutUserRequestBuilder
client::PutUserRequestBuilder.body(json types::User) required
client::PutUserRequestBuilder.dry_run: bool query optional
client::servers::PRODUCTION = \"https://acme.example\"
descriptors::PUT_USER: PUT /users/{id}
operations::PutUserError: enum
operations::PutUserError::NotFound() 404
operations::PutUserOkHeaders.x_rate: Option<i64>
operations::PutUserOkHeaders: struct of headers
operations::PutUserSuccess: enum
operations::PutUserSuccess::Ok(types::User, operations::PutUserOkHeaders) 200 application/json
server.put_user credentials none
server.put_user(server::PutUserInput)
server::Acme: trait
server::PutUserInput.body: json types::User required
server::PutUserInput.dry_run: bool query optional
server::PutUserInput.id: String path required
types::User.name: String required
types::User.role: Option<types::UserRole>
types::User: struct
types::UserRole: open enum of strings
types::UserRole::Admin = \"admin\"
types::UserRole::Member = \"member\"
"
    );
}

#[test]
fn documentation_is_not_part_of_the_surface() {
    let document = |text: &str| {
        surface(&format!(
            "{{openapi: 3.1.0, info: {{title: Acme, version: '1'}}, paths: {{}}, components: {{schemas: {{Id: {{type: \
             string, description: {text}}}}}}}}}"
        ))
    };
    assert_eq!(document("one"), document("another"));
}
