use crate::config::ProviderConfig;
use crate::document::MemoryReader;
use crate::ir::model::{Api, SharedType, TypeKind};
use crate::pipeline::build_api;
use crate::surface::Surface;

fn api(text: &str) -> Api {
    let reader = MemoryReader::new().with("openapi.yaml", text);
    build_api("openapi.yaml", &reader, None, &ProviderConfig::default()).api.unwrap()
}

/// An API of component schemas, in YAML below `schemas:`. Each line is indented by four spaces.
fn components(schemas: &str) -> Api {
    api(&format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}\n"))
}

/// `first, second` for each shared type.
fn shared(api: &Api) -> Vec<String> {
    let line = |one: &SharedType| {
        let places: Vec<&str> = one.places.iter().map(|id| api.types.get(*id).name.as_str()).collect();
        places.join(", ")
    };
    api.types.shared().iter().map(line).collect()
}

/// The names of the shared types.
fn names(api: &Api) -> Vec<&str> {
    api.types.shared().iter().map(|one| api.types.get(one.id).name.as_str()).collect()
}

/// Two components that each have a schema under `x`.
fn two(first: &str, second: &str) -> Api {
    components(&format!(
        "    A: {{properties: {{x: {first}, a: {{}}}}}}\n    B: {{properties: {{x: {second}, b: {{}}}}}}"
    ))
}

#[track_caller]
fn assert_equal(first: &str, second: &str) {
    assert_eq!(shared(&two(first, second)), ["AX, BX"], "{first} {second}");
}

#[track_caller]
fn assert_apart(first: &str, second: &str) {
    assert_eq!(shared(&two(first, second)), [""; 0], "{first} {second}");
}

#[test]
fn equal_structs_and_enums_have_one_definition() {
    for schema in [
        "{properties: {code: {type: string}}}",
        "{enum: [up, down]}",
        "{type: integer, enum: [1, 2], x-enum-varnames: [one, two]}",
    ] {
        assert_equal(schema, schema);
    }
    assert_equal("{properties: {a: {type: string}, b: {}}}", "{properties: {b: {}, a: {type: string}}}");
    assert_equal("{enum: [up, down]}", "{enum: [down, up]}");
}

#[test]
fn documentation_does_not_keep_types_apart() {
    assert_equal(
        "{description: one, properties: {a: {type: string, description: first}}}",
        "{description: two, properties: {a: {type: string, description: second}}}",
    );
}

#[test]
fn whatever_the_compiler_or_a_server_sees_keeps_types_apart() {
    let object = "{properties: {a: {type: string}}}";
    for other in [
        "{properties: {b: {type: string}}}",
        "{properties: {a: {type: integer}}}",
        "{properties: {a: {type: [string, 'null']}}}",
        "{properties: {a: {type: string}}, required: [a]}",
        "{properties: {a: {type: string, maxLength: 3}}}",
        "{properties: {a: {type: string, default: x}}}",
        "{properties: {a: {type: string, deprecated: true}}}",
        "{properties: {a: {type: string}}, additionalProperties: false}",
        "{properties: {a: {type: string}}, additionalProperties: {type: string}}",
        "{properties: {a: {type: string}}, minProperties: 1}",
    ] {
        assert_apart(object, other);
    }
    assert_apart("{enum: [up, down]}", "{enum: [up, down, left]}");
    assert_apart("{enum: [up, down]}", "{enum: [up, down], default: up}");
}

#[test]
fn inner_types_are_compared_first() {
    let schema = "{properties: {y: {type: array, items: {properties: {kind: {enum: [one, two]}}}}}}";
    let api = two(schema, schema);
    let mut shared = shared(&api);
    shared.sort_unstable();
    assert_eq!(shared, ["AX, BX", "AXYItem, BXYItem", "AXYItemKind, BXYItemKind"]);
    let outer = api.types.shared().iter().find(|one| api.types.get(one.places[0]).name.as_str() == "AX").unwrap();
    let mentioned = api.types.get(outer.id).kind.mentions();
    assert!(mentioned.iter().all(|id| api.types.is_shared(*id)), "a shared type mentions no type of a place");
}

#[test]
fn components_newtypes_and_recursive_types_are_never_shared() {
    let equal = components(
        "    A: {properties: {id: {$ref: '#/components/schemas/Id'}}}\n    \
         B: {properties: {id: {$ref: '#/components/schemas/Id'}}}\n    Id: {type: string}\n    Other: {type: string}",
    );
    assert_eq!(shared(&equal), [""; 0]);
    let around = "{properties: {inner: {$ref: '#/components/schemas/NAME'}}}";
    let recursive = two(&around.replace("NAME", "A"), &around.replace("NAME", "B"));
    assert_eq!(shared(&recursive), [""; 0]);
}

#[test]
fn members_of_one_union_are_never_shared() {
    let object = "{type: object, properties: {a: {type: string}}}";
    let titled = |title: &str| format!("{{title: {title}, type: object, properties: {{a: {{type: string}}}}}}");
    let union = format!("{{oneOf: [{}, {}]}}", titled("One"), titled("Two"));
    let list = format!("{{oneOf: [{object}, {{type: array, items: {object}}}]}}");
    for schema in [union, list] {
        let api = components(&format!("    A: {schema}\n    B: {{properties: {{x: {object}}}}}"));
        assert_eq!(shared(&api), [""; 0], "{schema}");
        let TypeKind::Union(union) = &api.types.iter().next().unwrap().1.kind else { panic!("{schema}") };
        assert_eq!(union.variants.len(), 2, "{schema}");
    }
}

