use std::fmt::Write;

use crate::diagnostics::{Diagnostics, Severity, render_all};
use crate::document::{Document, Limits, MemoryReader, Node, Number, Sources, Value};
use crate::load::load_into;

const HEAD: &str = "openapi: 3.1.0\n";

fn load(path: &str, bytes: impl Into<Vec<u8>>) -> (Option<Document>, Vec<String>) {
    let reader = MemoryReader::new().with(path, bytes);
    let mut sources = Sources::new();
    let mut out = Diagnostics::new();
    let document = load_into(path, &reader, &Limits::default(), &mut sources, &mut out);
    let sources = document.as_ref().map_or(&sources, |document| &document.sources);
    assert_eq!(document.is_none(), out.has_errors(), "{out:?}");
    assert!(!render_all(&out, sources, false, 10).contains("machine"));
    out.sort();
    let found = out.iter().map(|found| {
        let (line, column) = sources.line_column(found.span);
        format!("{} {line}:{column} {}", found.code.id, found.pointer)
    });
    (document.clone(), found.map(|line| line.trim_end().to_owned()).collect())
}

fn yaml(text: &str) -> (Node, Vec<String>) {
    let (document, found) = load("a.yaml", format!("{HEAD}{text}"));
    (document.unwrap().root, found)
}

#[track_caller]
fn refused(path: &str, bytes: impl Into<Vec<u8>>, expected: &str) {
    let (document, found) = load(path, bytes);
    assert!(document.is_none());
    assert_eq!(found, [expected]);
}

#[test]
fn yaml_scalars_follow_the_core_schema() {
    let (root, found) = yaml(
        "x: [yes, 0777, 0o17, 0xFF, 2024-01-01, 1_000, 12:30, ~, Null, TRUE, .5, 1., -1e3, +7, '1', !!str 1, !!int '3', 1e999]",
    );
    assert_eq!(found, Vec::<String>::new());
    let json = serde_json::to_string(&root.get("x").unwrap().to_json()).unwrap();
    assert_eq!(
        json,
        r#"["yes",777,15,255,"2024-01-01","1_000","12:30",null,null,true,0.5,1.0,-1000.0,7,"1","1",3,"1e999"]"#
    );
}

#[test]
fn integers_beyond_64_bits_keep_their_digits() {
    let (root, _) =
        yaml("a: 18446744073709551615\nb: 340282366920938463463374607431768211456\nc: -9223372036854775809\n");
    assert_eq!(root.get("a").unwrap().as_u64(), Some(u64::MAX));
    assert!(
        matches!(&root.get("b").unwrap().value, Value::Number(Number::Big(text)) if &**text == "340282366920938463463374607431768211456")
    );
    assert_eq!(root.get("c").unwrap().as_number().unwrap().as_i128(), Some(-9_223_372_036_854_775_809));
}

#[test]
fn keys_of_any_scalar_kind_are_text() {
    let (root, _) = yaml("r:\n  200: a\n  true: b\n  null: c\n  1.0: d\n  0777: e\n");
    let keys: Vec<_> = root.get("r").unwrap().as_object().unwrap().keys().collect();
    assert_eq!(keys, ["200", "true", "null", "1.0", "0777"]);
}

#[test]
fn aliases_and_merge_keys_are_expanded() {
    let (root, found) = yaml("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\nc: *a\nd: {<<: [{x: 5}, *a]}\n&k e: *k\n");
    assert_eq!(found, Vec::<String>::new());
    let json = serde_json::to_string(&root.to_json()).unwrap();
    assert_eq!(
        json,
        r#"{"a":{"x":1,"y":2},"b":{"x":1,"y":3},"c":{"x":1,"y":2},"d":{"x":5,"y":2},"e":"e","openapi":"3.1.0"}"#
    );
}

#[test]
fn a_quoted_merge_key_is_an_ordinary_key() {
    let (root, _) = yaml("a: {'<<': {x: 1}}");
    assert!(root.pointer("/a/<</x").is_some());
    let (_, found) = yaml("a:\n  <<: text\n");
    assert_eq!(found, ["invalid-merge-key 3:7 /a"]);
}

