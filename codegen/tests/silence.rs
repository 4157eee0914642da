//! Nothing is lost in silence: each keyword that constrains values changes the `Api`, or has a
//! diagnostic, wherever it is.

use std::collections::BTreeMap;

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::MemoryReader;
use specwright_codegen::openapi::grammar::{Kind, Role};
use specwright_codegen::pipeline::build_api;

/// Each keyword with a schema that lacks it, and the keyword with a value.
const KEYWORDS: &[(&str, &str, &str)] = &[
    ("type", "description: d", "type: string"),
    ("properties", "type: object", "properties: {a: {type: string}}"),
    ("$ref", "description: d", "$ref: '#/components/schemas/Cat'"),
    ("required", "type: object, properties: {a: {type: string}}", "required: [a]"),
    ("items", "type: array", "items: {type: string}"),
    ("format", "type: string", "format: uuid"),
    ("enum", "type: string", "enum: [a, b]"),
    ("maxLength", "type: string", "maxLength: 3"),
    ("minLength", "type: string", "minLength: 3"),
    ("additionalProperties", "type: object, properties: {a: {type: string}}", "additionalProperties: false"),
    ("allOf", "type: object", "allOf: [{properties: {a: {type: string}}}]"),
    ("anyOf", "description: d", "anyOf: [{type: string}, {type: integer}]"),
    ("oneOf", "description: d", "oneOf: [{type: string}, {type: integer}]"),
    ("not", "type: string", "not: {enum: [a]}"),
    ("pattern", "type: string", "pattern: ^a"),
    ("minimum", "type: integer", "minimum: 3"),
    ("maximum", "type: integer", "maximum: 3"),
    ("exclusiveMinimum", "type: integer", "exclusiveMinimum: 3"),
    ("exclusiveMaximum", "type: integer", "exclusiveMaximum: 3"),
    ("multipleOf", "type: integer", "multipleOf: 3"),
    ("minItems", "type: array, items: {type: string}", "minItems: 3"),
    ("maxItems", "type: array, items: {type: string}", "maxItems: 3"),
    ("uniqueItems", "type: array, items: {type: string}", "uniqueItems: true"),
    ("minProperties", "type: object", "minProperties: 3"),
    ("maxProperties", "type: object", "maxProperties: 3"),
    (
        "discriminator",
        "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]",
        "discriminator: {propertyName: kind}",
    ),
    ("const", "type: string", "const: a"),
    ("patternProperties", "type: object", "patternProperties: {^a: {type: string}}"),
    ("prefixItems", "type: array", "prefixItems: [{type: string}]"),
    ("contentEncoding", "type: string", "contentEncoding: base64"),
    ("contentMediaType", "type: string", "contentMediaType: application/octet-stream"),
    ("contentSchema", "type: string, contentMediaType: application/json", "contentSchema: {type: object}"),
    ("propertyNames", "type: object", "propertyNames: {maxLength: 3}"),
    ("unevaluatedProperties", "type: object, properties: {a: {type: string}}", "unevaluatedProperties: false"),
    ("unevaluatedItems", "type: array, prefixItems: [{type: string}]", "unevaluatedItems: false"),
    ("additionalItems", "type: array, items: [{type: string}]", "additionalItems: false"),
    ("contains", "type: array, items: {type: string}", "contains: {enum: [a]}"),
    ("minContains", "type: array, contains: {type: string}", "minContains: 2"),
    ("maxContains", "type: array, contains: {type: string}", "maxContains: 2"),
    ("dependentRequired", "type: object", "dependentRequired: {a: [b]}"),
    ("dependentSchemas", "type: object", "dependentSchemas: {a: {required: [b]}}"),
    ("dependencies", "type: object", "dependencies: {a: [b]}"),
    ("if", "type: object, then: {required: [a]}", "if: {required: [b]}"),
    ("then", "type: object, if: {required: [b]}", "then: {required: [a]}"),
    ("else", "type: object, if: {required: [b]}", "else: {required: [a]}"),
    ("$dynamicRef", "description: d", "$dynamicRef: '#nothing'"),
    ("$recursiveRef", "description: d", "$recursiveRef: '#nothing'"),
];

/// The places of a schema.
const PLACES: &[(&str, &str)] = &[
    ("property", "{SCHEMA}"),
    ("items", "{type: array, items: {SCHEMA}}"),
    ("values", "{type: object, additionalProperties: {SCHEMA}}"),
    ("nullable", "{anyOf: [{SCHEMA}, {type: 'null'}]}"),
    ("member", "{allOf: [{SCHEMA}, {description: d}]}"),
];

fn document(schema: &str, base: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: T, version: '1'}}
paths:
  /a:
    post:
      operationId: a
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Root'}}}}}}}}
      responses: {{'204': {{description: d}}}}
components:
  schemas:
    Cat: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}
    Dog: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}
    Base: {{{base}}}
    Root: {{type: object, properties: {{p: {schema}}}}}
"
    )
}

/// The `Api` as text, and how often each code is reported.
fn built(schema: &str, base: &str) -> (String, BTreeMap<&'static str, usize>) {
    let reader = MemoryReader::new().with("openapi.yaml", document(schema, base));
    let generation = build_api("openapi.yaml", &reader, None, &ProviderConfig::default());
    let mut codes = BTreeMap::new();
    for diagnostic in &generation.diagnostics {
        *codes.entry(diagnostic.code.id).or_default() += 1;
    }
    (format!("{:?}", generation.api.map(|api| api.types)), codes)
}

#[test]
fn each_keyword_that_constrains_values_is_in_the_table() {
    let constrains = |role| matches!(role, Role::Constraint | Role::Hint);
    let rows = Kind::Schema.fields().filter(|field| constrains(field.role));
    let missing: Vec<&str> =
        rows.map(|field| field.key).filter(|key| !KEYWORDS.iter().any(|(keyword, ..)| keyword == key)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn each_keyword_is_kept_or_reported_wherever_it_is() {
    let mut silent = Vec::new();
    for (keyword, without, with) in KEYWORDS {
        for (place, schema) in PLACES {
            let before = built(&schema.replace("SCHEMA", without), "type: string");
            let after = built(&schema.replace("SCHEMA", &format!("{without}, {with}")), "type: string");
            if before == after {
                silent.push(format!("{keyword} ({place})"));
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn each_constraint_that_a_use_adds_is_kept_or_reported() {
    let mut silent = Vec::new();
    // A discriminator belongs to a union, and `contentSchema` beside a reference is an annotation.
    let is_left_out = |keyword: &str| matches!(keyword, "discriminator" | "contentSchema");
    for (keyword, without, with) in KEYWORDS.iter().filter(|(keyword, ..)| !is_left_out(keyword)) {
        let before = built("{allOf: [{$ref: '#/components/schemas/Base'}]}", without);
        let after = built(&format!("{{allOf: [{{$ref: '#/components/schemas/Base'}}, {{{with}}}]}}"), without);
        if before == after {
            silent.push(*keyword);
        }
    }
    assert_eq!(silent, Vec::<&str>::new());
}
