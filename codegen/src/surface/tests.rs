use super::Surface;
use crate::config::ProviderConfig;
use crate::document::MemoryReader;
use crate::pipeline::build_api;

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
client::Client: struct
client::Client::put_user(id: impl AsRef<str>, body: &types::User) -> PutUserRequestBuilder
client::ClientBuilder: struct
client::PutUserRequestBuilder: struct
client::PutUserRequestBuilder::dry_run(bool)
client::servers::PRODUCTION = \"https://acme.example\"
mod acme
operations::PutUserError impl Clone, PartialEq
operations::PutUserError: enum
operations::PutUserError::NotFound
operations::PutUserOkHeaders.x_rate: Option<i64>
operations::PutUserOkHeaders: struct of headers
operations::PutUserSuccess = success::json_with_headers::Ok<types::User, PutUserOkHeaders>
operations::PutUserSuccess impl Clone, PartialEq
operations::PutUserSuccess impl SingleBody<Body = types::User>
operations::PutUserSuccess: enum
operations::PutUserSuccess::Ok(types::User, operations::PutUserOkHeaders)
server::Acme: trait
server::Acme::put_user principal none
server::Acme::put_user(PutUserInput) -> PutUserSuccess, PutUserError
server::PutUserInput.body: types::User
server::PutUserInput.dry_run: Option<bool>
server::PutUserInput.id: String
server::PutUserInput: struct
server::router(impl Acme)
server::routes(impl Acme)
types::User.name: String required
types::User.role: Option<types::UserRole>
types::User: struct
types::User::new(name)
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
