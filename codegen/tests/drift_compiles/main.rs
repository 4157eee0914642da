//! Checks Rust verdicts with the compiler: code written for the old crate is compiled against the
//! new one.
//!
//! All cases of one verdict are modules of one crate, so one cargo command checks them. The
//! location of an error shows which case it belongs to.

mod consumer;
#[path = "../../src/drift/tests/documents.rs"]
mod documents;
mod former;
mod matrix;
mod package;

use std::collections::BTreeSet;

use specwright_codegen::drift::{RustChanges, RustVerdict};

use self::package::{Case as Module, Package, generated};

/// Name, old and new schema of `Thing`, code that uses it, verdict.
type Case = (&'static str, &'static str, &'static str, &'static str, RustVerdict);

const BASE: &str = "type: object, required: [id], properties: { id: { type: string }, note: { type: string } }";

const CASES: [Case; 11] = [
    ("same", BASE, BASE, "let t = Thing::new(String::new()); let _: Option<String> = t.note;", RustVerdict::None),
    (
        "limit",
        BASE,
        "type: object, required: [id], properties: { id: { type: string, maxLength: 5 }, note: { type: string } }",
        "let t = Thing::new(String::new()); let _: Option<String> = t.note;",
        RustVerdict::None,
    ),
    (
        "optional_property_added",
        BASE,
        "type: object, required: [id], properties: { id: { type: string }, note: { type: string }, more: { type: integer } }",
        "let t = Thing::new(String::new()).note(\"n\"); let _ = t.id;",
        RustVerdict::Additive,
    ),
    (
        "required_property_added",
        BASE,
        "type: object, required: [id, more], properties: { id: { type: string }, note: { type: string }, more: { type: integer } }",
        "let _ = Thing::new(String::new());",
        RustVerdict::Breaking,
    ),
    (
        "property_removed",
        BASE,
        "type: object, required: [id], properties: { id: { type: string } }",
        "let t = Thing::new(String::new()); let _ = t.note;",
        RustVerdict::Breaking,
    ),
    (
        "property_became_optional",
        BASE,
        "type: object, properties: { id: { type: string }, note: { type: string } }",
        "fn id(t: Thing) -> String { t.id } let _ = id;",
        RustVerdict::Breaking,
    ),
    (
        "property_became_nullable",
        BASE,
        "type: object, required: [id], properties: { id: { type: [string, 'null'] }, note: { type: string } }",
        "fn id(t: Thing) -> String { t.id } let _ = id;",
        RustVerdict::Breaking,
    ),
    (
        "ids_became_text",
        "type: object, required: [id], properties: { id: { type: integer, format: int64 } }",
        "type: object, required: [id], properties: { id: { type: string } }",
        "fn id(t: Thing) -> i64 { t.id } let _ = id;",
        RustVerdict::Breaking,
    ),
    (
        "enum_value_added",
        "type: object, required: [kind], properties: { kind: { type: string, enum: [a, b] } }",
        "type: object, required: [kind], properties: { kind: { type: string, enum: [a, b, c] } }",
        "fn kind(t: Thing) -> u8 { match t.kind { ThingKind::A => 1, ThingKind::B => 2, _ => 3 } } let _ = kind;",
        RustVerdict::Additive,
    ),
    (
        "enum_value_removed",
        "type: object, required: [kind], properties: { kind: { type: string, enum: [a, b] } }",
        "type: object, required: [kind], properties: { kind: { type: string, enum: [a] } }",
        "fn kind(t: Thing) -> u8 { match t.kind { ThingKind::A => 1, ThingKind::B => 2, _ => 3 } } let _ = kind;",
        RustVerdict::Breaking,
    ),
    (
        "member_added",
        "oneOf: [{ type: string }, { type: boolean }]",
        "oneOf: [{ type: string }, { type: boolean }, { type: array, items: { type: string } }]",
        "fn kind(t: Thing) -> u8 { match t { Thing::String(_) => 1, Thing::Boolean(_) => 2 } } let _ = kind;",
        RustVerdict::Breaking,
    ),
];

const BODY: &str = "content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }";

fn document(schema: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /things:\n    post:\n      operationId: makeThing\n      \
         requestBody: {{ required: true, {BODY} }}\n      responses: {{ '200': {{ description: ok, {BODY} }} }}\n\
         components: {{ schemas: {{ Thing: {{ {schema} }} }} }}\n"
    )
}

/// A document with upper-case parts to replace.
const OPERATION: &str = "openapi: 3.1.0
info: { title: T, version: '1' }
servers: [{ url: 'https://a.example' }]
paths:
  /things:
    post:
      operationId: makeThing
      parameters: [{ name: shade, in: query, schema: { type: string } }, MORE]
      requestBody: { required: true, BODY }
      security: [{ key: [] }]
      responses: { '200': { description: ok, BODY }, '404': { description: gone }, MORE }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas: { Thing: { type: object, required: [id], properties: { id: { type: string } } } }
";

