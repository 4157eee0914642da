//! Checks Rust verdicts with the compiler: code written for the old crate is compiled against the
//! new one.
//!
//! All cases are binaries of one package, so one cargo command checks them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use specwright_codegen::document::MemoryReader;
use specwright_codegen::drift::{RustChanges, RustVerdict};
use specwright_codegen::emit::scaffold::{Emission, Layout};
use specwright_codegen::pipeline::{Generated, Packaging, generate};
use specwright_codegen::provider::ProviderConfig;

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

/// A document whose upper-case parts are replaced.
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
        "use api::operations::MakeThingError as E; fn gone(e: E) -> bool { match e { E::NotFound => true } } let _ = gone;",
        RustVerdict::Breaking,
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

fn generated(document: String) -> Generated {
    let reader = MemoryReader::new().with("api.yaml", document);
    let layout = Layout {
        path: "api".to_owned(),
        client: Emission::Printed,
        server: Emission::Omitted,
        document: Emission::Omitted,
        examples: Emission::Omitted,
    };
    let config = ProviderConfig { module: "api".to_owned(), ..ProviderConfig::default() };
    generate("api.yaml", &reader, None, &config, &layout, Packaging::Module).expect("the emitters print Rust")
}

/// Writes the module and the program for one document of a case.
fn write(folder: &Path, name: &str, code: &str, generated: &Generated) {
    let module = folder.join("src").join(name);
    fs::create_dir_all(&module).expect("a folder");
    for file in &generated.files {
        fs::write(module.join(&file.path), &file.text).expect("a file");
    }
    let program = format!(
        "#![allow(warnings)]\n#[path = \"../{name}/mod.rs\"]\nmod api;\nuse api::types::*;\nfn main() {{ {code} }}\n"
    );
    fs::write(folder.join("src/bin").join(format!("{name}.rs")), program).expect("a file");
}

/// The binaries that the compiler rejects, and its messages.
fn refused(folder: &Path, target: &Path) -> (BTreeSet<String>, String) {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--bins", "--keep-going", "--message-format=json", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let errors =
        messages.filter(|message| message["reason"] == "compiler-message" && message["message"]["level"] == "error");
    let mut names = BTreeSet::new();
    let mut output_text = String::from_utf8_lossy(&output.stderr).into_owned();
    for error in errors {
        names.insert(error["target"]["name"].as_str().unwrap_or_default().to_owned());
        output_text.push_str(error["message"]["rendered"].as_str().unwrap_or_default());
    }
    (names, output_text)
}

#[test]
fn the_compiler_agrees_with_the_verdicts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("a workspace");
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("src/bin")).expect("a folder");
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("a lock file");
    let manifest = format!(
        "[package]\nname = \"drift-cases\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[features]\ndefault = [\"client\"]\nclient = []\n\n\
         [dependencies]\nspecwright-runtime = {{ path = {:?}, default-features = false, features = [\"client\"] }}\nprogenitor-client = \"0.15\"\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\n[workspace]\n",
        root.join("runtime")
    );
    fs::write(folder.path().join("Cargo.toml"), manifest).expect("a file");
    let types = CASES.map(|(name, old, new, code, verdict)| (name, document(old), document(new), code, verdict));
    let operations =
        OPERATIONS.map(|(name, changes, code, verdict)| (name, operation(&[]), operation(changes), code, verdict));
    let mut expected = BTreeSet::new();
    for (name, old, new, code, verdict) in types.into_iter().chain(operations) {
        let (old, new) = (generated(old), generated(new));
        write(folder.path(), &format!("{name}_old"), code, &old);
        write(folder.path(), &format!("{name}_new"), code, &new);
        let (Some(old), Some(new)) = (old.generation.api, new.generation.api) else {
            panic!("{name} cannot be generated")
        };
        let changes = RustChanges::new(&old, &new);
        assert_eq!(changes.verdict(), verdict, "{name}: {:?}", changes.iter().collect::<Vec<_>>());
        if verdict == RustVerdict::Breaking {
            expected.insert(format!("{name}_new"));
        }
    }
    let (refused, messages) = refused(folder.path(), &root.join("target/drift-cases"));
    assert_eq!(refused, expected, "{messages}");
}

/// Arguments of one type that swap places are the one break that no compiler sees.
#[test]
fn another_order_of_path_parameters_is_a_break() {
    let path = |path: &str| {
        let parameters = "parameters: [{ name: from, in: path, required: true, schema: { type: string } }, { name: to, in: path, required: true, schema: { type: string } }, ";
        operation(&[("/things:", path), ("parameters: [", parameters)])
    };
    let api = |path: String| generated(path).generation.api.expect("an API");
    let (old, new) = (api(path("/things/{from}/{to}:")), api(path("/things/{to}/{from}:")));
    assert_eq!(RustChanges::new(&old, &old).verdict(), RustVerdict::None);
    assert_eq!(RustChanges::new(&old, &new).verdict(), RustVerdict::Breaking);
}