#[test]
fn spans_count_bytes_even_after_multibyte_characters_and_two_byte_line_ends() {
    let text = "openapi: 3.1.0\r\nö: \"é\"\r\nlist:\r\n- 𝄞x # c\r\n- |\r\n  lit\r\n- {k: v}\r\n";
    let (document, _) = load("a.yaml", format!("\u{feff}{text}"));
    let document = document.unwrap();
    let slice = |at: &str| document.sources.slice(document.root.pointer(at).unwrap().span);
    assert_eq!(slice("/ö"), "\"é\"");
    assert_eq!(slice("/list/0"), "𝄞x");
    assert_eq!(slice("/list/1"), "lit");
    assert_eq!(slice("/list/2"), "{k: v}");
    assert_eq!(document.sources.line_column(document.root.pointer("/list/0").unwrap().span), (4, 3));
    let keys = document.root.as_object().unwrap();
    assert_eq!(document.sources.slice(keys.key_span("ö").unwrap()), "ö");
}

#[test]
fn json_spans_are_exact() {
    let text = "{ \"openapi\" : \"3.1.0\",\n \"a\\\"b\" : [1, {\"x\": -2.5e1}, \"ü\"] }";
    let (document, found) = load("a.json", text);
    let document = document.unwrap();
    assert_eq!(found, Vec::<String>::new());
    let slice = |at: &str| document.sources.slice(document.root.pointer(at).unwrap().span);
    assert_eq!(slice("/openapi"), "\"3.1.0\"");
    assert_eq!(slice("/a\"b"), "[1, {\"x\": -2.5e1}, \"ü\"]");
    assert_eq!(slice("/a\"b/1/x"), "-2.5e1");
    assert_eq!(slice("/a\"b/2"), "\"ü\"");
    let key = document.root.as_object().unwrap().key_span("a\"b").unwrap();
    assert_eq!(document.sources.slice(key), "\"a\\\"b\"");
    assert_eq!(document.sources.slice(document.root.span), text);
}

#[test]
fn a_duplicate_key_shows_both_locations_and_the_last_counts() {
    for (path, text) in [
        ("a.yaml", "openapi: 3.1.0\na: 1\nb: 2\na: 3\n"),
        ("a.json", "{\"openapi\": \"3.1.0\",\n\"a\": 1,\n\"b\": 2,\n\"a\": 3}"),
    ] {
        let reader = MemoryReader::new().with(path, text);
        let mut out = Diagnostics::new();
        let document = crate::load::load(path, &reader, &Limits::default(), &mut out).unwrap();
        let found = out.iter().next().unwrap();
        assert_eq!((found.code.id, document.sources.line_column(found.span).0), ("duplicate-key", 4));
        assert_eq!(document.sources.line_column(found.labels[0].0).0, 2);
        let keys: Vec<_> = document.root.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["openapi", "a", "b"]);
        assert_eq!(document.root.get("a").unwrap().as_i64(), Some(3));
    }
    let mut out = Diagnostics::new();
    let reader = MemoryReader::new().with("a", "openapi: 3.1.0\na: 1\na: 1\n");
    crate::load::load("a", &reader, &Limits::default(), &mut out);
    assert_eq!(out.iter().next().unwrap().severity, Severity::Note);
}

#[test]
fn an_entry_with_a_complex_key_is_left_out() {
    let (root, found) = yaml("a:\n  b: {{host}}\n  c: 1\n? [x, y]\n: z\nlast: 1\n");
    assert_eq!(found, ["complex-key 3:7 /a/b", "complex-key 5:3"]);
    assert_eq!(root.get("last").unwrap().as_i64(), Some(1));
    assert_eq!(root.pointer("/a/b").unwrap().as_object().unwrap().len(), 0);
}

