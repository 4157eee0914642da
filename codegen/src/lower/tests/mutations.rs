//! Lowers mutated documents. Each becomes canonical, and lowering it again changes nothing.

use super::read;
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Node, Object, Value, pointer, resolve};
use crate::lower::lower;
use crate::lower::schema::is_annotation;
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk;

const ROUNDS: u64 = 400;

const SEED: &str = "
security: [{token: [read]}]
servers: [{url: 'https://{r}.example.com', variables: {r: {default: a, enum: [a, b]}}}]
paths:
  /a/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    get:
      operationId: get_a
      parameters: [{name: q, in: query, style: form, explode: false, schema: {type: array, items: {$ref: '#/components/schemas/E'}}}]
      responses:
        '200': {description: ok, headers: {X: {$ref: '#/components/headers/X'}}, content: {application/json: {schema: {$ref: '#/components/schemas/Base'}, examples: {e: {$ref: '#/components/examples/E'}}}}}
        default: {$ref: '#/components/responses/Bad'}
    post:
      requestBody: {$ref: '#/components/requestBodies/B'}
      callbacks: {done: {$ref: '#/components/callbacks/Done'}}
      responses: {4XX: {description: no, content: {text/plain: {schema: {$ref: '#/components/schemas/S/properties/inner'}}}}}
  /b: {$ref: '#/components/pathItems/Item'}
webhooks: {w: {post: {requestBody: {content: {application/json: {schema: {$ref: '#w'}}}}, responses: {}}}}
components:
  parameters: {Id: {name: id, in: path, required: true, schema: {type: [string, integer], minLength: 1, minimum: 2}}}
  headers: {X: {schema: {type: string, enum: [a, null]}}}
  examples: {E: {value: {$ref: data}}}
  responses: {Bad: {description: bad, content: {application/problem+json: {schema: {properties: {code: {const: x}}, required: [code]}}}}}
  requestBodies: {B: {required: true, content: {multipart/form-data: {encoding: {f: {headers: {Y: {schema: {type: string}}}}}, schema: {type: object, properties: {f: {type: string, format: binary}}}}}}}
  callbacks: {Done: {'{$request.body#/url}': {post: {responses: {'200': {$ref: '#/components/responses/Bad'}}}}}}
  pathItems: {Item: {get: {responses: {'204': {description: none}}}}}
  securitySchemes: {token: {type: http, scheme: bearer}}
  schemas:
    E: {type: string, enum: [a, b], default: a}
    W: {$anchor: w, anyOf: [{$ref: '#/components/schemas/S'}, {type: 'null'}], $defs: {D: {type: integer}}}
    Base: {discriminator: {propertyName: k, mapping: {c: '#/components/schemas/Cat'}}, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], properties: {k: {type: string}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {c: {$ref: '#/components/schemas/W/$defs/D', description: d}}, unevaluatedProperties: false}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {d: {type: [string, 'null'], pattern: '^d', default: d}}}], if: {required: [d]}, then: {required: [k]}}
    S: {type: object, required: [inner], properties: {inner: {type: object, additionalProperties: {$ref: '#/components/schemas/S'}}, t: {prefixItems: [{type: string}, true], items: false}}, patternProperties: {'^x': {not: {}}}}
";

const KEYS: [&str; 24] = [
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
    "additionalProperties",
    "prefixItems",
    "$defs",
    "$anchor",
    "$dynamicRef",
    "parameters",
    "responses",
    "content",
    "schema",
    "name",
    "in",
    "callbacks",
    "pattern",
];

/// A random number generator that gives the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }
}

fn pointers(root: &Node) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(root, String::new())];
    while let Some((node, at)) = open.pop() {
        let entries = node.as_object().into_iter().flatten();
        open.extend(entries.map(|entry| (&entry.value, pointer::join(&at, &*entry.key))));
        let members = node.as_array().unwrap_or_default().iter().enumerate();
        open.extend(members.map(|(index, member)| (member, pointer::join(&at, index.to_string()))));
        found.push(at);
    }
    found
}

