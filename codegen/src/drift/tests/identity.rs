//! Documents with one meaning produce no finding.

use serde_json::{Value, json};

use super::{both_ways, drift, ids};

#[track_caller]
fn same(old: &str, new: &str) {
    let there: Vec<String> = drift(old, new).into_iter().map(|finding| finding.message).collect();
    let back: Vec<String> = drift(new, old).into_iter().map(|finding| finding.message).collect();
    assert_eq!((there, back), (Vec::<String>::new(), Vec::new()));
}

#[test]
fn our_own_documents_do_not_drift_from_themselves() {
    for name in ["rownd", "prelude", "looker", "stateset"] {
        let path = format!("{}/../specs/{name}/openapi.yaml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        same(&text, &text);
    }
}

#[test]
fn spellings_of_null_are_one() {
    let spellings = [
        "type: object\nproperties: { a: { type: string, nullable: true } }",
        "type: object\nproperties: { a: { type: [string, 'null'] } }",
        "type: object\nproperties: { a: { anyOf: [{ type: string }, { type: 'null' }] } }",
        "type: object\nproperties: { a: { oneOf: [{ type: 'null' }, { type: string }] } }",
        "type: object\nproperties: { a: { allOf: [{ type: string }], nullable: true } }",
    ];
    for old in spellings {
        for new in spellings {
            same(&both_ways(old), &both_ways(new));
        }
    }
}

#[test]
fn an_upgrade_of_the_version_is_no_finding() {
    let old = both_ways("type: integer\nmaximum: 5\nexclusiveMaximum: true").replace("3.1.0", "3.0.3");
    let new = both_ways("type: integer\nexclusiveMaximum: 5");
    same(&old, &new);
}

#[test]
fn inlining_and_order_are_no_finding() {
    let old = both_ways(
        "type: object\nrequired: [a, b]\nproperties: { a: { $ref: '#/components/schemas/Part' }, b: { enum: [x, y] } }",
    );
    let old =
        format!("{old}    Part: {{ type: object, properties: {{ self: {{ $ref: '#/components/schemas/Part' }} }} }}\n");
    let new = both_ways(
        "properties:\n  b: { enum: [y, x] }\n  a: { type: object, properties: { self: { $ref: '#/components/schemas/Renamed' } } }\nrequired: [b, a]\ntype: object",
    );
    let new = format!(
        "{new}    Renamed: {{ properties: {{ self: {{ $ref: '#/components/schemas/Renamed' }} }}, type: object }}\n"
    );
    same(&old, &new);
}

#[test]
fn parameters_may_move_to_the_path_and_variables_be_renamed() {
    let head = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths:\n  /things/{id}:\n";
    let own = format!(
        "{head}    get:\n      parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]\n      responses: {{ '200': {{ description: ok }} }}\n"
    );
    let shared = format!(
        "{head}    parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]\n    get:\n      responses: {{ '200': {{ description: ok }} }}\n"
    );
    same(&own, &shared);
    let renamed = own.replace("{id}", "{thing}").replace("name: id", "name: thing");
    assert_eq!(ids(&drift(&own, &renamed)), ["request-parameter-renamed"]);
}

#[test]
fn properties_may_move_into_all_of() {
    let old = both_ways("type: object\nrequired: [a]\nproperties: { a: { type: string }, b: { type: string } }");
    let new = both_ways(
        "allOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }]",
    );
    same(&old, &new);
}

#[test]
fn cycles_of_references_end() {
    let odd = both_ways("$ref: '#/components/schemas/Other'") + "    Other: { $ref: '#/components/schemas/Thing' }\n";
    same(&odd, &odd);
    let all = both_ways("allOf: [{ $ref: '#/components/schemas/Thing' }, { type: object }]");
    same(&all, &all);
    let one = both_ways("oneOf: [{ type: string }, { $ref: '#/components/schemas/Thing' }]");
    same(&one, &one);
}

/// A document with all kinds of objects that a reference can replace.
const EVERYTHING: &str = "
openapi: 3.1.0
info: { title: T, version: '1' }
servers: [{ url: 'https://{host}', variables: { host: { default: a, enum: [a, b] } } }]
security: [{ key: [] }]
tags: [{ name: t }]
paths:
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    post:
      operationId: post
      parameters:
      - { name: q, in: query, schema: { type: array, items: { type: integer } } }
      - { name: c, in: query, content: { application/json: { schema: { type: object } } } }
      requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { a: { type: string } } }, encoding: { a: { contentType: text/plain } } } } }
      responses:
        '200':
          description: ok
          headers: { X-Total: { schema: { type: integer } }, X-Json: { content: { application/json: { schema: {} } } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
          links: { again: { operationId: post, parameters: { id: $response.body#/id } } }
      callbacks: { done: { '{$request.body#/url}': { post: { responses: { '200': { description: ok } } } } } }
webhooks: { sent: { post: { requestBody: { content: { application/json: { schema: {} } } }, responses: { '200': { description: ok } } } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: k } }
  schemas:
    Thing: { allOf: [{ type: object, properties: { id: { type: string, enum: [a] }, part: { oneOf: [{ type: string }, { type: 'null' }] } } }, { additionalProperties: { type: string } }] }
";

/// Copies of a document, each with another node changed.
fn mutated(document: &Value, spoil: impl Fn(&mut Value) -> bool) -> Vec<Value> {
    let mut all = Vec::new();
    for nth in 0.. {
        let mut copy = document.clone();
        let Some(part) = part(&mut copy, &mut { nth }) else { break };
        // A document without its version is not read.
        if spoil(part) && copy["openapi"] == document["openapi"] {
            all.push(copy);
        }
    }
    all
}

/// The `nth` node of a value in document order.
fn part<'v>(value: &'v mut Value, nth: &mut usize) -> Option<&'v mut Value> {
    if *nth == 0 {
        return Some(value);
    }
    *nth -= 1;
    match value {
        Value::Object(members) => members.values_mut().find_map(|value| part(value, nth)),
        Value::Array(items) => items.iter_mut().find_map(|value| part(value, nth)),
        _ => None,
    }
}

#[track_caller]
fn same_as_itself(document: &Value) {
    let text = document.to_string();
    same(&text, &text);
}

#[test]
fn dangling_references_and_wrong_kinds_are_no_finding() {
    let document: Value = serde_yaml::from_str(EVERYTHING).unwrap();
    for put in [json!({ "$ref": "#/nowhere" }), json!([]), json!({}), json!(null), json!("text"), json!(7)] {
        let all = mutated(&document, |part| {
            *part = put.clone();
            true
        });
        assert!(all.len() > 100);
        all.iter().for_each(same_as_itself);
    }
}

/// Two parameters with one name, two servers with one URL, and so on.
#[test]
fn duplicates_in_lists_are_no_finding() {
    let document: Value = serde_yaml::from_str(EVERYTHING).unwrap();
    let all = mutated(&document, |part| {
        let Value::Array(items) = part else { return false };
        let mut others = Vec::new();
        for item in items.iter() {
            others.extend(mutated(item, |part| {
                *part = json!("other");
                true
            }));
            others.extend(mutated(item, |part| {
                *part = json!({});
                true
            }));
        }
        items.extend(others);
        true
    });
    assert!(all.len() > 5);
    all.iter().for_each(same_as_itself);
}

#[test]
fn definitions_that_nothing_refers_to_make_no_difference() {
    for keyword in ["$defs", "definitions"] {
        let member = |inner: &str| {
            let object =
                format!("{{ type: object, properties: {{ a: {{ type: string }} }}, {keyword}: {{ X: {inner} }} }}");
            both_ways(&format!("oneOf:\n  - {object}\n  - {{ type: integer }}"))
        };
        let findings = drift(&member("{ type: string }"), &member("{ properties: { b: { type: integer } } }"));
        assert_eq!(ids(&findings), Vec::<&str>::new(), "{keyword}");
    }
}
