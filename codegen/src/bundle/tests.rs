use crate::diagnostics::Diagnostics;
use crate::document::{Document, Limits, MemoryReader, Sources};
use crate::load::load;

fn bundle(files: &[(&str, &str)]) -> (Document, Vec<String>) {
    let reader = files.iter().fold(MemoryReader::new(), |reader, (path, text)| reader.with(*path, *text));
    let mut out = Diagnostics::new();
    let document = load(files[0].0, &reader, &Limits::default(), &mut out).unwrap();
    out.sort();
    let found = out.iter().map(|found| {
        let (line, column) = document.sources.line_column(found.span);
        format!("{} {}:{line}:{column}", found.code.id, document.sources.path(found.span))
    });
    let found = found.collect();
    (document, found)
}

/// The tree as YAML, without `openapi`.
fn shown(files: &[(&str, &str)]) -> String {
    let (document, found) = bundle(files);
    assert_eq!(found, Vec::<String>::new());
    let mut json = document.root.to_json();
    json.as_object_mut().unwrap().remove("openapi");
    serde_yaml::to_string(&json).unwrap()
}

#[test]
fn schemas_of_other_files_get_a_name_and_their_own_references_follow() {
    let text = shown(&[
        (
            "api/spec.yaml",
            "openapi: 3.1.0\nx: {schema: {}}\npaths:\n  /a:\n    get:\n      responses:\n        200:\n          content:\n            a/b: {schema: {$ref: '../common/pet.yaml'}}\n",
        ),
        (
            "common/pet.yaml",
            "properties:\n  tag: {$ref: 'tag.json#/defs/Tag'}\n  self: {$ref: '#'}\n  own: {$ref: '#/defs/Own'}\n  back: {$ref: '../api/spec.yaml#/x/schema'}\ndefs: {Own: {type: string}}\n",
        ),
        ("common/tag.json", "{\"defs\": {\"Tag\": {\"type\": \"integer\"}}}"),
    ]);
    insta::assert_snapshot!(text, @r"
    components:
      schemas:
        Own:
          type: string
        Tag:
          type: integer
        pet:
          defs:
            Own:
              type: string
          properties:
            back:
              $ref: '#/x/schema'
            own:
              $ref: '#/components/schemas/Own'
            self:
              $ref: '#/components/schemas/pet'
            tag:
              $ref: '#/components/schemas/Tag'
    paths:
      /a:
        get:
          responses:
            '200':
              content:
                a/b:
                  schema:
                    $ref: '#/components/schemas/pet'
    x:
      schema: {}
    ");
}

#[test]
fn a_component_that_refers_to_a_file_gives_it_its_name() {
    let text = shown(&[
        (
            "spec.yaml",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    Animal: {$ref: animal.yaml}\n    Zoo: {items: {$ref: ./animal.yaml}}\n    Other: {$ref: animal.yaml}\n",
        ),
        ("animal.yaml", "properties: {mate: {$ref: '#'}}\n"),
    ]);
    insta::assert_snapshot!(text, @r"
    components:
      schemas:
        Animal:
          properties:
            mate:
              $ref: '#/components/schemas/Animal'
        Other:
          $ref: '#/components/schemas/Animal'
        Zoo:
          items:
            $ref: '#/components/schemas/Animal'
    ");
}

#[test]
fn path_items_operations_and_texts_are_inlined() {
    let text = shown(&[
        (
            "spec.yaml",
            "openapi: 3.1.0\ninfo:\n  description: {$ref: 'text.yml#/intro'}\n  summary: {$ref: intro.md}\npaths:\n  /a: {$ref: 'paths.yaml#/a', summary: kept}\n  /b: {get: {$ref: get.yaml}}\n",
        ),
        ("text.yml", "intro: Hello\n"),
        ("intro.md", "# Hi"),
        ("paths.yaml", "a:\n  get: {$ref: get.yaml}\n  summary: lost\n  parameters: [{$ref: 'parameters.yaml#/id'}]\n"),
        ("get.yaml", "responses:\n  200: {$ref: responses/ok.yaml}\n"),
        ("parameters.yaml", "id: {name: id, in: query}\n"),
        ("responses/ok.yaml", "description: fine\n"),
    ]);
    insta::assert_snapshot!(text, @r"
    components:
      parameters:
        id:
          in: query
          name: id
      responses:
        ok:
          description: fine
    info:
      description: Hello
      summary: '# Hi'
    paths:
      /a:
        get:
          responses:
            '200':
              $ref: '#/components/responses/ok'
        parameters:
        - $ref: '#/components/parameters/id'
        summary: kept
      /b:
        get:
          responses:
            '200':
              $ref: '#/components/responses/ok'
    ");
}

#[test]
fn equal_file_names_get_the_names_of_their_folders() {
    let (document, _) = bundle(&[
        (
            "spec.yaml",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    All:\n      oneOf:\n      - $ref: a/models/item.yaml\n      - $ref: b/models/item.yaml\n      - $ref: 'c/models/item.yaml#/properties/id'\n      discriminator: {mapping: {one: a/models/item.yaml, two: All}}\n",
        ),
        ("a/models/item.yaml", "type: string\n"),
        ("b/models/item.yaml", "type: integer\n"),
        ("c/models/item.yaml", "properties: {id: {type: boolean}}\n"),
    ]);
    let schemas = document.root.pointer("/components/schemas").unwrap();
    let names: Vec<_> = schemas.as_object().unwrap().keys().collect();
    assert_eq!(names, ["All", "item", "b_item", "item_id"]);
    let mapping = schemas.pointer("/All/discriminator/mapping").unwrap();
    assert_eq!(mapping.get("one").unwrap().as_str(), Some("#/components/schemas/item"));
    assert_eq!(mapping.get("two").unwrap().as_str(), Some("All"));
    assert_eq!(document.sources.path(schemas.get("b_item").unwrap().span), "b/models/item.yaml");
}

#[test]
fn ids_and_anchors_are_resolved() {
    let text = shown(&[(
        "spec.yaml",
        "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {$id: 'https://example.com/s/a', $ref: b}\n    B: {$id: 'https://example.com/s/b', $anchor: bee}\n    C: {$ref: '#bee'}\n    D: {$ref: 'https://example.com/s/a'}\n",
    )]);
    insta::assert_snapshot!(text, @r"
    components:
      schemas:
        A:
          $id: https://example.com/s/a
          $ref: '#/components/schemas/B'
        B:
          $anchor: bee
          $id: https://example.com/s/b
        C:
          $ref: '#/components/schemas/B'
        D:
          $ref: '#/components/schemas/A'
    ");
}

#[test]
fn dangling_references_stay_and_are_reported() {
    let (document, found) = bundle(&[
        (
            "spec.yaml",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {$ref: none.yaml}\n    B: {$ref: 'b.yaml#/x'}\n    C: {$ref: 'https://example.com/c.yaml'}\n    D: {$ref: [1]}\n    E: {$ref: bad.yaml}\n    F: {properties: {$ref: {type: string}}, example: {$ref: data}}\n",
        ),
        ("b.yaml", "y: {}\n"),
        ("bad.yaml", "a: b: c\n"),
    ]);
    assert_eq!(
        found,
        [
            "unreadable-reference spec.yaml:4:15",
            "dangling-file-reference spec.yaml:5:15",
            "remote-reference spec.yaml:6:15",
            "invalid-reference spec.yaml:7:15",
            "unreadable-reference spec.yaml:8:15",
            "yaml-syntax spec.yaml:8:15",
        ]
    );
    assert_eq!(document.root.pointer("/components/schemas/A/$ref").unwrap().as_str(), Some("none.yaml"));
    assert!(document.root.pointer("/components/schemas/F/properties/$ref/type").is_some());
    assert!(document.root.pointer("/components/schemas/D").unwrap().as_object().unwrap().is_empty());
}

#[test]
fn path_items_that_contain_themselves_are_reported() {
    let (_, found) = bundle(&[
        ("spec.yaml", "openapi: 3.1.0\npaths:\n  /a: {$ref: a.yaml}\n"),
        ("a.yaml", "get:\n  callbacks:\n    c:\n      e: {$ref: a.yaml}\n"),
    ]);
    assert_eq!(found, ["reference-cycle a.yaml:4:10"]);
}

#[test]
fn references_that_multiply_exceed_the_budget_before_memory_runs_out() {
    let line = |below: &str| {
        format!("{{{}}}", (0..9).map(|key| format!("k{key}: {{$ref: '#/{below}'}}")).collect::<Vec<_>>().join(", "))
    };
    let level = |level: usize| format!("l{level}: {}\n", line(&format!("l{}", level - 1)));
    let levels: Vec<String> = (1..9).map(level).collect();
    let external = format!("l0: {{a: {}}}\n{}", "x".repeat(2000), levels.concat());
    let (_, found) = bundle(&[("spec.yaml", "openapi: 3.1.0\ninfo: {$ref: 'e.yaml#/l8'}\n"), ("e.yaml", &external)]);
    assert!(found.iter().any(|found| found.starts_with("alias-expansion")));
}

#[test]
fn the_content_of_a_file_that_is_no_document_is_not_shown() {
    for secret in [
        "hunter2:x:0:0:root:/root\n",
        "hunter2: hunter2: [\n",
        "[hunter2]}\n",
        "hunter2",
        "{\"a\": hunter2",
        "!hunter2 a: *hunter2\n",
    ] {
        let reader = MemoryReader::new()
            .with("spec.yaml", "openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: passwd}}}\n")
            .with("passwd", secret);
        let (mut sources, mut out) = (Sources::new(), Diagnostics::new());
        let document = crate::load::load_into("spec.yaml", &reader, &Limits::default(), &mut sources, &mut out);
        let shown = crate::diagnostics::render_all(&out, &sources, false, 99);
        assert!(shown.contains("passwd") && !shown.contains("hunter2"), "{secret}: {shown}");
        let root = document.map(|document| document.root.to_json().to_string()).unwrap_or_default();
        assert!(!root.contains("hunter2"), "{secret}: {root}");
    }
}

#[test]
fn an_encoded_slash_is_part_of_a_key_if_there_is_no_other_target() {
    let text = shown(&[
        (
            "api.yaml",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {$ref: 'other.yaml#/components/schemas/a%2Fb'}\n    B: {$ref: 'other.yaml#/components/schemas/a~1b'}\n    C: {$ref: 'other.yaml#/components%2Fschemas/C'}\n",
        ),
        ("other.yaml", "components:\n  schemas:\n    a/b: {type: string}\n    C: {type: integer}\n"),
    ]);
    insta::assert_snapshot!(text, @r"
    components:
      schemas:
        A:
          type: string
        B:
          $ref: '#/components/schemas/A'
        C:
          type: integer
    ");
}
