//! For each code of `validate` and `lower`: a document that gets it, and one that does not.

use super::{lower, validate};
use crate::diagnostics::{Diagnostics, codes};
use crate::document::{Limits, MemoryReader, load};
use codes::CodeInfo;

/// The codes that a document gets.
fn judged(yaml: &str) -> Vec<&'static str> {
    let mut out = Diagnostics::new();
    let reader = MemoryReader::new().with("api.yaml", yaml);
    let mut document =
        load("api.yaml", &reader, &Limits::default(), &mut out).unwrap_or_else(|| panic!("not read: {yaml}\n{out:?}"));
    crate::validate::validate(&document, &mut out);
    crate::lower::lower(&mut document, &mut out);
    out.iter().map(|diagnostic| diagnostic.code.id).collect()
}

fn document(rest: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{rest}\n")
}

fn schema(schema: &str) -> String {
    document(&format!("components: {{schemas: {{S: {schema}}}}}"))
}

fn operation(path: &str, rest: &str) -> String {
    document(&format!("paths: {{'{path}': {{get: {{responses: {{'200': {{description: ok}}}}, {rest}}}}}}}"))
}

fn parameter(path: &str, parameter: &str) -> String {
    operation(path, &format!("parameters: [{parameter}]"))
}

type Case = (&'static CodeInfo, String, String);

fn schema_cases() -> Vec<Case> {
    let case = |code: &'static CodeInfo, bad: &str, good: &str| (code, schema(bad), schema(good));
    vec![
        case(
            &codes::DANGLING_REFERENCE,
            "{$ref: '#/components/schemas/T'}",
            "{type: array, items: {$ref: '#/components/schemas/S'}}",
        ),
        case(
            &codes::ENDLESS_REFERENCE,
            "{$ref: '#/components/schemas/S'}",
            "{properties: {s: {$ref: '#/components/schemas/S'}}}",
        ),
        case(
            &codes::COMPOSITION_CYCLE,
            "{allOf: [{$ref: '#/components/schemas/S'}, {properties: {a: {}}}]}",
            "{properties: {s: {allOf: [{$ref: '#/components/schemas/S'}]}}}",
        ),
        case(&codes::UNKNOWN_TYPE, "{type: float}", "{type: number, format: float}"),
        case(&codes::DUPLICATE_ENUM_VALUE, "{enum: [a, b, a]}", "{enum: [a, b]}"),
        case(&codes::ENUM_VALUE_OF_OTHER_TYPE, "{type: string, enum: [a, 1]}", "{type: string, enum: [a, '1']}"),
        case(&codes::UNSUPPORTED_KEYWORD, "{type: object, not: {required: [a]}}", "{not: {}}"),
        case(&codes::EMPTY_COMPOSITION, "{oneOf: []}", "{oneOf: [{type: string}, {type: integer}]}"),
        case(&codes::DUPLICATE_REQUIRED, "{required: [a, a]}", "{required: [a]}"),
        case(&codes::DEFAULT_DOES_NOT_FIT, "{type: integer, default: ten}", "{type: integer, default: 10}"),
        case(&codes::INVALID_PATTERN, "{type: string, pattern: '['}", "{type: string, pattern: '^[a-z]$'}"),
        case(&codes::EMPTY_ENUM, "{type: string, enum: []}", "{type: string, enum: [a]}"),
        case(&codes::KEYWORD_OF_OTHER_VERSION, "{type: string, nullable: true}", "{type: [string, 'null']}"),
        case(&codes::WRONG_KIND, "{type: string, minLength: long}", "{type: string, minLength: 1}"),
        case(
            &codes::DISCRIMINATOR_WITHOUT_PROPERTY,
            "{discriminator: {propertyName: kind}, oneOf: [{properties: {a: {}}}, {properties: {kind: {}}}]}",
            "{discriminator: {propertyName: kind}, oneOf: [{properties: {kind: {}}}, {properties: {kind: {}}}]}",
        ),
    ]
}

fn operation_cases() -> Vec<Case> {
    vec![
        (
            &codes::OPERATION_LEFT_OUT,
            parameter("/a", "{$ref: '#/components/parameters/P'}"),
            parameter("/a", "{name: p, in: query, schema: {}}"),
        ),
        (&codes::PATH_WITHOUT_SLASH, operation("a", ""), operation("/a", "")),
        (
            &codes::BODY_WITHOUT_CONTENT,
            operation("/a", "requestBody: {content: {}}"),
            operation("/a", "requestBody: {content: {text/plain: {}}}"),
        ),
        (
            &codes::UNUSABLE_PARAMETER,
            parameter("/a", "{name: p, in: body, schema: {}}"),
            parameter("/a", "{name: p, in: cookie, schema: {}}"),
        ),
        (
            &codes::RESERVED_HEADER,
            parameter("/a", "{name: Accept, in: header, schema: {}}"),
            parameter("/a", "{name: accept, in: query, schema: {}}"),
        ),
        (
            &codes::DUPLICATE_PARAMETER,
            parameter("/a", "{name: p, in: query, schema: {}}, {name: p, in: query, schema: {}}"),
            parameter("/a", "{name: p, in: query, schema: {}}, {name: p, in: header, schema: {}}"),
        ),
        (&codes::INVALID_PATH_TEMPLATE, operation("/a/{b", ""), operation("/a/b", "")),
        (
            &codes::PATH_VARIABLE_WITHOUT_PARAMETER,
            operation("/a/{b}", ""),
            parameter("/a/{b}", "{name: b, in: path, required: true, schema: {}}"),
        ),
        (
            &codes::PATH_PARAMETER_NOT_IN_PATH,
            parameter("/a", "{name: b, in: path, required: true, schema: {}}"),
            parameter("/a/{b}", "{name: b, in: path, required: true, schema: {}}"),
        ),
        (
            &codes::OPTIONAL_PATH_PARAMETER,
            parameter("/a/{b}", "{name: b, in: path, schema: {}}"),
            parameter("/a/{b}", "{name: b, in: path, required: true, schema: {}}"),
        ),
        (
            &codes::PARAMETER_WITHOUT_SCHEMA,
            parameter("/a", "{name: p, in: query, type: integer}"),
            parameter("/a", "{name: p, in: query, content: {application/json: {}}}"),
        ),
        (
            &codes::INVALID_STYLE,
            parameter("/a", "{name: p, in: query, style: simple, schema: {}}"),
            parameter("/a", "{name: p, in: query, style: form, schema: {}}"),
        ),
        (&codes::UNKNOWN_KEY, operation("/a", "operationID: a"), operation("/a", "operationId: a, x-operationID: a")),
        (
            &codes::INVALID_STATUS,
            document("paths: {/a: {get: {responses: {'600': {description: no}}}}}"),
            document("paths: {/a: {get: {responses: {5xx: {description: ok}}}}}"),
        ),
        (
            &codes::INVALID_MEDIA_TYPE,
            operation("/a", "requestBody: {content: {words: {}}}"),
            operation("/a", "requestBody: {content: {'text/plain; charset=utf-8': {}}}"),
        ),
        (
            &codes::UNDEFINED_SECURITY_SCHEME,
            operation("/a", "security: [{token: []}]"),
            operation("/a", "security: [{}]"),
        ),
    ]
}

fn document_cases() -> Vec<Case> {
    let two = |first: &str, second: &str| {
        let item = |path: &str| format!("'{path}': {{get: {{operationId: same, responses: {{}}}}}}");
        document(&format!("paths: {{{}, {}}}", item(first), item(second)))
    };
    let anonymous = |first: &str, second: &str| two(first, second).replace("operationId: same, ", "");
    let server = |server: &str| document(&format!("paths: {{}}\nservers: [{server}]"));
    vec![
        (
            &codes::MISSING_KEY,
            "openapi: 3.1.0\ninfo: {title: t}\npaths: {/a: {}}\n".to_owned(),
            document("paths: {/a: {}}"),
        ),
        (&codes::NOTHING_TO_GENERATE, document("tags: []"), document("paths: {/a: {}}")),
        (&codes::DUPLICATE_OPERATION_ID, two("/a", "/b"), anonymous("/a", "/b")),
        (&codes::AMBIGUOUS_PATH, anonymous("/a/{b}", "/a/{c}"), anonymous("/a/{b}", "/a/{b}/c")),
        (
            &codes::SERVER_VARIABLE,
            server("{url: 'https://{region}.example.com'}"),
            server("{url: 'https://{region}.example.com', variables: {region: {default: eu, enum: [eu]}}}"),
        ),
    ]
}

fn cases() -> Vec<Case> {
    [schema_cases(), operation_cases(), document_cases()].into_iter().flatten().collect()
}

#[test]
fn a_bad_document_gets_the_code_and_a_good_one_does_not() {
    for (code, bad, good) in cases() {
        assert!(judged(&bad).contains(&code.id), "{} is missing in {:?} of\n{bad}", code.id, judged(&bad));
        assert!(!judged(&good).contains(&code.id), "{} is wrong for\n{good}", code.id);
    }
}

#[test]
fn every_code_has_a_case() {
    let cases = cases();
    for code in validate::ALL.iter().chain(lower::ALL) {
        assert!(cases.iter().any(|(case, _, _)| case.id == code.id), "no case for {}", code.id);
    }
}
