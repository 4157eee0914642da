//! Values of discriminators: those that a mapping lists, and those that are names of schemas.

use super::{both_ways, drift, ids};
use crate::drift::{Finding, Level, Wire};

const ADDED: &str = "response-body-discriminator-mapping-added";
const DELETED: &str = "request-body-discriminator-mapping-deleted";

/// A document with the union of two animals.
fn union(first: &str, mapping: &str, kind: &str) -> String {
    let schema = format!(
        "oneOf: [{{ $ref: '#/components/schemas/{first}' }}, {{ $ref: '#/components/schemas/Dog' }}]\n\
         discriminator: {{ propertyName: kind{mapping} }}"
    );
    let animal = |name: &str| {
        format!(
            "    {name}: {{ type: object, required: [kind], properties: {{ kind: {{ {kind} }}, {name}: {{}} }} }}\n"
        )
    };
    both_ways(&schema) + &animal(first).replace(&format!("{first}: {{}}"), "name: {}") + &animal("Dog")
}

/// The ids of the findings that break clients.
fn breaks(findings: &[Finding]) -> Vec<&str> {
    let breaking = findings.iter().filter(|finding| finding.wire == Wire::BreaksClients);
    assert!(findings.iter().all(|finding| finding.level <= Level::Warning), "{findings:?}");
    breaking.map(Finding::id).collect()
}

#[test]
fn the_name_of_a_schema_is_a_value() {
    let cat = union("Cat", "", "type: string");
    let renamed = drift(&cat, &union("Kitty", "", "type: string"));
    assert_eq!(breaks(&renamed), [DELETED, ADDED], "{renamed:?}");
    assert!(renamed.iter().any(|finding| finding.message.starts_with("the value `Cat` of the discriminator")));
    let mapped = union("Cat", ", mapping: { cat: Cat }", "type: string");
    assert_eq!(breaks(&drift(&cat, &mapped)), [DELETED, ADDED]);
    assert_eq!(breaks(&drift(&mapped, &cat)), [DELETED, ADDED]);
    // A constant is not a name, however it is written.
    let fixed = |kind: &str| union("Cat", ", mapping: { cat: Cat, dog: Dog }", kind);
    let wrapped = fixed("allOf: [{ enum: [cat, dog] }, { description: d }]");
    assert_eq!(ids(&drift(&fixed("enum: [cat, dog]"), &wrapped)), Vec::<&str>::new());
    let written = union("Cat", ", mapping: { Cat: '#/components/schemas/Cat', Dog: Dog }", "type: string");
    assert_eq!(ids(&drift(&cat, &written)), Vec::<&str>::new());
    let kept = union("Kitty", ", mapping: { Cat: Kitty }", "type: string");
    assert_eq!(ids(&drift(&cat, &kept)), Vec::<&str>::new());
    // A member that fixes the property has a value of its own.
    assert_eq!(ids(&drift(&union("Cat", "", "const: cat"), &union("Kitty", "", "const: cat"))), Vec::<&str>::new());
}

/// A document with a parent, and operations that take and return it or what extends it.
fn family(schema: &str, cat: &str, more: &str) -> String {
    both_ways(&format!("$ref: '#/components/schemas/{schema}'"))
        + &format!(
            "    Animal: {{ type: object, required: [kind], properties: {{ kind: {{ type: string }} }}, discriminator: {{ propertyName: kind }} }}\n    \
             Cat: {{ allOf: [{{ $ref: '#/components/schemas/Animal' }}, {{ type: object, {cat} }}] }}\n    \
             Kitten: {{ allOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ type: object, properties: {{ age: {{ type: integer }} }} }}] }}\n{more}"
        )
}

const LIVES: &str = "properties: { lives: { type: integer } }";

#[test]
fn a_parent_is_the_union_of_what_extends_it() {
    let old = family("Animal", LIVES, "");
    let required = drift(&old, &family("Animal", &format!("required: [lives], {LIVES}"), ""));
    assert_eq!(ids(&required), ["request-property-became-required", "response-property-became-required"]);
    assert!(required.iter().any(|finding| finding.message.contains("discriminator[Cat]")), "{required:?}");
    let limited = drift(&old, &old.replace("age: { type: integer }", "age: { type: integer, maximum: 1 }"));
    assert_eq!(ids(&limited), ["request-property-max-set", "response-property-max-set"]);
    let dog = "    Dog: { allOf: [{ $ref: '#/components/schemas/Animal' }] }\n";
    let more = family("Animal", LIVES, dog);
    assert_eq!(breaks(&drift(&old, &more)), [ADDED]);
    assert_eq!(breaks(&drift(&more, &old)), [DELETED]);
}

#[test]
fn a_base_is_itself_alone() {
    let old = family(
        "Cat",
        LIVES,
        "    Dog: { allOf: [{ $ref: '#/components/schemas/Animal' }, { type: object, properties: { bark: {} } }] }\n",
    );
    assert_eq!(ids(&drift(&old, &old.replace("bark: {}", "bark: { type: string }"))), Vec::<&str>::new());
}

#[test]
fn a_value_may_select_another_schema_while_the_former_one_stays() {
    let kept = "    Puppy: { type: object, required: [kind], properties: { kind: { type: string }, Dog: {} } }\n";
    let with = |target: &str| union("Cat", &format!(", mapping: {{ cat: Cat, d: {target} }}"), "type: string") + kept;
    let limited = kept.replace("Dog: {}", "Dog: { type: integer }").replace("Puppy", "Wolf");
    let known = drift(&with("Dog"), &with("Puppy").replace("Dog: {}", "Dog: { type: integer }"));
    let id = "request-body-discriminator-mapping-changed";
    let level = |findings: &[Finding]| findings.iter().find(|finding| finding.id() == id).map(|finding| finding.level);
    assert_eq!(level(&known), Some(Level::Error), "{known:?}");
    let new = drift(&with("Dog"), &(with("Wolf") + &limited));
    assert_eq!(level(&new), Some(Level::Info), "{new:?}");
    assert!(ids(&new).contains(&"request-property-type-changed"), "{new:?}");
}
