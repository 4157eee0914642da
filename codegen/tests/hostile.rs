//! Adversarial documents. Each gives output or diagnostics on a small stack, whatever it nests,
//! chains or repeats.

use std::fmt::Write as _;
use std::thread;

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::diagnostics::Severity;
use specwright_codegen::document::MemoryReader;
use specwright_codegen::drift::{self, Drift, RustChanges, report};
use specwright_codegen::emit::scaffold::{Emission, Layout};
use specwright_codegen::pipeline::{self, Generated, Packaging};
use specwright_codegen::render::RenderedFile;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";

/// The default for threads, which is less than the stack of the main thread.
const STACK: usize = 2 << 20;

/// More levels than any recursion survives.
const LEVELS: usize = 100_000;

/// Generates on a separate thread. A stack overflow would abort the whole test.
fn generate(text: impl Into<Vec<u8>>) -> Generated {
    let text = text.into();
    let work = move || {
        let config = ProviderConfig { module: "api".to_owned(), ..ProviderConfig::default() };
        let layout = Layout {
            path: "api".to_owned(),
            client: Emission::Printed,
            server: Emission::Printed,
            document: Emission::Printed,
            examples: Emission::Omitted,
        };
        let reader = MemoryReader::new().with("api.yaml", text);
        pipeline::generate("api.yaml", &reader, None, &config, &layout, Packaging::Module).expect("Rust")
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    thread.join().expect("no panic")
}

/// The codes of the diagnostics, without duplicates.
fn codes(generated: &Generated) -> Vec<&str> {
    let mut codes: Vec<&str> = generated.generation.diagnostics.iter().map(|found| found.code.id).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// A document whose operation returns the schema `S0`; `line` makes the schema of each level.
fn chain(levels: usize, line: impl Fn(usize) -> String, last: &str) -> String {
    let response = "{description: d, content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}}";
    let mut text =
        format!("{HEAD}paths: {{/a: {{get: {{responses: {{'200': {response}}}}}}}}}\ncomponents:\n  schemas:\n");
    for level in 0..levels {
        let _ = writeln!(text, "    S{level}: {}", line(level + 1));
    }
    let _ = writeln!(text, "    S{levels}: {last}");
    text
}

#[test]
fn endless_brackets_are_refused_once_they_are_too_deep() {
    let (open, close) = ("[".repeat(LEVELS), "]".repeat(LEVELS));
    let deep = [
        format!("{HEAD}x-a: {open}{close}\n"),
        format!("{HEAD}x-a: {}1{}\n", "{a: ".repeat(LEVELS), "}".repeat(LEVELS)),
        format!("{HEAD}x-a:\n{}a\n", "- ".repeat(LEVELS)),
        format!("{HEAD}{}a\n", "? ".repeat(LEVELS)),
        format!("{{\"openapi\": \"3.1.0\", \"a\": {open}{close}}}"),
        format!("{{\"openapi\": \"3.1.0\", \"a\": {}1{}}}", "{\"a\": ".repeat(LEVELS), "}".repeat(LEVELS)),
    ];
    let unclosed = format!("{HEAD}x-a: {open}");
    for text in deep.into_iter().chain([unclosed]) {
        let generated = generate(text.as_str());
        let codes = codes(&generated);
        // The YAML parser has its own limit for brackets and reports a syntax error.
        assert!(codes == ["too-deep"] || codes == ["yaml-syntax"], "{codes:?}: {}", &text[..60]);
        assert!(generated.files.is_empty());
    }
}

#[test]
fn long_chains_of_references_are_followed() {
    let reference = |next: usize| format!("{{$ref: '#/components/schemas/S{next}'}}");
    let text = chain(10_000, reference, "{type: string}");
    assert!(!generate(text).files.is_empty());
    for schema in [
        "{type: array, items: NEXT}",
        "{type: object, required: [n], properties: {n: NEXT}}",
        "{oneOf: [NEXT, {type: integer}]}",
        "{anyOf: [NEXT, {type: 'null'}]}",
        "{type: object, additionalProperties: NEXT}",
        "{allOf: [NEXT]}",
    ] {
        let text = chain(1_000, |next| schema.replace("NEXT", &reference(next)), "{type: object}");
        assert!(!generate(text).files.is_empty(), "{schema}");
    }
}

#[test]
fn circular_chains_end() {
    for schema in
        ["NEXT", "{type: array, items: NEXT}", "{oneOf: [NEXT, {type: integer}]}", "{allOf: [NEXT, {type: object}]}"]
    {
        let line = |next: usize| schema.replace("NEXT", &format!("{{$ref: '#/components/schemas/S{next}'}}"));
        let generated = generate(chain(500, line, "{$ref: '#/components/schemas/S0'}"));
        assert!(!generated.files.is_empty(), "{schema}: {:?}", codes(&generated));
    }
}

#[test]
fn schemas_nested_to_the_limit_are_printed() {
    for (open, close) in [
        ("{type: array, items: ", "}"),
        ("{type: object, properties: {a: ", "}}"),
        ("{allOf: [{type: object}, ", "]}"),
        ("{oneOf: [{type: string}, ", "]}"),
        ("{type: object, additionalProperties: ", "}"),
        ("{not: ", "}"),
    ] {
        let levels = 100 / open.matches(['{', '[']).count();
        let schema = format!("{}{{type: string}}{}", open.repeat(levels), close.repeat(levels));
        let generated = generate(chain(0, |_| String::new(), &schema));
        assert!(!generated.files.is_empty(), "{open}: {:?}", codes(&generated));
    }
}

#[test]
fn schemas_that_double_at_every_level_are_built_once() {
    for schema in ["{allOf: [NEXT, NEXT]}", "{oneOf: [NEXT, NEXT]}", "{properties: {a: NEXT, b: NEXT}}"] {
        let line = |next: usize| schema.replace("NEXT", &format!("{{$ref: '#/components/schemas/S{next}'}}"));
        let text = chain(40, line, "{type: object, properties: {z: {type: string}}}");
        assert!(!generate(text).files.is_empty(), "{schema}");
    }
}

#[test]
fn a_name_of_a_megabyte_is_a_name() {
    let name = "n".repeat(1 << 20);
    let text = format!(
        "{HEAD}paths: {{/{name}: {{get: {{operationId: {name}, responses: {{}}}}}}}}\ncomponents: {{schemas: {{{name}: {{type: object, properties: {{{name}: {{type: string}}}}}}}}}}\n"
    );
    assert!(!generate(text).files.is_empty());
}

#[test]
fn thousands_of_dangling_references_are_reported_one_by_one() {
    let text = chain(5_000, |next| format!("{{$ref: '#/components/schemas/X{next}'}}"), "{type: string}");
    let generated = generate(text);
    let dangling = generated.generation.diagnostics.iter().filter(|found| found.code.id == "dangling-reference");
    assert_eq!(dangling.count(), 5_000);
}

/// A document with a parameter of this pattern and default.
fn with_default(pattern: &str, default: &str) -> String {
    format!(
        "{HEAD}paths: {{/a: {{get: {{operationId: a, parameters: [{{name: q, in: query, schema: {{$ref: '#/components/schemas/A'}}}}], \
         responses: {{'204': {{description: x}}}}}}}}}}\ncomponents: {{schemas: {{A: {{type: string, pattern: '{pattern}', default: '{default}'}}}}}}\n"
    )
}

#[test]
fn a_pattern_is_matched_with_a_default_within_bounds() {
    let found = |pattern: &str, default: &str| {
        let generated = generate(with_default(pattern, default));
        assert!(!generated.files.is_empty(), "{pattern}");
        let found = generated.generation.diagnostics.iter().find(|found| found.code.id == "default-does-not-fit");
        found.map(|found| (found.severity, found.message.clone()))
    };
    let alternatives = format!("^{}$", "(?:a|a)".repeat(40));
    let optional = format!("^{}{}$", "a?".repeat(40), "a".repeat(40));
    assert_eq!(found(&alternatives, &"a".repeat(40)), None);
    assert!(found(&alternatives, &format!("{}b", "a".repeat(39))).is_some_and(|found| found.0 == Severity::Warning));
    assert_eq!(found(&optional, &"a".repeat(40)), None);
    for pattern in ["^(?=(a+)+$)a", "^(?:a{0,1000}){0,100}$", "^(a|aa)+b\\\\1$"] {
        let pattern = pattern.replace("\\\\", "\\");
        let (severity, message) = found(&pattern, &"a".repeat(60)).expect("a note");
        assert_eq!(severity, Severity::Note, "{pattern}");
        assert!(message.starts_with("the default is not checked"), "{message}");
    }
}

#[test]
fn hidden_characters_and_links_do_not_reach_the_output() {
    // Marks of the writing direction, then what has no width, a tag, a filler, and a separator.
    let hidden = "\u{202e} \u{2066}// \u{2069}\u{200f}\u{200b}\u{ad}\u{2060}\u{e0041}\u{3164}\u{115f}\u{2028}\u{fff9}";
    let text = format!(
        r##"{{"openapi": "3.1.0", "info": {{"title": "T{hidden}", "version": "1", "description": "[c](javascript:alert(1)) {hidden} <javascript:b> [r][r]\n\n[r]: data:text/html,x"}},
        "externalDocs": {{"url": "javascript:alert(2)", "description": "the docs"}}, "tags": [{{"name": "g{hidden}"}}],
        "paths": {{"/a{hidden}": {{"get": {{"operationId": "a{hidden}", "tags": ["g{hidden}"], "deprecated": true, "x-deprecated-message": "{hidden}",
        "responses": {{"200": {{"description": "{hidden}", "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/A"}}, "example": {{"x": "{hidden}"}}}}}}}}}}}}}}}},
        "components": {{"schemas": {{"A": {{"type": "object", "properties": {{"x{hidden}": {{"type": "string", "example": "{hidden}", "enum": ["a{hidden}", "b"], "default": "a{hidden}"}}}}}}}}}}}}"##
    );
    let generated = generate(text);
    assert!(!generated.files.is_empty(), "{:?}", codes(&generated));
    let printed =
        generated.files.iter().filter(|file| file.path != "openapi.yaml" && !file.path.ends_with("/openapi.yaml"));
    for RenderedFile { path, text } in printed {
        let found = text.lines().find(|line| line.chars().any(|c| specwright_codegen::text::is_hidden(c) && c != '\t'));
        assert_eq!(found, None, "{path}");
        for link in ["](javascript:", "](data:", "](<javascript:", "]: data:", "]: javascript:"] {
            let live = text.lines().find(|line| line.contains(link) && !line.contains("\\["));
            assert_eq!(live, None, "{path}");
        }
    }
}

