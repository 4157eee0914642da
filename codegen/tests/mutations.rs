//! Runs mutations of valid documents through all stages. Each gives Rust output, or diagnostics
//! that explain why there is none.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde_json::{Value, json};
use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::MemoryReader;
use specwright_codegen::emit::scaffold::{Emission, Layout};
use specwright_codegen::pipeline::{self, Generated, Packaging};

const ROUNDS: u64 = 80;

/// Keys that have a meaning somewhere.
const KEYS: [&str; 28] = [
    "$ref",
    "type",
    "properties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "enum",
    "const",
    "required",
    "nullable",
    "format",
    "default",
    "additionalProperties",
    "discriminator",
    "parameters",
    "requestBody",
    "responses",
    "content",
    "schema",
    "name",
    "in",
    "style",
    "security",
    "operationId",
    "headers",
    "example",
    "x-y",
];

/// A random number generator that gives the same numbers on every machine (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("a small number")
    }
}

fn seed(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/emit").join(format!("{name}.yaml"));
    serde_yaml::from_str(&std::fs::read_to_string(path).expect("a document")).expect("YAML")
}

/// Pointers to every node of a document.
fn pointers(root: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(root, String::new())];
    while let Some((value, at)) = open.pop() {
        match value {
            Value::Object(map) => {
                open.extend(
                    map.iter()
                        .map(|(key, value)| (value, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")))),
                );
            }
            Value::Array(list) => {
                open.extend(list.iter().enumerate().map(|(index, value)| (value, format!("{at}/{index}"))));
            }
            _ => {}
        }
        found.push(at);
    }
    found
}

fn garbage(dice: &mut Dice, root: &Value, places: &[String]) -> Value {
    let place = &places[dice.roll(places.len())];
    match dice.roll(10) {
        0 => Value::Null,
        1 => json!(dice.roll(2) == 0),
        2 => json!(-1),
        3 => json!(["", "self", "é", "a b", "2XX", "r#type"][dice.roll(6)]),
        4 => json!([]),
        5 => json!({}),
        6 | 7 => json!({ "$ref": format!("#{place}") }),
        _ => root.pointer(place).cloned().unwrap_or_default(),
    }
}

fn mutate(root: &mut Value, places: &[String], dice: &mut Dice) {
    for _ in 0..=dice.roll(4) {
        let value = garbage(dice, root, places);
        // Not the root itself: the rest would not be a document.
        let Some(old) = root.pointer_mut(&places[1 + dice.roll(places.len() - 1)]) else {
            continue;
        };
        match old {
            Value::Object(map) if dice.roll(3) == 0 => drop(map.insert(KEYS[dice.roll(KEYS.len())].to_owned(), value)),
            _ => *old = value,
        }
    }
}

fn generate(text: &str) -> Generated {
    let config = ProviderConfig { module: "api".to_owned(), ..ProviderConfig::default() };
    let layout = Layout {
        path: "api".to_owned(),
        client: Emission::Printed,
        server: Emission::Printed,
        document: Emission::Omitted,
        examples: Emission::Printed,
    };
    let reader = MemoryReader::new().with("api.yaml", text);
    pipeline::generate("api.yaml", &reader, None, &config, &layout, Packaging::Crate).expect("Rust")
}

/// Whether a file is a Rust file.
fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

fn validate(text: &str) {
    let generated = generate(text);
    assert_eq!(generated.files.is_empty(), generated.generation.diagnostics.has_errors());
    for file in generated.files.iter().filter(|file| is_rust(&file.path)) {
        syn::parse_file(&file.text).expect("Rust");
    }
}

#[test]
fn any_mutation_of_a_document_gives_output_or_diagnostics() {
    for name in ["union_discriminator", "all_of", "multipart", "security_alternatives", "query_styles", "version_2_0"] {
        let document = seed(name);
        validate(&document.to_string());
        let places = pointers(&document);
        for round in 1..=ROUNDS {
            let mut mutated = document.clone();
            mutate(&mut mutated, &places, &mut Dice(round.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
            let text = mutated.to_string();
            let validated = catch_unwind(AssertUnwindSafe(|| validate(&text)));
            assert!(validated.is_ok(), "round {round} of {name}: {text}");
        }
    }
}
