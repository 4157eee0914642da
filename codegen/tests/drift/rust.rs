//! Verdicts for Rust code.

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::MemoryReader;
use specwright_codegen::drift::{Bump, Drift, Finding, RustChanges, RustVerdict, Wire};
use specwright_codegen::pipeline::build_api;

use super::{drift, of};

/// A document with one operation that returns a `Thing`.
fn returning(thing: &str, more: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    get:\n      operationId: getA\n      \
         responses:\n        '200': {{ description: ok, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing' }} }} }} }}\n        \
         '400': {{ description: bad, content: {{ application/json: {{ schema: {{ type: string }} }} }} }}\n\
         components:\n  schemas:\n    Thing: {thing}\n{more}"
    )
}

const PART: &str = "    Part: { type: object, properties: { size: { type: integer } } }\n";

/// The findings that break Rust code, as ids.
fn breaking(drift: &Drift) -> Vec<&str> {
    let breaking = drift.findings.iter().filter(|finding| finding.rust == RustVerdict::Breaking);
    breaking.map(Finding::id).collect()
}

#[test]
fn a_schema_with_another_name_is_a_finding_with_a_location() {
    let old = returning("{ type: object, properties: { part: { $ref: '#/components/schemas/Part' } } }", PART);
    let drift = drift(&old, &old.replace("Part", "Piece"));
    assert_eq!(breaking(&drift), ["generated-type-renamed"], "{:?}", drift.findings);
    let finding = &drift.findings[0];
    assert_eq!(finding.message, "the generated type `Part` was renamed to `Piece`");
    assert_eq!((finding.pointer.as_str(), finding.wire), ("/components/schemas/Piece", Wire::Compatible));
    assert!(finding.old.line > 10 && finding.new.line > 10 && finding.fingerprint.len() == 16, "{finding:?}");
    assert_eq!(drift.bump(), Bump::Major);
    assert!(drift.notes.is_empty(), "{:?}", drift.notes);
}

#[test]
fn a_property_that_closes_a_cycle_boxes_another() {
    let thing = "{ type: object, properties: { part: { $ref: '#/components/schemas/Part' } } }";
    let old = returning(thing, PART);
    let new = old.replace("size: {", "of: { $ref: '#/components/schemas/Thing' }, size: {");
    let drift = drift(&old, &new);
    assert_eq!(breaking(&drift), ["response-optional-property-added"], "{:?}", drift.findings);
    assert_eq!(drift.bump(), Bump::Major);
}

#[test]
fn the_verdict_of_a_finding_depends_on_where_the_schema_is_used() {
    let scalar = returning("{ type: string }", PART);
    let text = scalar.replace("'#/components/schemas/Thing'", "'#/components/schemas/Part'");
    let inline = text.replace("{ $ref: '#/components/schemas/Part' }", "{ type: string }");
    assert!(breaking(&drift(&inline, &text)).contains(&"response-body-type-changed"));
    let response = "#/components/responses/Meta";
    let shared = |properties: &str| {
        let document = returning("{ type: string }", "  responses:\n");
        let own = document.find("'200':").expect("a response");
        let end = document[own..].find('\n').expect("a line") + own;
        format!(
            "{}'200': {{ $ref: '{response}' }}{}    Meta: {{ description: ok, content: {{ application/json: {{ schema: {{ type: object, required: [a, b], properties: {{ {properties} }} }} }} }} }}\n",
            &document[..own],
            &document[end..]
        )
    };
    let (old, new) = (shared("a: { type: string }, b: { type: string }"), shared("a: { type: string }"));
    assert_eq!(breaking(&drift(&old, &new)), ["response-required-property-removed"]);
    let property = |schema: &str| returning(&format!("{{ type: object, properties: {{ part: {schema} }} }}"), PART);
    let reference = "{ $ref: '#/components/schemas/Part' }";
    let nullable = format!("{{ anyOf: [{reference}, {{ type: 'null' }}] }}");
    assert_eq!(breaking(&drift(&property(reference), &property(&nullable))), ["response-property-became-nullable"]);
}

#[test]
fn names_of_servers_are_part_of_the_generated_api() {
    let with = |servers: &str| returning("{ type: string }", "") + &format!("servers: [{servers}]\n");
    let (first, second) = ("{ url: 'https://a.example' }", "{ url: 'https://b.example' }");
    let drift_of = |old: &str, new: &str| drift(&with(old), &with(new));
    let described = |url: &str| format!("{{ url: '{url}', description: Production }}");
    let moved = drift_of(&described("https://a.example"), &described("https://c.example"));
    assert_eq!((breaking(&moved), moved.bump()), (vec![], Bump::Patch), "{:?}", moved.findings);
    let (both, swapped) = (format!("{first}, {second}"), format!("{second}, {first}"));
    let reordered = drift_of(&both, &swapped);
    assert!(reordered.bump() == Bump::None || !breaking(&reordered).is_empty(), "{:?}", reordered.findings);
    let renamed =
        drift_of(&described("https://a.example"), &described("https://a.example").replace("Production", "Staging"));
    let finding = of(&renamed, "generated-api-changed")[0];
    assert_eq!(finding.old.to_string(), format!("old.yaml:{}:1", with("").lines().count()), "{finding:?}");
    assert_eq!((finding.new.to_string(), finding.pointer.as_str()), ("new.yaml:1:1".to_owned(), "/servers/0"));
    let added = drift_of(first, &both);
    assert!(added.bump() < Bump::Major || breaking(&added).contains(&"server-added"), "{:?}", added.findings);
}

#[test]
fn another_media_type_or_another_header_breaks_no_code() {
    let old = returning("{ type: object, properties: { part: { type: string } } }", "");
    let problem = old.replacen("bad, content: { application/json", "bad, content: { application/problem+json", 1);
    assert_eq!(breaking(&drift(&old, &problem)), Vec::<&str>::new());
    let header = |name: &str| format!("{name}: {{ schema: {{ type: integer }} }}");
    let one = old.replace("description: ok,", &format!("description: ok, headers: {{ {} }},", header("X-One")));
    let two = one.replace("X-One:", &format!("{}, X-One:", header("X-Two")));
    let more = drift(&one, &two);
    assert_eq!((breaking(&more), more.bump()), (vec![], Bump::Minor), "{:?}", more.findings);
    let open = old.replace("properties: { part", "additionalProperties: true, properties: { part");
    assert_ne!(drift(&old, &open).bump(), Bump::Major);
}

#[test]
fn structs_of_headers_that_used_to_be_one_are_reported() {
    let header = |name: &str| format!("{name}: {{ schema: {{ type: integer }} }}");
    let response = |headers: &str| format!("{{ description: ok, headers: {{ {headers} }} }}");
    let document = |first: &str, second: &str| {
        let (first, second) = (response(first), response(second));
        format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a: {{ get: {{ operationId: getA, responses: {{ '200': {first} }} }} }}\n  \
             /b: {{ get: {{ operationId: getB, responses: {{ '200': {second} }} }} }}\n"
        )
    };
    let (one, two) = (header("X-One"), format!("{}, {}", header("X-One"), header("X-Two")));
    let build = |text: &str| {
        let config = ProviderConfig { module: "api".to_owned(), ..ProviderConfig::default() };
        build_api("a.yaml", &MemoryReader::new().with("a.yaml", text), None, &config).api.expect("an API")
    };
    let (same, split) = (build(&document(&two, &two)), build(&document(&two, &one)));
    let changes = RustChanges::new(&same, &split);
    let shared: Vec<_> = changes.iter().filter(|(key, _)| key.ends_with("shared")).collect();
    assert_eq!(shared.len(), 2, "{shared:?}");
    assert!(shared.iter().all(|(_, verdict)| *verdict == RustVerdict::Additive), "{shared:?}");
}