/// An object with a property, beside what it extends.
const LINK: &str = "{allOf: [NEXT, {type: object, properties: {p: {type: string}}}]}";
const TAGGED: &str = "{type: object, required: [t], properties: {t: {type: string}}, discriminator: {propertyName: t}}";

/// Schemas of which each extends the next.
fn extending(levels: usize, link: &str, last: &str) -> String {
    let schema = |next: usize| link.replace("NEXT", &format!("{{$ref: '#/components/schemas/S{next}'}}"));
    chain(levels, schema, last)
}

#[test]
fn long_chains_of_schemas_that_extend_each_other_end_with_a_diagnostic() {
    let generated = generate(extending(200, LINK, TAGGED));
    assert!(!generated.files.is_empty());
    assert!(codes(&generated).contains(&"nested-too-deep"), "{:?}", codes(&generated));
    let short = generate(extending(10, LINK, TAGGED));
    assert!(!codes(&short).contains(&"nested-too-deep"), "{:?}", codes(&short));
}

/// A document with this text in its names and descriptions.
fn named(text: &str, kind: &str) -> String {
    let text = serde_json::Value::from(format!("a{text}b"));
    format!(
        r##"{{"openapi": "3.1.0", "info": {{"title": {text}, "version": "1"}}, "servers": [{{"url": "https://a.example", "description": {text}}}],
        "paths": {{"/a": {{"post": {{"operationId": {text}, "tags": [{text}], "description": {text}, "security": [{{{text}: []}}],
        "parameters": [{{"name": {text}, "in": "query", "schema": {{"type": "{kind}"}}}}],
        "requestBody": {{"content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/A"}}}}}}}}, "responses": {{"204": {{"description": {text}}}}}}}}}}},
        "components": {{"schemas": {{"A": {{"type": "object", "properties": {{{text}: {{"type": "{kind}", "enum": [{text}]}}}}}}}},
        "securitySchemes": {{{text}: {{"type": "apiKey", "in": "header", "name": "x-{kind}"}}}}}}}}"##
    )
}

