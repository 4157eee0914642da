//! Parameters, bodies and responses.

use serde_json::{Value, json};

use super::{at, raised};

/// The result of raising the parameters of one operation: the rest of it, without responses.
fn operation(rest: &str) -> (Value, Vec<String>) {
    let (mut document, diagnostics) = raised(&format!("paths:\n  /a:\n    post:\n{rest}      responses: {{}}\n"));
    let mut operation = document["paths"]["/a"]["post"].take();
    operation.as_object_mut().unwrap().remove("responses");
    (operation, diagnostics)
}

fn parameter(written: &str) -> (Value, Vec<String>) {
    let (mut operation, diagnostics) = operation(&format!("      parameters: [{written}]\n"));
    (operation["parameters"][0].take(), diagnostics)
}

#[test]
fn keywords_of_a_parameter_are_its_schema() {
    let (found, diagnostics) = parameter(
        "{name: a, in: query, description: An A, type: integer, format: int64, minimum: 1, enum: [1, 2], x-enum-varnames: [One, Two], x-nullable: true, x-example: 2, allowEmptyValue: true}",
    );
    let schema = json!({"type": "integer", "format": "int64", "minimum": 1, "enum": [1, 2], "x-enum-varnames": ["One", "Two"], "nullable": true});
    let expected = json!({"name": "a", "in": "query", "description": "An A", "allowEmptyValue": true, "example": 2, "schema": schema});
    assert_eq!((found, diagnostics.is_empty()), (expected, true));
}

#[test]
fn collection_formats_are_styles() {
    let list = |place: &str, format: &str| {
        let (found, diagnostics) =
            parameter(&format!("{{name: a, in: {place}, type: array, items: {{type: string}}{format}}}"));
        let keys = ["style", "explode", "x-collection-format"].map(|key| found.get(key).cloned().unwrap_or_default());
        (keys, diagnostics.len())
    };
    let none = Value::Null;
    assert_eq!(list("query", ""), ([none.clone(), json!(false), none.clone()], 0));
    assert_eq!(list("query", ", collectionFormat: csv"), ([none.clone(), json!(false), none.clone()], 0));
    assert_eq!(list("query", ", collectionFormat: multi"), ([none.clone(), json!(true), none.clone()], 0));
    assert_eq!(list("query", ", collectionFormat: ssv"), ([json!("spaceDelimited"), json!(false), none.clone()], 0));
    assert_eq!(list("query", ", collectionFormat: pipes"), ([json!("pipeDelimited"), json!(false), none.clone()], 0));
    assert_eq!(list("query", ", collectionFormat: tsv"), ([json!("tabDelimited"), json!(false), json!("tsv")], 0));
    assert_eq!(list("path", ""), ([none.clone(), none.clone(), none.clone()], 0));
    assert_eq!(
        list("header", ", collectionFormat: pipes"),
        ([json!("pipeDelimited"), json!(false), json!("pipes")], 0)
    );
    assert_eq!(list("header", ", collectionFormat: multi"), ([none.clone(), none.clone(), none.clone()], 1));
    assert_eq!(list("query", ", collectionFormat: dots"), ([none.clone(), json!(false), none], 1));
}

#[test]
fn invalid_parameters_are_reported() {
    let nested =
        "{name: a, in: query, type: array, items: {type: array, collectionFormat: pipes, items: {type: string}}}";
    let (found, diagnostics) = parameter(nested);
    assert_eq!(found["schema"], json!({"type": "array", "items": {"type": "string"}}));
    assert_eq!(diagnostics, ["swagger-2 6:61 /paths/~1a/post/parameters/0"]);
    let (found, diagnostics) = parameter("{name: a, in: query}");
    assert_eq!(found["schema"], json!({"type": "string"}));
    assert_eq!(diagnostics, ["parameter-without-schema 6:20 /paths/~1a/post/parameters/0"]);
    let (found, diagnostics) =
        operation("      parameters: [{name: a, in: body, schema: {}}, {name: b, in: formData, type: string}]\n");
    assert!(found["requestBody"]["content"]["application/json"].is_object());
    assert_eq!(diagnostics, ["swagger-2 6:53 /paths/~1a/post/parameters/1"]);
}