fn garbage(dice: &mut Dice, root: &Node, places: &[String]) -> Node {
    let span = root.span;
    let place = &places[dice.roll(places.len())];
    let reference = || Node::object([("$ref", Node::new(pointer::to_reference(place), span))], span);
    match dice.roll(10) {
        0 => Node::new(Value::Null, span),
        1 => Node::new(dice.roll(2) == 0, span),
        2 => Node::new(-1_i64, span),
        3 => Node::new("x", span),
        4 => Node::new(Vec::new(), span),
        5 => Node::new(Object::new(), span),
        6 | 7 => reference(),
        8 => Node::object([("allOf", Node::new(vec![reference(), reference()], span))], span),
        _ => root.pointer(place).cloned().unwrap_or_else(|| Node::new(Value::Null, span)),
    }
}

fn mutate(root: &mut Node, places: &[String], dice: &mut Dice) {
    for _ in 0..=dice.roll(6) {
        let value = garbage(dice, root, places);
        let Some(node) = root.pointer_mut(&places[dice.roll(places.len())]) else {
            continue;
        };
        match node.as_object_mut() {
            Some(object) if dice.roll(3) == 0 => {
                object.insert(KEYS[dice.roll(KEYS.len())], value);
            }
            _ => *node = value,
        }
    }
}

/// Checks one object against the contract of the canonical form.
fn check(kind: Kind, node: &Node, root: &Node, place: &NodePath<'_>) {
    let at = place.pointer();
    if kind != Kind::Schema {
        let pure = kind.folder().is_some() && node.get("$ref").is_some();
        assert!(!pure, "a reference is left at {at}");
        return;
    }
    let Some(schema) = node.as_object() else {
        assert_eq!(place.last_key(), Some("additionalProperties"), "no object at {at}");
        return;
    };
    if let Some(target) = schema.get("$ref") {
        let target = target.as_str().unwrap();
        assert!(target.starts_with("#/components/schemas/"), "{target} at {at}");
        assert!(resolve(root, target).is_some(), "{target} at {at}");
        assert!(schema.keys().all(|key| key == "$ref" || is_annotation(key)), "siblings at {at}");
    }
    for keyword in ["const", "example", "$defs", "$anchor", "$dynamicRef", "if", "then", "unevaluatedProperties"] {
        assert!(!schema.contains_key(keyword), "{keyword} at {at}");
    }
    let name = schema.get("type");
    assert!(name.is_none_or(|name| name.as_str().is_some()), "type at {at}");
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let members = schema.get(keyword).map(|members| members.as_array().unwrap());
        assert!(members.is_none_or(|members| !members.is_empty()), "{keyword} at {at}");
    }
}

struct Check {
    root: Node,
}

impl walk::Changer for Check {
    fn leave(&mut self, kind: Kind, node: &mut Node, place: &NodePath<'_>) {
        check(kind, node, &self.root, place);
    }
}

/// The pointers of the deepest differences between two trees.
fn differences(left: &Node, right: &Node) -> Vec<String> {
    let places: Vec<String> = pointers(left).into_iter().filter(|at| left.pointer(at) != right.pointer(at)).collect();
    let deepest = places.iter().filter(|at| !places.iter().any(|other| other.starts_with(&format!("{at}/"))));
    deepest
        .map(|at| {
            format!("{at}: {:?} to {:?}", left.pointer(at).map(Node::to_json), right.pointer(at).map(Node::to_json))
        })
        .collect()
}

fn validate(mut document: Document) {
    crate::validate::validate(&document, &mut Diagnostics::new());
    lower(&mut document, &mut Diagnostics::new());
    let once = document.root.clone();
    walk::change(&mut document.root, &mut Check { root: once.clone() });
    lower(&mut document, &mut Diagnostics::new());
    let differences = differences(&once, &document.root);
    assert!(differences.is_empty(), "lowering again changes {differences:?}");
}

#[test]
fn any_mutation_of_a_document_becomes_canonical() {
    let (document, _) = read(SEED);
    let places = pointers(&document.root);
    for round in 1..=ROUNDS {
        let mut mutated = document.clone();
        let mut dice = Dice(round.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        mutate(&mut mutated.root, &places, &mut dice);
        let shown = mutated.root.to_json().to_string();
        let validated = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| validate(mutated)));
        assert!(validated.is_ok(), "round {round}: {shown}");
    }
}