/// What the fuzzer found: marks in a name reached the changelog, and so did the internal key of
/// changed credentials.
#[test]
fn reports_of_drift_show_no_hidden_character_and_no_key_of_ours() {
    let read = |text: String| {
        let reader = MemoryReader::new().with("a.json", text);
        let config = ProviderConfig { module: "api".to_owned(), ..ProviderConfig::default() };
        let document = pipeline::read("a.json", &reader, None).expect("a document").document;
        (document, pipeline::build_api("a.json", &reader, None, &config).api.expect("an API"))
    };
    for hidden in ["\u{202e}", "\u{1b}[31m", "\n::error::", "\u{200b}\u{e0041}", "\u{3164}"] {
        let (old, new) = (read(named(hidden, "string")), read(named(&format!("{hidden}c"), "integer")));
        let findings = drift::compare(&old.0, &new.0, &drift::Options::default());
        let mut found = Drift { findings, ..Drift::default() };
        RustChanges::new(&old.1, &new.1).apply(&mut found);
        assert!(!found.findings.is_empty());
        let texts = [
            report::to_text(&found, false),
            report::to_markdown(&found),
            report::to_html(&found),
            report::to_github(&found),
            report::to_junit(&found, drift::Level::Error),
            report::to_changelog(&found),
            drift::changelog(&found.findings),
        ];
        for text in texts {
            let line =
                text.lines().find(|line| line.chars().any(|c| specwright_codegen::text::is_hidden(c) && c != '\t'));
            assert_eq!(line, None, "{hidden:?}");
            assert!(!text.lines().any(|line| line.starts_with("::error::")), "{hidden:?}");
            assert!(!text.contains('\u{1}'), "{hidden:?}");
        }
    }
}
