//! Fixtures of the steps on whole documents.

use super::lowered;

macro_rules! fixture {
    ($pass:literal, $yaml:literal) => {
        insta::assert_snapshot!($pass, lowered($yaml))
    };
}

#[test]
fn targets_outside_of_components_become_components() {
    fixture!("local_references", "
paths:
  /a:
    get:
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/S/properties/a'}}}}
        '201': {description: ok, content: {application/json: {schema: {$ref: '#/components/responses/R'}}}}
  /b:
    get:
      parameters: [{$ref: '#/x-shared/p'}]
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema'}}}}
x-shared: {p: {name: p, in: query, schema: {$ref: '#/components/schemas/T/$defs/U'}}}
components:
  responses: {R: {description: r, content: {application/json: {schema: {type: integer}}}}}
  schemas:
    S: {properties: {a: {type: object, properties: {b: {type: string}}}, c: {$ref: '#/components/schemas/S/properties/a/properties/b'}}}
    T: {$defs: {U: {type: string, minLength: 2}, V: {$anchor: v, type: integer}}, properties: {u: {$ref: '#/$defs/U'}, v: {$ref: '#v'}, w: {$dynamicRef: '#v'}, x: {$ref: '#/components/schemas/Spaced%20name'}}}
    Spaced name: {discriminator: {propertyName: k, mapping: {s: '#/components/schemas/S/properties/a'}}, oneOf: [{$ref: '#/components/schemas/S'}, {$ref: '#/components/schemas/Missing'}]}
    Slash: {$ref: '#components/schemas/S'}
");
}

#[test]
fn a_recursive_reference_names_the_enclosing_schema_with_the_anchor() {
    fixture!("recursive", "
paths:
  /a:
    get:
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {type: object, $recursiveAnchor: true, properties: {more: {type: array, items: {$recursiveRef: '#'}}}}}}
        '400': {description: no root, content: {application/json: {schema: {type: object, properties: {more: {$recursiveRef: '#'}}}}}}
components:
  schemas:
    Tree: {type: object, properties: {children: {type: array, items: {$recursiveRef: '#'}}}}
    Outer: {type: object, properties: {inner: {type: object, $recursiveAnchor: true, properties: {again: {$recursiveRef: '#'}}}, own: {$recursiveRef: '#'}}}
");
}

#[test]
fn a_generic_schema_is_copied_for_each_binding() {
    fixture!(
        "dynamic",
        "
paths: {}
components:
  schemas:
    Page:
      $id: page
      type: object
      properties: {items: {type: array, items: {$dynamicRef: '#T'}}, info: {$ref: '#/$defs/Info'}}
      $defs: {T: {$dynamicAnchor: T, not: {}}, Info: {type: string}}
    CatPage: {$id: cat-page, $ref: page, $defs: {T: {$dynamicAnchor: T, $ref: '#/components/schemas/Cat'}}}
    Cat: {type: object, properties: {name: {type: string}}}
    Tree: {$dynamicAnchor: node, type: object, properties: {children: {type: array, items: {$dynamicRef: '#node'}}}}
    IntTree: {$dynamicAnchor: node, $ref: '#/components/schemas/Tree', properties: {value: {type: integer}}}
"
    );
}

#[test]
fn a_generic_schema_is_bound_wherever_it_is_reached_from_the_anchors() {
    fixture!(
        "dynamic_within",
        "
paths: {}
components:
  schemas:
    Page:
      $id: page
      properties: {items: {type: array, items: {$dynamicRef: '#T'}}}
      $defs: {T: {$dynamicAnchor: T, not: {}}}
    Pair:
      $id: pair
      properties: {left: {$dynamicRef: '#L'}, right: {$dynamicRef: '#R'}, page: {$ref: page}}
      $defs: {L: {$dynamicAnchor: L, not: {}}, R: {$dynamicAnchor: R, type: integer}}
    PairOfCats: {$ref: pair, $defs: {L: {$dynamicAnchor: L, $ref: '#/components/schemas/Cat'}, T: {$dynamicAnchor: T, $ref: '#/components/schemas/Cat'}}}
    CatPages: {$ref: page, $defs: {T: {$dynamicAnchor: T, $ref: '#/components/schemas/CatPage'}}}
    CatPage: {$ref: page, $defs: {T: {$dynamicAnchor: T, $ref: '#/components/schemas/Cat'}}}
    Link:
      properties: {value: {$dynamicRef: '#V'}, next: {$ref: '#/components/schemas/Link'}}
      $defs: {V: {$dynamicAnchor: V, not: {}}}
    CatLink: {$ref: '#/components/schemas/Link', $defs: {V: {$dynamicAnchor: V, $ref: '#/components/schemas/Cat'}}}
    Cat: {type: object, properties: {name: {type: string}}}
"
    );
}