#[test]
fn a_body_has_the_media_types_that_the_operation_consumes() {
    let body = |rest: &str| {
        let (mut found, diagnostics) = operation(&format!(
            "{rest}      parameters: [{{name: b, in: body, required: true, description: d, schema: {{type: object}}}}]\n"
        ));
        assert!(diagnostics.is_empty());
        found["requestBody"].take()
    };
    let schema = json!({"schema": {"type": "object"}});
    assert_eq!(body(""), json!({"required": true, "description": "d", "content": {"application/json": schema}}));
    let (plain, _) = operation("      parameters: [{name: b, in: body, type: string}]\n");
    assert_eq!(plain["requestBody"]["content"]["application/json"], json!({"schema": {"type": "string"}}));
    let two = body("      consumes: [application/json, application/xml, multipart/form-data]\n");
    assert_eq!(two["content"], json!({"application/json": schema, "application/xml": schema}));
}

#[test]
fn form_parameters_are_one_body() {
    let (found, diagnostics) = operation(
        "      parameters:\n      - {name: tags, in: formData, type: array, items: {type: string}, collectionFormat: multi}\n      - {name: name, in: formData, type: string, required: true, description: The name}\n",
    );
    let properties = json!({"tags": {"type": "array", "items": {"type": "string"}}, "name": {"type": "string", "description": "The name"}});
    let schema = json!({"type": "object", "required": ["name"], "properties": properties});
    let media = json!({"schema": schema, "encoding": {"tags": {"explode": true}}});
    assert!(diagnostics.is_empty());
    assert_eq!(
        found,
        json!({"parameters": [], "requestBody": {"required": true, "content": {"application/x-www-form-urlencoded": media}}})
    );
}

#[test]
fn a_form_with_a_file_is_multipart() {
    let types = |rest: &str| -> Vec<String> {
        let (found, _) = operation(rest);
        found["requestBody"]["content"].as_object().unwrap().keys().cloned().collect()
    };
    let file = "      parameters: [{name: f, in: formData, type: file}]\n";
    let text = "      parameters: [{name: f, in: formData, type: string}]\n";
    let both = "      consumes: [application/x-www-form-urlencoded, multipart/form-data]\n";
    assert_eq!(types(file), ["multipart/form-data"]);
    assert_eq!(types(&format!("      consumes: [application/json]\n{text}")), ["application/x-www-form-urlencoded"]);
    assert_eq!(types(&format!("{both}{file}")), ["multipart/form-data"]);
    assert_eq!(types(&format!("{both}{text}")), ["application/x-www-form-urlencoded", "multipart/form-data"]);
}

#[test]
fn operations_inherit_the_bodies_and_forms_of_their_path() {
    let rest = "\
paths:
  /a:
    parameters:
    - {name: id, in: query, type: string}
    - {name: b, in: body, schema: {type: string}}
    post: {responses: {}}
    put: {parameters: [{name: b, in: body, schema: {type: integer}}], responses: {}}
";
    assert_eq!(
        at("/paths/~1a", rest),
        json!({
            "parameters": [{"name": "id", "in": "query", "schema": {"type": "string"}}],
            "post": {"requestBody": {"content": {"application/json": {"schema": {"type": "string"}}}}, "responses": {}},
            "put": {"parameters": [], "requestBody": {"content": {"application/json": {"schema": {"type": "integer"}}}}, "responses": {}}
        })
    );
}