#[test]
fn tags_and_numbers_that_json_lacks_are_noted() {
    let (root, found) = yaml("a: !semver 1\nb: .inf\nc: !x {d: 1}\n");
    assert_eq!(found, ["unknown-tag 2:4 /a", "non-json-number 3:4 /b", "unknown-tag 4:4 /c"]);
    assert_eq!(root.get("b").unwrap().as_str(), Some(".inf"));
}

#[test]
fn only_the_first_document_of_a_file_is_read() {
    let (root, found) = yaml("a: 1\n---\nb: 2\n");
    assert_eq!(found, ["several-documents 3:1"]);
    assert!(root.get("b").is_none());
    let (document, found) = load("a.yaml", "---\n# nothing\n---\nopenapi: 3.0.3\n...\n");
    assert_eq!((document.is_some(), found.len()), (true, 0));
}

#[test]
fn bytes_that_are_not_text_are_refused() {
    refused("a.yaml", b"openapi: 3.1.0\nt: \xFF\n".to_vec(), "not-utf8 2:4");
    refused("a.yaml", b"\xFF\xFEo\0p\0".to_vec(), "not-utf8 1:1");
    refused("a.yaml", b"o\0p\0e\0".to_vec(), "not-utf8 1:1");
    refused("a.yaml", "openapi: 3.1.0\nt: \0\n", "not-text 2:4");
    refused("a.yaml", "", "empty-document 1:1");
    refused("a.yaml", " \n\n", "empty-document 1:1");
    refused("a.yaml", "# to be written\n", "empty-document 1:1");
}

#[test]
fn syntax_errors_say_where() {
    refused("a.yaml", "openapi: 3.1.0\nd: Note: x\n", "yaml-syntax 2:8");
    refused("a.yaml", "openapi: 3.1.0\na:\n\tb: 1\n", "yaml-syntax 3:2 /a");
    refused("a.yaml", "openapi: 3.1.0\na: *b\n", "yaml-syntax 2:4 /a");
    refused("a.yaml", "openapi: 3.1.0\na: 'x\n", "yaml-syntax 2:4 /a");
    refused("a.json", "{\"openapi\": \"3.1.0\" \"b\": 1}", "json-syntax 1:21");
    refused("a.json", "{\"openapi\": \"\\ud800\"}", "json-syntax 1:20 /openapi");
    refused("a.json", "{\"openapi\": \"3.1.0\"", "json-syntax 1:20");
    refused("a.json", "{\"openapi\": \"3.1.0\"}}", "json-syntax 1:21");
}

#[test]
fn flow_yaml_that_is_not_json_is_read_anyway() {
    let (document, found) = load("a.yaml", "{openapi: 3.1.0, a: [1,]}");
    assert_eq!((document.is_some(), found.len()), (true, 0));
    let (document, found) = load("a.json", "{\"openapi\": \"3.1.0\",}");
    assert_eq!((document.is_some(), found), (true, vec!["not-json 1:20".to_owned()]));
}

#[test]
fn limits_hold() {
    let deep = format!("{HEAD}a: {}{}\n", "[".repeat(127), "]".repeat(127));
    assert!(load("a.yaml", deep).0.is_some());
    let deep = format!("{{\"openapi\": \"3.1.0\", \"a\": {}{}}}", "[".repeat(128), "]".repeat(128));
    let (document, found) = load("a.json", deep);
    assert!(document.is_none() && found[0].starts_with("too-deep 1:154"), "{found:?}");
    let lines: Vec<String> = (0..200).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    let indented = lines.concat();
    let (_, found) = load("a.yaml", format!("{HEAD}{indented}"));
    assert!(found[0].starts_with("too-deep 130:129"), "{found:?}");
    let mut laughs = format!("{HEAD}a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..12 {
        let below = format!("*a{}, ", level - 1).repeat(9);
        writeln!(laughs, "a{level}: &a{level} [{below}]").unwrap();
    }
    let (_, found) = load("a.yaml", laughs);
    assert!(found[0].starts_with("alias-expansion"), "{found:?}");
    refused("a.yaml", format!("{HEAD}a: &a [*a]\n"), "recursive-alias 2:8 /a/0");
    let limits = Limits { file_bytes: 4, ..Limits::default() };
    let mut out = Diagnostics::new();
    crate::load::load("a", &MemoryReader::new().with("a", "12345"), &limits, &mut out);
    assert_eq!(out.iter().next().unwrap().code.id, "file-too-large");
}