#[test]
fn definitions_of_an_inline_schema_are_found_from_within_it() {
    fixture!(
        "definitions",
        "
paths:
  /a:
    post:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                $defs: {Delta: {type: object, properties: {text: {type: string}}}}
                type: object
                properties: {data: {$ref: '#/$defs/Delta'}, gone: {$ref: '#/$defs/Gone'}}
"
    );
}

#[test]
fn a_type_beside_a_reference_is_that_of_the_target_or_reported() {
    fixture!(
        "reference_types",
        "
paths: {}
components:
  schemas:
    Cat: {type: object, properties: {name: {type: string}}}
    Same: {$ref: '#/components/schemas/Cat', type: [object, 'null']}
    Other: {$ref: '#/components/schemas/Cat', type: string}
"
    );
}

#[test]
fn unquoted_scalars_of_text_keep_their_spelling() {
    fixture!(
        "yaml_scalars",
        "
paths: {}
components:
  schemas:
    Code: {type: string, enum: [001, 010, 3.10, True, plain], default: 010}
    Maybe: {type: [string, 'null'], const: 007}
    Number: {type: integer, enum: [010]}
    Named: {oneOf: [{const: 3.10, title: Ten}, {const: 3.9, title: Nine}], type: string}
    Chosen: {$ref: '#/components/schemas/Code', default: 3.10}
    Optional: {anyOf: [{$ref: '#/components/schemas/Code'}, {type: 'null'}], default: 010}
    List: {type: array, items: {$ref: '#/components/schemas/Code'}, default: [010, 3.10]}
    Types: {type: string, enum: [INT, NULL]}
    Nullable: {type: [string, 'null'], enum: [INT, NULL]}
"
    );
}

#[test]
fn events_are_told_apart_by_their_names() {
    fixture!(
        "events",
        "
paths:
  /a:
    get:
      responses:
        '200':
          description: each event in one place
          content:
            text/event-stream; charset=utf-8:
              itemSchema:
                required: [data]
                properties: {data: {type: string}, id: {type: string}}
                anyOf:
                - {title: Text, properties: {event: {const: text}, data: {maxLength: 5}}}
                - {properties: {event: {enum: [a, b]}, data: {$ref: '#/components/schemas/Json'}}}
        '201': {description: as it is, content: {text/event-stream: {schema: {$ref: '#/components/schemas/Union'}}}}
        '202': {description: one event, content: {text/event-stream: {schema: {$ref: '#/components/schemas/One'}}}}
        '203': {description: data, content: {text/event-stream: {schema: {$ref: '#/components/schemas/Data'}}}}
        '204': {description: no events, content: {application/json: {schema: {$ref: '#/components/schemas/One'}}}}
components:
  schemas:
    Json: {type: string, contentMediaType: application/json, contentSchema: {type: integer}}
    Union: {oneOf: [{$ref: '#/components/schemas/One'}, {type: object, properties: {event: {const: other}}}]}
    One: {type: object, properties: {event: {const: one}, data: {type: integer}}}
    Data: {type: object, properties: {event: {type: string}, data: {type: integer}, more: {type: integer}}}
"
    );
}

#[test]
fn an_escaped_slash_is_part_of_a_key_if_there_is_no_other_target() {
    fixture!(
        "slashes",
        "
paths: {}
components:
  schemas:
    a/b: {type: object, properties: {x: {type: string}}}
    Use: {type: object, properties: {x: {$ref: '#/components/schemas/a%2Fb'}, y: {$ref: '#/components/schemas/c%2Fd'}}}
"
    );
}

#[test]
fn an_operation_with_dangling_references_is_kept() {
    fixture!(
        "missing",
        "
paths:
  /a/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    put:
      parameters: [{$ref: '#/components/parameters/Page'}, {name: q, in: query, schema: {type: string}}]
      requestBody: {$ref: 'https://example.com/bodies#/A'}
      responses:
        '200': {$ref: '#/components/responses/Ok', description: Done}
        '404': {$ref: '#/components/schemas/Problem'}
components: {schemas: {Problem: {type: object}}}
"
    );
}

#[test]
fn values_of_the_wrong_kind_are_read_or_left_out() {
    fixture!(
        "walk",
        "
paths:
  /a:
    get: {tags: one, deprecated: 'true', parameters: {name: p, in: query}, responses: {200: null}}
components:
  schemas:
    S: {type: string, minLength: long, maxLength: '5', description: 1.5, pattern: null}
    T: {properties: [a], required: a, readOnly: 1}
"
    );
}