#[test]
fn the_name_of_a_module_is_part_of_the_generated_api() {
    let text = returning("{ type: string }", "");
    let build = |module: &str| {
        let config = ProviderConfig { module: module.to_owned(), ..ProviderConfig::default() };
        build_api("a.yaml", &MemoryReader::new().with("a.yaml", text.as_str()), None, &config).api.expect("an API")
    };
    let mut drift = Drift::default();
    RustChanges::new(&build("one"), &build("two")).apply(&mut drift);
    assert!(breaking(&drift).contains(&"generated-module-renamed"), "{:?}", drift.findings);
    assert_eq!(drift.findings[0].message, "the generated module `one` was renamed to `two`");
}

#[test]
fn types_that_are_removed_with_a_property_are_explained_by_it() {
    let part = "part: { $ref: '#/components/schemas/Part' }, kind: { type: string, enum: [a, b] }";
    let with = |properties: &str| returning(&format!("{{ type: object, properties: {{ {properties} }} }}"), PART);
    let fewer = drift(&with(&format!("id: {{ type: string }}, {part}")), &with("id: { type: string }"));
    assert_eq!(breaking(&fewer), ["response-optional-property-removed"; 2], "{:?}", fewer.findings);
}

#[test]
fn removing_a_tag_removes_a_method_of_its_group() {
    let untagged = returning("{ type: string }", "");
    let tagged = untagged.replace("operationId: getA", "operationId: getA\n      tags: [things]");
    let gone = drift(&tagged, &untagged);
    assert_eq!((breaking(&gone), gone.findings.len()), (vec!["api-tag-removed"], 1), "{:?}", gone.findings);
    let new = drift(&untagged, &tagged);
    assert_eq!((breaking(&new), new.bump()), (vec![], Bump::Minor), "{:?}", new.findings);
}