fn operation(changes: &[(&str, &str)]) -> String {
    let text = changes.iter().fold(OPERATION.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    text.replace(", MORE", "").replace("BODY", BODY)
}

/// Name, replacements in the operation, code that uses it, verdict.
type OperationCase = (&'static str, &'static [(&'static str, &'static str)], &'static str, RustVerdict);

const PARAMETER: &str = "}, MORE]";

const OPERATIONS: [OperationCase; 17] = [
    (
        "operation_described",
        &[("operationId: makeThing", "operationId: makeThing\n      description: Makes it")],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t).shade(\"x\").send(); } let _ = call;",
        RustVerdict::None,
    ),
    (
        "operation_renamed",
        &[("makeThing", "createThing")],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t); } let _ = call;",
        RustVerdict::Breaking,
    ),
    (
        "operation_removed",
        &[("    post:", "    put:"), ("makeThing", "putThing")],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t); } let _ = call;",
        RustVerdict::Breaking,
    ),
    (
        "operation_added",
        &[("    post:", "    get: { operationId: getThings, responses: { '204': { description: none } } }\n    post:")],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t); } let _ = call;",
        RustVerdict::Additive,
    ),
    (
        "optional_parameter_added",
        &[(PARAMETER, "}, { name: tint, in: query, schema: { type: string } }]")],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t).shade(\"x\").send(); } let _ = call;",
        RustVerdict::Additive,
    ),
    (
        "required_parameter_added",
        &[(PARAMETER, "}, { name: tint, in: query, required: true, schema: { type: string } }]")],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t).shade(\"x\").send(); } let _ = call;",
        RustVerdict::Breaking,
    ),
    (
        "parameter_became_required",
        &[("{ name: shade, in: query,", "{ name: shade, in: query, required: true,")],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t).send(); } let _ = call;",
        RustVerdict::Breaking,
    ),
    (
        "body_became_optional",
        &[("required: true, BODY", "BODY")],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t); } let _ = call;",
        RustVerdict::Breaking,
    ),
    (
        "body_got_another_media_type",
        &[(
            "required: true, BODY",
            "required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } }, text/plain: {} }",
        )],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t); } let _ = call;",
        RustVerdict::Breaking,
    ),
    (
        "parameter_removed",
        &[("{ name: shade, in: query, schema: { type: string } }, MORE", "")],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t).shade(\"x\").send(); } let _ = call;",
        RustVerdict::Breaking,
    ),
    (
        "parameter_became_a_number",
        &[("schema: { type: string } }, MORE", "schema: { type: integer } }")],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t).shade(\"x\").send(); } let _ = call;",
        RustVerdict::Breaking,
    ),
    (
        "body_removed",
        &[("      requestBody: { required: true, BODY }\n", "")],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t); } let _ = call;",
        RustVerdict::Breaking,
    ),
    (
        "body_became_a_list",
        &[(
            "required: true, BODY",
            "required: true, content: { application/json: { schema: { type: array, items: { type: string } } } }",
        )],
        "fn call(c: api::Client, t: Thing) { let _ = c.make_thing(&t); } let _ = call;",
        RustVerdict::Breaking,
    ),
    (
        "success_status_added",
        &[("}, MORE }", "}, '202': { description: later } }")],
        "use api::operations::MakeThingSuccess as S; fn made(s: S) -> Thing { match s { S::Ok(t) => t } } let _ = made;",
        RustVerdict::Breaking,
    ),
    (
        "error_status_added",
        &[("}, MORE }", "}, '409': { description: no } }")],
        "use api::operations::MakeThingError as E; fn gone(e: E) -> bool { match e { E::NotFound => true, _ => false } } let _ = gone;",
        RustVerdict::Additive,
    ),
    (
        "response_lost_its_body",
        &[("description: ok, BODY", "description: ok")],
        "use api::operations::MakeThingSuccess as S; fn made(s: S) -> Thing { match s { S::Ok(t) => t } } let _ = made;",
        RustVerdict::Breaking,
    ),
    (
        "credential_renamed",
        &[("key: []", "token: []"), ("key: {", "token: {")],
        "let _ = api::Credentials::Key(String::new().into());",
        RustVerdict::Breaking,
    ),
];

#[test]
fn the_compiler_agrees_with_the_verdicts() {
    let types = CASES.map(|(name, old, new, code, verdict)| (name, document(old), document(new), code, verdict));
    let operations =
        OPERATIONS.map(|(name, changes, code, verdict)| (name, operation(&[]), operation(changes), code, verdict));
    let (mut modules, mut expected) = (Vec::new(), BTreeSet::new());
    for (name, old, new, code, verdict) in types.into_iter().chain(operations) {
        let (old, new) = (generated(old).expect("an API"), generated(new).expect("an API"));
        let (Some(before), Some(after)) = (&old.generation.api, &new.generation.api) else {
            panic!("{name} cannot be generated")
        };
        let changes = RustChanges::new(before, after);
        assert_eq!(changes.verdict(), verdict, "{name}: {:?}", changes.iter().collect::<Vec<_>>());
        let code = format!("use super::api;\nuse api::types::*;\nfn test() {{ {code} }}\n");
        if verdict == RustVerdict::Breaking {
            expected.insert(format!("{name}_new"));
        }
        modules.push(Module { name: format!("{name}_old"), verdict, code: code.clone(), files: old.files });
        modules.push(Module { name: format!("{name}_new"), verdict, code, files: new.files });
    }
    let (refused, messages) = Package::new("cases", modules).refused();
    assert_eq!(refused, expected, "{messages}");
}

/// Swapping arguments of the same type is the only break that no compiler sees.
#[test]
fn another_order_of_path_parameters_is_a_break() {
    let path = |path: &str| {
        let parameters = "parameters: [{ name: from, in: path, required: true, schema: { type: string } }, { name: to, in: path, required: true, schema: { type: string } }, ";
        operation(&[("/things:", path), ("parameters: [", parameters)])
    };
    let api = |path: String| generated(path).and_then(|one| one.generation.api).expect("an API");
    let (old, new) = (api(path("/things/{from}/{to}:")), api(path("/things/{to}/{from}:")));
    assert_eq!(RustChanges::new(&old, &old).verdict(), RustVerdict::None);
    assert_eq!(RustChanges::new(&old, &new).verdict(), RustVerdict::Breaking);
}