#[test]
fn versions_that_are_not_supported_are_refused() {
    refused("a.yaml", "openapi: 3.0\n", "version-not-a-string 1:10 /openapi");
    refused("a.yaml", "openapi: [3]\n", "version-not-a-string 1:10 /openapi");
    refused("a.yaml", "openapi: 4.0.0\n", "unsupported-version 1:10 /openapi");
    refused("a.yaml", "info: {}\n", "missing-version 1:1");
    refused("a.yaml", "info: {}\nOpenAPI: 3.1.0\n", "missing-version 2:1");
    refused("a.yaml", "info: {}\nswagger: '1.2'\n", "unsupported-version 2:10 /swagger");
    refused("a.yaml", "info: {}\nswagger: 3.0\n", "unsupported-version 2:10 /swagger");
    refused("a.yaml", "swaggerVersion: '1.2'\n", "other-kind 1:1 /swaggerVersion");
    refused("a.yaml", "asyncapi: 2.0.0\n", "other-kind 1:1 /asyncapi");
    refused("a.yaml", "- openapi\n", "not-an-object 1:1");
    for version in ["3.0.4", "3.1.1", "3.2.0", "3.1"] {
        let (document, _) = load("a.yaml", format!("openapi: '{version}'\n"));
        assert_eq!(document.unwrap().version.text, version);
    }
    for version in ["'2.0'", "2.0"] {
        let (document, _) = load("a.yaml", format!("swagger: {version}\n"));
        assert_eq!(document.unwrap().version, crate::document::Version::swagger());
    }
    let mut out = Diagnostics::new();
    assert!(crate::load::load("none", &MemoryReader::new(), &Limits::default(), &mut out).is_none());
    assert_eq!(out.iter().next().unwrap().code.id, "unreadable-file");
}

/// A small generator of pseudo-random numbers (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }
}

#[test]
fn any_mutation_gives_a_tree_or_a_diagnostic() {
    let seeds: [&[u8]; 3] = [
        "openapi: 3.1.0\na: &a {x: [1, 'é'], <<: *b}\nb:\r\n  - *a\n  - |\n    t\n  - \"\\u00e9\"\n? {k}\n: !!int 3\n$ref: x.yaml#/a\n".as_bytes(),
        br#"{"openapi": "3.1.0", "a": [1, -2.5e3, {"b": null, "$ref": "a.json#/c"}], "c": "\u00e9\n"}"#,
        b"openapi: 3.0.0\npaths:\n  /a:\n    $ref: 'self.yaml#/paths/~1a'\ncomponents: {schemas: {A: {$ref: 'self.yaml#/components'}}}\n",
    ];
    let bytes = b"{}[]:,&*!|>'\"%@`#-? \n\t\r\0\xFF\xC3~<$/.0a";
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for round in 0..3000 {
        let mut text = seeds[round % seeds.len()].to_vec();
        for _ in 0..=random.below(4) {
            let at = random.below(text.len());
            match random.below(3) {
                0 => text[at] = bytes[random.below(bytes.len())],
                1 => text.insert(at, bytes[random.below(bytes.len())]),
                _ => drop(text.drain(at..(at + 1 + random.below(6)).min(text.len()))),
            }
            if text.is_empty() {
                text.push(b'a');
            }
        }
        load("self.yaml", text);
    }
}