#[test]
fn compositions_that_contain_themselves_are_cut() {
    fixture!("cycles", "
components:
  schemas:
    Alias: {$ref: '#/components/schemas/Other'}
    Other: {$ref: '#/components/schemas/Alias'}
    Self: {allOf: [{$ref: '#/components/schemas/Self'}, {properties: {a: {type: string}}}]}
    Union: {oneOf: [{$ref: '#/components/schemas/Union'}, {type: string}, {type: integer}]}
    Base: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}, properties: {kind: {type: string}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {purrs: {type: boolean}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {barks: {type: boolean}}}]}
    Left: {allOf: [{$ref: '#/components/schemas/Right'}], properties: {l: {type: string}}}
    Right: {allOf: [{$ref: '#/components/schemas/Left'}], properties: {r: {type: string}}}
    Tree: {properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}
");
}

#[test]
fn defaults_that_do_not_fit_are_removed() {
    fixture!(
        "defaults",
        "
components:
  schemas:
    S: {type: object, properties: {
      good: {type: integer, default: 1}, bad: {type: integer, default: one}, none: {type: string, default: null},
      low: {type: integer, minimum: 5, default: 1}, one: {$ref: '#/components/schemas/E', default: a},
      other: {$ref: '#/components/schemas/E', default: c}, default: {type: string},
      wide: {type: integer, format: int32, default: 2147483648}, narrow: {type: integer, format: int32, default: -2147483648}}}
    E: {type: string, enum: [a, b]}
"
    );
}

#[test]
fn inline_schemas_of_shared_components_get_a_name() {
    fixture!("shared", "
paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/Sort'}], responses: {'404': {$ref: '#/components/responses/NotFound'}}}}}
components:
  parameters: {Sort: {name: sort, in: query, schema: {type: array, items: {type: string, enum: [a, b]}}}}
  responses:
    NotFound:
      description: none
      headers: {X-Why: {schema: {type: string, enum: [gone, never]}}}
      content: {application/json: {schema: {properties: {id: {type: string}}}}, text/json: {schema: {properties: {id: {type: string}}}}, text/plain: {schema: {type: string}}}
  schemas: {NotFound: {type: string}}
");
}

#[test]
fn components_are_written_where_they_are_used() {
    fixture!("inline", "
paths:
  /a: {$ref: '#/components/pathItems/Item'}
  /b:
    post:
      callbacks: {done: {$ref: '#/components/callbacks/Done'}}
      requestBody: {$ref: '#/components/requestBodies/Body', description: mine}
      responses: {'200': {$ref: '#/components/responses/Alias'}}
components:
  pathItems: {Item: {get: {responses: {'200': {$ref: '#/components/responses/Ok'}}}}}
  callbacks: {Done: {'{$request.body#/url}': {post: {callbacks: {again: {$ref: '#/components/callbacks/Done'}}, responses: {}}}}}
  requestBodies: {Body: {description: theirs, content: {text/plain: {examples: {e: {$ref: '#/components/examples/E'}}}}}}
  responses:
    Alias: {$ref: '#/components/responses/Ok'}
    Ok: {description: ok, headers: {X: {$ref: '#/components/headers/X'}}, links: {next: {$ref: '#/components/links/Missing'}}}
  headers: {X: {schema: {type: integer}}}
  examples: {E: {value: {$ref: '#/data'}}}
");
}

#[test]
fn operations_become_complete() {
    fixture!("operations", "
security: [{token: []}]
paths:
  a/{id}/{other}/{third}:
    servers: [{url: 'https://example.com'}]
    parameters:
      - {name: id, in: path, schema: {type: integer}}
      - {name: q, in: query, schema: {type: string}}
    get:
      operationId: same
      parameters:
        - {name: q, in: query, style: simple, schema: {type: array, items: {type: string}}}
        - {name: stranger, in: path, required: true, schema: {type: string}}
        - {name: second, in: path, required: true, schema: {type: string}}
        - {name: old, in: query, type: integer}
        - {name: Authorization, in: header, schema: {type: string}}
        - {name: body, in: body, schema: {type: string}}
      requestBody: {content: {}}
      responses: {2xx: {description: ok, content: {json: {}, ' text/plain ': {}}}, '600': {description: no}}
  /b/{user_id}:
    get: {operationId: same, parameters: [{name: userId, in: path, required: true, schema: {type: integer}}], responses: {}}
    post: {requestBody: {$ref: '#/components/requestBodies/Missing'}, responses: {}}
");
}

#[test]
fn a_response_whose_schema_is_the_response_itself_ends_the_search() {
    let text = lowered(
        "
paths: {}
components:
  responses: {R: {description: r, content: {text/plain: {schema: {$ref: '#/components/responses/R'}}}}}
",
    );
    assert!(text.contains("dangling-reference"), "{text}");
}
