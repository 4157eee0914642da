//! Choices that match nothing or cannot be met are errors at their locations.

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::MemoryReader;
use specwright_codegen::pipeline::{Generation, build_api};

const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: Acme, version: '1'}
paths:
  /users:
    get:
      operationId: listUsers
      tags: [Users]
      responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}
components:
  schemas:
    User:
      type: object
      properties: {email: {type: string}, home: {$ref: '#/components/schemas/Home'}, state: {$ref: '#/components/schemas/State'}}
    Home: {type: object, properties: {place: {$ref: '#/components/schemas/Place'}}}
    Place: {type: object, properties: {lat: {type: number}}}
    State: {type: string, enum: [new, old]}
    Id: {type: string, format: ulid}
";

fn generation(choices: &str) -> Generation {
    let reader = MemoryReader::new().with("openapi.yaml", DOCUMENT);
    let config = ProviderConfig::parse("provider.toml", choices).unwrap();
    build_api("openapi.yaml", &reader, None, &config)
}

/// Each error with its line and column, and its help.
fn errors(choices: &str) -> Vec<String> {
    let generation = generation(choices);
    let sources = &generation.sources;
    let shown = generation.diagnostics.iter().filter(|one| sources.path(one.span) == "provider.toml").map(|one| {
        let (line, column) = sources.line_column(one.span);
        format!("{}:{line}:{column}: {} ({})", one.code.id, one.message, one.help.as_deref().unwrap_or_default())
    });
    shown.collect()
}

#[test]
fn an_unknown_name_is_an_error_with_the_nearest_one() {
    let cases = [
        ("rename_fields = { 'User.emial' = 'mail' }", "is not a property of the document (did you mean `User.email`?)"),
        (
            "rename_variants = { 'State.nwe' = 'Fresh' }",
            "is not a value of an enum of the document (did you mean `State.new`?)",
        ),
        ("replace = { Usr = 'crate::User' }", "is not a schema of the document (did you mean `User`?)"),
        ("replace_formats = { uild = 'ulid::Ulid' }", "is not the format of a generated schema"),
        ("open_enums = ['Sate']", "is not a schema of the document (did you mean `State`?)"),
        ("open_enums = ['User']", "is not an enum"),
        ("derive = { Usr = ['Eq'] }", "fits no type (did you mean `User`?)"),
        ("attributes = { 'Adm*' = ['must_use'] }", "fits no type"),
    ];
    for (choice, expected) in cases {
        let found = errors(&format!("[types]\n{choice}\n"));
        let [error] = found.as_slice() else { panic!("{choice}: {found:?}") };
        assert!(error.starts_with("unmatched-type:2:") && error.contains(expected), "{choice}: {error}");
    }
}

#[test]
fn a_choice_that_is_not_rust_is_an_error_at_its_location() {
    let cases = [
        ("replace = { User = 'no type' }", "`no type` is not the path of a type"),
        ("derive = { User = ['Eq + Hash'] }", "`Eq + Hash` is not the path of a derive macro"),
        ("attributes = { User = ['#['] }", "`#[` is not an outer attribute"),
    ];
    for (choice, expected) in cases {
        let found = errors(&format!("[types]\n{choice}\n"));
        assert!(found.len() == 1 && found[0].contains(expected), "{choice}: {found:?}");
        assert!(found[0].starts_with("invalid-config:2:"), "{found:?}");
    }
}

#[test]
fn a_derive_that_a_field_cannot_have_is_an_error_unless_it_is_for_all() {
    let found = errors("[types]\nderive = { User = ['Hash'] }\n");
    assert_eq!(
        found,
        [
            "unmatched-type:2:12: `User` cannot derive `Hash`: `home.place.lat` is an `f64`, which has no `Hash` (remove \
          the derive, or replace the schema with a type that has it)"
        ]
    );
    assert_eq!(errors("[types]\nderive = { '*' = ['Hash'] }\n"), [""; 0]);
    assert_eq!(errors("[types]\nderive = { User = ['PartialOrd'] }\n"), [""; 0]);
}

#[test]
fn a_misspelt_choice_is_refused_with_the_nearest_key() {
    let error = ProviderConfig::parse("provider.toml", "[types]\ndate = 'jiff'\n").unwrap_err();
    assert_eq!(error.line_column(), (2, 1));
    assert!(error.to_string().contains("unknown field `date`"), "{error}");
    let error = ProviderConfig::parse("provider.toml", "[types]\ndates = 'jif'\n").unwrap_err();
    assert!(error.to_string().contains("unknown variant `jif`"), "{error}");
}

#[test]
fn a_schema_that_is_replaced_is_an_alias_and_its_parts_are_not_made() {
    let generation = generation(
        "[types]\nreplace = { Home = 'crate::Home' }\nreplace_formats = { ulid = 'ulid::Ulid' }\n[select]\noperations = ['listUsers']\n",
    );
    let surface = specwright_codegen::surface::Surface::of(&generation.api.unwrap()).to_string();
    assert!(surface.contains("types::Home = crate::Home\n"), "{surface}");
    assert!(!surface.contains("types::Place"), "{surface}");
}

#[test]
fn former_names_lead_to_generated_items_or_are_errors_at_their_locations() {
    let found = errors(
        "[former.types]\nOld = 'Missing'\nnot_a_type = 'User'\n[former.operations]\nold = 'nothing'\n[former.setters]\nsize = 'limit'\n",
    );
    let expected = ["invalid-config:2:1", "invalid-config:3:1", "invalid-config:5:1", "invalid-config:7:1"];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}");
    }
}