#[test]
fn the_order_of_media_types_and_the_case_of_headers_break_no_code() {
    let old = returning("{ type: string }", "").replace(
        "      responses:",
        "      requestBody: { content: { application/json: { schema: { type: object, properties: { a: { type: string } } } }, text/plain: {} } }\n      \
         parameters: [{ name: X-One, in: header, schema: { type: string } }]\n      responses:",
    );
    let headers = |name: &str| {
        old.replacen(
            "description: ok,",
            &format!("description: ok, headers: {{ {name}: {{ schema: {{ type: integer }} }} }},"),
            1,
        )
    };
    let swapped = old
        .replace("text/plain: {} }", "END")
        .replace(
            "application/json: { schema: { type: object, properties: { a",
            "text/plain: {}, application/json: { schema: { type: object, properties: { a",
        )
        .replace(", END", " }");
    for (old, new) in
        [(old.clone(), swapped), (old.clone(), old.replace("X-One", "x-one")), (headers("X-Rate"), headers("x-rate"))]
    {
        let drift = drift(&old, &new);
        assert_eq!((breaking(&drift), drift.bump()), (vec![], Bump::None), "{new}\n{:?}", drift.findings);
    }
}

#[test]
fn a_type_that_became_an_alias_of_one_with_its_items_is_used_as_before() {
    let own = "{ type: object, required: [size], properties: { size: { type: integer } } }";
    let old = returning(own, "");
    let new = returning("{ allOf: [{ $ref: '#/components/schemas/Part' }] }", &format!("    Part: {own}\n"));
    let moved = drift(&old, &new);
    assert_eq!((breaking(&moved), moved.bump()), (vec![], Bump::Minor), "{:?}", moved.findings);
    assert!(!breaking(&drift(&new, &old)).is_empty(), "code can name `Part`");
    // The struct of several required properties has a name of its own.
    let more =
        |text: &str| text.replace("[size], properties: {", "[size, unit], properties: { unit: { type: string },");
    assert!(!breaking(&drift(&more(&old), &more(&new))).is_empty(), "code can name `ThingRequired`");
}

#[test]
fn a_union_of_a_shared_response_breaks_where_it_is_defined() {
    let with = |members: &str| {
        let response = "{ $ref: '#/components/responses/Meta' }";
        let document = returning("{ type: string }", "  responses:\n").replacen("'200': {", "'200': OLD {", 1);
        let end = document.find("OLD").and_then(|own| Some(own + document[own..].find('\n')?)).expect("a line");
        let own = document.find("OLD").expect("a response");
        let schema = format!("{{ oneOf: [{members}] }}");
        format!(
            "{}{response}{}    Meta: {{ description: ok, content: {{ application/json: {{ schema: {schema} }} }} }}\n",
            &document[..own],
            &document[end..]
        )
    };
    let two = "{ type: string }, { type: boolean }";
    let more = drift(&with(two), &with(&format!("{two}, {{ type: array, items: {{ type: string }} }}")));
    assert_eq!(breaking(&more), ["response-body-list-of-types-widened"], "{:?}", more.findings);
}

#[test]
fn a_union_whose_members_overlap_has_a_variant_for_values_of_both() {
    let parts = "    C: { type: object, properties: { c: { type: string } } }\n    D: { type: object, properties: { d: { type: string } } }\n";
    let union = |key: &str| {
        returning(
            &format!("{{ {key}: [{{ $ref: '#/components/schemas/C' }}, {{ $ref: '#/components/schemas/D' }}] }}"),
            parts,
        )
    };
    let added = drift(&union("oneOf"), &union("anyOf"));
    assert_eq!(breaking(&added), ["response-body-became-any-of"], "{:?}", added.findings);
    let hints = &of(&added, "response-body-became-any-of")[0].migration;
    assert_eq!(added.bump(), Bump::Major, "{hints:?}");
    let removed = drift(&union("anyOf"), &union("oneOf"));
    assert_eq!(breaking(&removed), ["response-body-became-one-of"], "{:?}", removed.findings);
    let hints = &of(&removed, "response-body-became-one-of")[0].migration;
    assert!(hints.iter().any(|hint| hint.old == "types::Thing::Combined(types::ThingCombined)"), "{hints:?}");
}

#[test]
fn a_change_is_a_break_of_the_finding_that_causes_it() {
    let thing = |properties: &str| {
        let part = format!("    Part: {{ type: object, properties: {{ size: {{ type: integer }}{properties} }} }}\n");
        let part = part.replace("size: { type: integer }, ", "size: { type: string, deprecated: true }, ");
        returning("{ type: object, properties: { part: { $ref: '#/components/schemas/Part' } } }", &part)
    };
    let changed = drift(&thing(""), &thing(", more: { type: string }"));
    assert_eq!(breaking(&changed), ["response-property-type-changed"], "{:?}", changed.findings);
    let verdict = |drift: &Drift, id: &str| of(drift, id).first().map(|finding| finding.rust);
    assert_eq!(verdict(&changed, "response-optional-property-added"), Some(RustVerdict::Additive));
    assert_eq!(verdict(&changed, "response-property-deprecated"), Some(RustVerdict::None));
    let old = returning("{ type: object, properties: { part: { $ref: '#/components/schemas/Part' } } }", PART);
    let renamed = drift(&old, &old.replace("Thing", "Gadget").replace("size: {", "more: { type: string }, size: {"));
    assert_eq!(breaking(&renamed), ["generated-type-renamed"], "{:?}", renamed.findings);
}
