//! Messages about a document of 2.0 use its own names and locations.

use crate::config::ProviderConfig;
use crate::document::MemoryReader;
use crate::ir::model::Api;
use crate::pipeline::build_api;

/// The diagnostics of a whole document: `code line:column pointer`, the message and the repair.
fn diagnostics(rest: &str) -> Vec<(String, String, Option<String>)> {
    let text = format!("swagger: '2.0'\ninfo: {{title: T, version: '1'}}\n{rest}");
    let reader = MemoryReader::new().with("api.yaml", text);
    let generation = build_api("api.yaml", &reader, None, &ProviderConfig::default());
    let shown = generation.diagnostics.iter().map(|one| {
        let (line, column) = generation.sources.line_column(one.span);
        (format!("{} {line}:{column} {}", one.code.id, one.pointer), one.message.clone(), one.overlay.clone())
    });
    shown.collect()
}

fn places(rest: &str) -> Vec<String> {
    diagnostics(rest).into_iter().map(|(place, _, _)| place).collect()
}

#[test]
fn a_document_without_faults_has_none() {
    let rest = "\
host: api.test
paths:
  /a:
    post:
      consumes: [application/json]
      produces: [application/json]
      parameters: [{name: ids, in: query, type: array, items: {type: string, maxLength: 3}, collectionFormat: pipes}]
      responses: {'200': {description: d, schema: {$ref: '#/definitions/A'}, headers: {X-A: {type: string}}}}
definitions: {A: {type: object, properties: {b: {type: string, x-nullable: true}}}}
securityDefinitions: {key: {type: apiKey, in: header, name: X-Key}}
security: [{key: []}]
";
    assert_eq!(places(rest), Vec::<String>::new());
}

#[test]
fn keys_are_checked_by_the_grammar_of_2_0() {
    let rest = "\
paths:
  /a:
    get:
      produce: [application/json]
      parameters: [{name: a, in: query, type: string, patern: x}, {name: b, in: query, type: string, pattern: '('}]
      responses: {'200': {description: d, shema: {}}}
consumes: [words]
";
    assert_eq!(
        places(rest),
        [
            "unknown-key 6:7 /paths/~1a/get/produce",
            "unknown-key 7:55 /paths/~1a/get/parameters/0/patern",
            "invalid-pattern 7:111 /paths/~1a/get/parameters/1",
            "body-left-out 8:26 /paths/~1a/get/responses/200",
            "unknown-key 8:43 /paths/~1a/get/responses/200/shema",
            "invalid-media-type 9:12 /consumes/0",
        ]
    );
}

#[test]
fn keys_of_version_3_are_honoured_and_noted() {
    let rest = "\
paths:
  /a: {get: {responses: {'200': {description: d, schema: {type: string, nullable: true}}}}}
definitions: {A: {oneOf: [{type: string}, {type: integer}]}}
";
    assert_eq!(
        places(rest),
        [
            "keyword-of-other-version 4:73 /paths/~1a/get/responses/200/schema/nullable",
            "keyword-of-other-version 5:19 /definitions/A/oneOf",
        ]
    );
}

#[test]
fn later_stages_report_the_locations_and_names_of_2_0() {
    let rest = "\
paths:
  /a:
    get:
      responses: {'200': {description: d, schema: {$ref: '#/definitions/Pett'}}}
definitions:
  Pet: {type: object, properties: {a: {type: string, default: []}}}
";
    let found = diagnostics(rest);
    let dangling = &found[0];
    assert_eq!(dangling.0, "dangling-reference 6:58 /paths/~1a/get/responses/200/schema/$ref");
    assert!(dangling.1.contains("`#/definitions/Pett`"), "{}", dangling.1);
    let repair = dangling.2.as_ref().unwrap();
    assert!(repair.contains("$['paths']['/a']['get']['responses']['200']['schema']"), "{repair}");
    assert!(repair.contains("$ref: '#/definitions/Pet'"), "{repair}");
    let default = &found[1];
    assert_eq!(default.0, "default-does-not-fit 8:63 /definitions/Pet/properties/a/default");
    assert!(default.2.as_ref().unwrap().contains("$['definitions']['Pet']['properties']['a']['default']"));
}

#[test]
fn an_overlay_uses_the_paths_of_2_0() {
    let text = "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {operationId: a, responses: {'200': {description: d, schema: {$ref: '#/definitions/A'}}}}}\ndefinitions: {A: {type: string}}\n";
    let overlay = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions:\n- {target: '$.definitions.A', x-reason: r, update: {type: object, properties: {b: {type: string}}}}\n- {target: \"$.paths['/a'].get\", x-reason: r, update: {operationId: list_all}}\n";
    let reader = MemoryReader::new().with("api.yaml", text).with("overlay.yaml", overlay);
    let generation = build_api("api.yaml", &reader, Some("overlay.yaml"), &ProviderConfig::default());
    assert!(generation.diagnostics.is_empty(), "{:?}", generation.diagnostics);
    let api: Api = generation.api.unwrap();
    assert_eq!(api.operations[0].name.to_string(), "list_all");
    assert_eq!(api.types.len(), 1);
}

#[test]
fn an_undefined_security_scheme_is_repaired_in_its_own_section() {
    let found = diagnostics("paths: {}\nsecurity: [{key: []}]\n");
    let (_, _, repair) = found.iter().find(|(place, _, _)| place.starts_with("undefined-security-scheme")).unwrap();
    assert!(repair.as_ref().unwrap().contains("securityDefinitions:"));
}