#[test]
fn a_response_has_content_for_each_media_type_with_its_example() {
    let response = |rest: &str| at("/paths/~1a/get/responses/200", &format!("paths:\n  /a:\n    get:\n{rest}"));
    let found = response(
        "      produces: [application/json, text/plain]\n      responses: {'200': {description: d, schema: {type: string}, examples: {application/json: x}, headers: {X-A: {type: array, items: {type: integer}, description: h}}}}\n",
    );
    let header = json!({"description": "h", "schema": {"type": "array", "items": {"type": "integer"}}});
    let content = json!({"application/json": {"schema": {"type": "string"}, "example": "x"}, "text/plain": {"schema": {"type": "string"}}});
    assert_eq!(found, json!({"description": "d", "headers": {"X-A": header}, "content": content}));
    let found = response("      responses: {'200': {description: d, schema: {type: file}}}\n");
    assert_eq!(
        found["content"],
        json!({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}})
    );
    let found =
        response("      responses: {'200': {description: d, schema: {type: string}, examples: {text/csv: a}}}\n");
    assert_eq!(found["content"], json!({"text/csv": {"schema": {"type": "string"}, "example": "a"}}));
    assert_eq!(response("      responses: {'200': {description: d}}\n"), json!({"description": "d"}));
}

#[test]
fn a_shared_response_or_body_is_copied_where_the_media_types_differ() {
    let rest = "\
consumes: [application/json]
produces: [application/json]
parameters: {P: {name: b, in: body, schema: {properties: {a: {type: string}}}}}
responses: {R: {description: d, schema: {properties: {a: {type: string}}}}}
paths:
  /a:
    put: {parameters: [{$ref: '#/parameters/P'}], responses: {default: {$ref: '#/responses/R'}}}
    post: {consumes: [a/b], produces: [a/b], parameters: [{$ref: '#/parameters/P'}], responses: {default: {$ref: '#/responses/R'}}}
";
    assert_eq!(
        at("/paths/~1a/put", rest),
        json!({"parameters": [], "requestBody": {"$ref": "#/components/requestBodies/P"}, "responses": {"default": {"$ref": "#/components/responses/R"}}})
    );
    let content = |section: &str| {
        let target = format!("#/components/{section}");
        json!({"a/b": {"schema": {"$ref": target}}})
    };
    assert_eq!(
        at("/paths/~1a/post", rest),
        json!({
            "parameters": [],
            "requestBody": {"content": content("requestBodies/P"), "x-component-name": "P"},
            "responses": {"default": {"description": "d", "content": content("responses/R"), "x-component-name": "R"}}
        })
    );
}

#[test]
fn an_error_that_the_media_types_of_its_operation_cannot_hold_is_json() {
    let rest = "\
produces: [application/json]
responses: {R: {description: d, schema: {$ref: '#/definitions/E'}}}
definitions: {E: {type: object, properties: {a: {type: string}}}}
paths:
  /a:
    get:
      produces: [text/plain]
      responses:
        '200': {description: d, schema: {type: string}}
        '203': {description: d, schema: {$ref: '#/definitions/E'}}
        '400': {description: d, schema: {$ref: '#/definitions/E'}}
        '404': {$ref: '#/responses/R'}
        '409': {description: d, schema: {type: string}}
        default: {description: d, schema: {type: array, items: {type: string}}}
    put: {produces: [image/png, application/xml], responses: {'400': {$ref: '#/responses/R'}}}
    post: {produces: [application/octet-stream], responses: {default: {$ref: '#/responses/R'}}}
";
    let responses = |method: &str| at(&format!("/paths/~1a/{method}/responses"), rest);
    let media = |response: &Value| -> Vec<String> {
        response["content"].as_object().map(|content| content.keys().cloned().collect()).unwrap_or_default()
    };
    let get = responses("get");
    for (status, expected) in [
        ("200", "text/plain"),
        ("203", "text/plain"),
        ("400", "application/json"),
        ("409", "text/plain"),
        ("default", "application/json"),
    ] {
        assert_eq!(media(&get[status]), [expected], "{status}");
    }
    assert_eq!(get["404"], json!({"$ref": "#/components/responses/R"}));
    assert_eq!(media(&responses("put")["400"]), ["application/xml", "image/png"]);
    // A response for every status is not only for errors.
    assert_eq!(media(&responses("post")["default"]), ["application/octet-stream"]);
}