#[test]
fn brackets_and_quotes_with_too_little_indentation_are_read_with_a_note() {
    let (root, found) = yaml("é:\n  a: {\n  \"k\": 'é]',\n  l: [x,\n  y\n  ]\n  }\n  b: \"one\n  two\"\n  c: 1\n");
    assert_eq!(found, ["yaml-indentation 4:3"]);
    let json = serde_json::to_string(&root.get("é").unwrap().to_json()).unwrap();
    assert_eq!(json, r#"{"a":{"k":"é]","l":["x","y"]},"b":"one two","c":1}"#);
    let text = "openapi: 3.1.0\na:\n  b: [\n x,\n# ]\n ö ]\n  c: 1\n";
    let (document, _) = load("a.yaml", text);
    let document = document.unwrap();
    let slice = |at: &str| document.sources.slice(document.root.pointer(at).unwrap().span);
    assert_eq!((slice("/a/b/1"), slice("/a/c"), slice("/a/b")), ("ö", "1", "[\n x,\n# ]\n ö ]"));
}

/// Loads a file within limits.
fn within(reader: &MemoryReader, path: &str, limits: &Limits) -> (Option<Document>, Diagnostics) {
    let mut out = Diagnostics::new();
    (load_into(path, reader, limits, &mut Sources::new(), &mut out), out)
}

#[test]
fn values_long_keys_and_flow_style_are_bounded() {
    let limits = Limits { values: 1_000, pointers: 100_000, flow_marks: 2_000, ..Limits::default() };
    let list = |count: usize| format!("[{}]", vec!["1"; count].join(","));
    let json = |extra: &str| format!("{{\"openapi\": \"3.1.0\", {extra}}}");
    let refused = |path: &str, text: String| {
        let (document, out) = within(&MemoryReader::new().with(path, text), path, &limits);
        assert!(document.is_none());
        let found: Vec<String> = out.iter().map(|found| format!("{}: {}", found.code.id, found.message)).collect();
        found.join("; ")
    };
    let too_many = "file-too-large: the files have more than 1000 values";
    assert_eq!(refused("a.json", json(&format!("\"x-a\": {}", list(1_001)))), too_many);
    assert_eq!(refused("a.yaml", format!("openapi: 3.1.0\nx-a:\n{}", "- 1\n".repeat(1_001))), too_many);
    let below = json(&format!("\"{}\": {}", "k".repeat(1_000), list(200)));
    assert_eq!(refused("a.json", below), "file-too-large: there are too many values below long keys");
    let flow = refused("a.yaml", format!("openapi: 3.1.0\nx-a: {}", list(2_100)));
    assert!(flow.starts_with("file-too-large: the file has more than 2000 commas"), "{flow}");
}

#[test]
fn the_values_of_all_files_are_counted_together() {
    let limits = Limits { values: 1_000, ..Limits::default() };
    let list = format!("[{}]", vec!["1"; 600].join(","));
    let schemas = "{\"schemas\": {\"A\": {\"$ref\": \"b.json\"}}}";
    let root = format!("{{\"openapi\": \"3.1.0\", \"x-a\": {list}, \"components\": {schemas}}}");
    let reader = MemoryReader::new().with("a.json", root).with("b.json", format!("{{\"x-b\": {list}}}"));
    let (document, out) = within(&reader, "a.json", &limits);
    assert!(document.is_some());
    assert!(out.iter().any(|found| found.code.id == "file-too-large" && found.message.contains("b.json")), "{out:?}");
}

#[test]
fn keys_that_occur_twice_are_reported_up_to_a_limit() {
    let twice = vec!["\"a\": 1"; 20_000].join(",");
    let reader = MemoryReader::new().with("a.json", format!("{{\"openapi\": \"3.1.0\", \"x-a\": {{{twice}}}}}"));
    let (document, out) = within(&reader, "a.json", &Limits::default());
    assert!(document.is_some());
    let found: Vec<_> = out.iter().filter(|found| found.code.id == "duplicate-key").collect();
    assert_eq!(found.len(), 10_000);
    assert!(found.last().is_some_and(|last| last.message.contains("not reported")), "{:?}", found.last());
}