#[test]
fn a_name_is_made_of_content_alone() {
    let schema = "{required: [zip], properties: {city: {type: string}, zip: {type: string}, b: {}, c: {}}}";
    let some = two(schema, schema);
    assert_eq!(names(&some).len(), 1);
    assert!(names(&some)[0].starts_with("ZipBC"), "{:?}", names(&some));
    let more = components(&format!(
        "    Zebra: {{properties: {{q: {schema}}}}}\n    A: {{properties: {{z: {schema}}}}}\n    \
         M: {{type: array, items: {schema}}}"
    ));
    assert_eq!(names(&more), names(&some));
}

#[test]
fn groups_of_headers_are_shared() {
    let responses = |total: &str| {
        format!(
            "{{'200': {{description: OK, headers: {{X-Total: {{description: {total}, schema: {{type: integer}}}}}}}}}}"
        )
    };
    let (one, other) = (responses("How many cats"), responses("How many dogs"));
    let api = api(&format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n  /a: {{get: {{operationId: a, responses: {one}}}}}\n  \
         /b: {{get: {{operationId: b, responses: {other}}}}}"
    ));
    assert!(api.shared_headers[0].headers[0].doc.summary.is_none(), "the places say different things");
    assert_eq!(api.header_groups.iter().map(|group| group.shared).collect::<Vec<_>>(), [Some(0), Some(0)]);
}

#[test]
fn the_surface_lists_each_place_in_full_and_what_it_is_equal_to() {
    let schema = "{properties: {a: {type: string}}}";
    let alone = Surface::of(&two(schema, "{properties: {b: {type: string}}}"));
    let equal = Surface::of(&two(schema, schema));
    let gone: Vec<_> = alone.without(&equal).filter(|line| line.starts_with("types::AX")).collect();
    assert_eq!(gone, [""; 0], "a place keeps its lines when another one becomes equal to it");
    let new: Vec<_> = equal.without(&alone).filter(|line| line.starts_with("types::AX")).collect();
    assert_eq!(new.len(), 1);
    assert!(new[0].starts_with("types::AX = shared::AX"), "{new:?}");
}

/// An API of `GET` operations with these error responses, one for each path.
fn failing(responses: &[&str]) -> Api {
    let paths: Vec<String> = responses
        .iter()
        .zip('a'..)
        .map(|(errors, name)| {
            format!("  /{name}: {{get: {{operationId: {name}, responses: {{'204': {{description: d}}, {errors}}}}}}}\n")
        })
        .collect();
    api(&format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n{}", paths.concat()))
}

/// The operations of each shared enum of errors.
fn shared_errors(api: &Api) -> Vec<Vec<&str>> {
    let id = |index: &usize| api.operations[*index].id.as_str();
    api.shared_errors.iter().map(|shared| shared.places.iter().map(id).collect()).collect()
}

#[test]
fn equal_errors_have_one_enum_with_a_number_for_each_operation() {
    let missing = "'404': {description: one, content: {application/json: {schema: {properties: {a: {}}}}}}";
    let gone = missing.replace("one", "two");
    let api = failing(&[missing, &gone, "'404': {description: one}", "'409': {description: one}"]);
    assert_eq!(shared_errors(&api), [["a", "b"]]);
    let aliases: Vec<_> = api.operations.iter().map(|one| one.responses.shared_error).collect();
    let [Some(first), Some(second), None, None] = aliases.as_slice() else { panic!("{aliases:?}") };
    assert_eq!((first.shared, second.shared), (0, 0));
    assert_ne!(first.number, second.number);
    let case = &api.shared_errors[0].cases[0];
    assert_eq!(case.doc.summary, None, "the texts differ");
}

#[test]
fn whatever_the_compiler_or_a_caller_sees_keeps_errors_apart() {
    let json =
        |media: &str, schema: &str| format!("'404': {{description: d, content: {{{media}: {{schema: {schema}}}}}}}");
    let one = json("application/json", "{type: string}");
    for other in [
        json("application/json", "{type: integer}"),
        json("application/problem+json", "{type: string}"),
        json("text/plain", "{type: string}"),
        "'404': {description: d}".to_owned(),
        format!("{one}, '409': {{description: d}}"),
        one.replace("description: d", "description: d, headers: {X-A: {schema: {type: string}}}"),
        one.replace("404", "4XX"),
        one.replace("'404'", "default"),
    ] {
        assert_eq!(shared_errors(&failing(&[&one, &other])), [[""; 0]; 0], "{other}");
        assert_eq!(shared_errors(&failing(&[&other, &other])), [["a", "b"]], "{other}");
    }
}

#[test]
fn a_default_is_shared_only_with_operations_of_the_same_successes() {
    let default = "default: {description: d}";
    let created = "'201': {description: d}, default: {description: d}";
    assert_eq!(shared_errors(&failing(&[default, created, default])), [["a", "c"]]);
}
