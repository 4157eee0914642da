//! The properties for which constructors ask, and their names.

use super::{table, types};
use crate::ir::model::{TypeKind, TypeName, TypeTable};

#[test]
fn the_value_of_a_constant_is_known_whatever_its_type() {
    let found = types(
        "    Event:
      type: object
      required: [kind, version, sealed, ratio, loose, shape, range]
      properties:
        kind: {const: made}
        version: {type: integer, const: 2}
        sealed: {type: boolean, const: true}
        ratio: {type: number, const: 0.5}
        loose: {type: integer, enum: [1, 2]}
        shape: {const: {sides: 3}}
        range: {const: [1, null]}
        later: {type: integer, const: 3}",
    );
    assert_eq!(
        found[0],
        "struct Event { kind: EventKind = Made, version: i64* = 2, sealed: Bool* = true, ratio: Float64* = 0.5, loose: \
         i64*, shape: {any}* = {\"sides\":3}, range: [any]* = [1,null], later?: i64* }"
    );
}

#[test]
fn the_tag_of_a_member_is_a_constant_unless_a_union_leaves_the_choice() {
    let union = |name: &str, mapping: &str| {
        format!(
            "    {name}: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}, {{$ref: '#/components/schemas/Cow'}}], discriminator: {{propertyName: kind, mapping: {mapping}}}}}\n"
        )
    };
    let members = "    Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
    Dog: {type: object, properties: {kind: {$ref: '#/components/schemas/Kind'}}}
    Cow: {type: object, required: [kind], properties: {kind: {type: string}}}
    Kind: {type: string, enum: [dog, cat]}\n";
    let pet = union("Pet", "{cat: Cat, dog: Dog, cow: Cow, bull: Cow}");
    let expected =
        ["struct Cat { kind: String = \"cat\" }", "struct Dog { kind?: Kind = Dog }", "struct Cow { kind: String }"];
    assert_eq!(types(&format!("{members}{pet}"))[..3], expected);
    let other = union("Other", "{kitty: Cat, cat: Cat, dog: Dog, cow: Cow}");
    let found = types(&format!("{members}{pet}{other}"));
    assert_eq!(found[..2], ["struct Cat { kind: String }", expected[1]]);
    // If each union has exactly one value, the first value is filled in, and conversion sets it.
    let other = union("Other", "{kitty: Cat, hound: Dog, cow: Cow}");
    let found = types(&format!("{members}{pet}{other}"));
    assert_eq!(found[..2], [expected[0], "struct Dog { kind?: Kind }"]);
}

fn required(table: &TypeTable) -> Vec<(&str, Option<&str>)> {
    let structs = table.iter().filter_map(|(_, definition)| match &definition.kind {
        TypeKind::Struct(object) => Some((definition.name.as_str(), object.required.as_ref().map(TypeName::as_str))),
        _ => None,
    });
    structs.collect()
}

#[test]
fn the_struct_of_required_properties_gives_way_to_types_of_the_document() {
    let two = "{type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}}";
    let schemas = format!(
        "    User: {two}
    UserRequired: {two}
    One: {{type: object, required: [a], properties: {{a: {{type: string}}, b: {{type: string}}}}}}"
    );
    let (table, _) = table(&schemas, &[]);
    let expected =
        [("User", Some("UserRequiredProperties")), ("UserRequired", Some("UserRequiredRequired")), ("One", None)];
    assert_eq!(required(&table), expected);
}

#[test]
fn a_setter_takes_the_name_of_no_method_and_no_other_field() {
    let (table, _) = table(
        "    A: {type: object, properties: {clone: {type: string}, with_clone: {type: string}, name: {type: string}}}",
        &[],
    );
    let (_, definition) = table.iter().next().unwrap();
    let TypeKind::Struct(object) = &definition.kind else { panic!("{definition:?}") };
    let setters: Vec<&str> = object.fields.iter().map(|field| field.setter.as_str()).collect();
    assert_eq!(setters, ["with_underscore_clone", "with_clone", "name"]);
}

#[test]
fn variants_drop_the_name_of_their_union_whatever_their_order() {
    let members = ["PaymentCard", "BankPayment", "Cash", "PaymentCash"];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0]] {
        let refs: Vec<String> =
            order.iter().map(|index| format!("{{$ref: '#/components/schemas/{}'}}", members[*index])).collect();
        let mut schemas = format!("    Payment: {{oneOf: [{}]}}\n", refs.join(", "));
        schemas.extend(members.map(|name| {
            format!("    {name}: {{type: object, required: [kind], properties: {{kind: {{const: {name}}}}}}}\n")
        }));
        let found = types(&schemas);
        for variant in ["Card(PaymentCard)", "Bank(BankPayment)", " Cash(Cash)", "PaymentCash(PaymentCash)"] {
            assert!(found[0].contains(variant), "{variant}: {}", found[0]);
        }
    }
}

#[test]
fn every_edge_of_a_cycle_is_boxed_whatever_the_order() {
    let lines = [
        ("A", "{type: object, properties: {b: {$ref: '#/components/schemas/B'}, c: {$ref: '#/components/schemas/C'}}}"),
        (
            "B",
            "{type: object, properties: {c: {$ref: '#/components/schemas/C'}, all: {type: array, items: {$ref: '#/components/schemas/A'}}}}",
        ),
        ("C", "{oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}"),
        ("D", "{type: object, properties: {a: {$ref: '#/components/schemas/A'}}}"),
    ];
    let mut expected = vec![
        "struct A { b?: box B, c?: box C }",
        "struct B { c?: box C, all?: [A] }",
        "struct D { a?: A }",
        "union C { A(box A), String(String) } by shape",
    ];
    expected.sort_unstable();
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        let schemas: Vec<String> =
            order.iter().map(|index| format!("    {}: {}", lines[*index].0, lines[*index].1)).collect();
        let mut found = types(&schemas.join("\n"));
        found.sort_unstable();
        assert_eq!(found, expected, "{order:?}");
    }
}
