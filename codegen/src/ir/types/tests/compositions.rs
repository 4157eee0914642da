use super::outline::{outline, ty};
use super::{table, types};
use crate::ir::model::{Assertion, TypeKind};

#[test]
fn all_of_merges_properties_of_bases() {
    let found = types(
        "    Base: {type: object, required: [id], properties: {id: {type: string}, meta: {type: object, properties: {a: {type: string}}}}}
    Child:
      allOf:
        - $ref: '#/components/schemas/Base'
        - {type: object, required: [meta], properties: {name: {type: string}}, additionalProperties: false}
    Same: {allOf: [{$ref: '#/components/schemas/Base'}, {description: only words}]}
    Stricter: {allOf: [{$ref: '#/components/schemas/Base'}, {required: [meta]}]}",
    );
    assert_eq!(
        found,
        [
            "struct Base { id: String, meta?: BaseMeta }",
            "struct BaseMeta { a?: String }",
            "struct Child { id: String, meta: BaseMeta, name?: String, ! }",
            "alias Same = Base",
            "struct Stricter { id: String, meta: BaseMeta }",
        ]
    );
}

#[test]
fn a_property_of_base_and_child_satisfies_both() {
    let found = types(
        "    Base: {type: object, required: [kind], properties: {kind: {type: string, enum: [a, b]}, p: {$ref: '#/components/schemas/P'}}}
    P: {type: object, properties: {x: {type: string}}}
    Q: {allOf: [{$ref: '#/components/schemas/P'}, {type: object, properties: {y: {type: string}}}]}
    Child: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {kind: {enum: [a]}, p: {$ref: '#/components/schemas/Q'}}}]}",
    );
    assert_eq!(found[4..], ["struct Child { kind: ChildKind = A, p?: Q }", "enum ChildKind { A=a }"]);
}

#[test]
fn members_are_named_by_what_only_they_have() {
    let found = types(
        "    Otp: {type: object, required: [code], properties: {code: {type: string}}}
    Link: {type: object, required: [url], properties: {url: {type: string}}}
    More: {type: object, properties: {more: {type: string}}}
    Bases:
      oneOf:
        - allOf: [{$ref: '#/components/schemas/Otp'}, {$ref: '#/components/schemas/More'}]
        - allOf: [{$ref: '#/components/schemas/More'}, {$ref: '#/components/schemas/Link'}]
    Constants:
      oneOf:
        - {type: object, required: [of], properties: {of: {enum: [integer]}, value: {type: integer}}}
        - {type: object, required: [of], properties: {of: {enum: [object]}, value: {type: object}}}
        - {type: object, required: [of], properties: {of: {enum: ['null']}}}",
    );
    let unions: Vec<&String> = found.iter().filter(|line| line.starts_with("union")).collect();
    assert_eq!(
        unions,
        [
            "union Bases { Otp(BasesOtp), Link(BasesLink) } by shape",
            "union Constants { Integer(ConstantsInteger), Object(ConstantsObject), Null(ConstantsNull) } by of[integer:0 object:1 null:2]",
        ]
    );
}

#[test]
fn members_of_unions_are_found_by_discriminator_constant_or_shape() {
    let found = types(
        "    Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, properties: {bark: {type: boolean}}}
    Mapped: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Cat', d: Dog}}}
    Named: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}
    A: {type: object, required: [code, status], properties: {code: {type: string, enum: [a]}, status: {type: string, enum: [bad]}}}
    B: {type: object, required: [code, status], properties: {code: {type: string, enum: [b]}, status: {type: string, enum: [bad]}}}
    Constant: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
    Shape: {anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {type: string}]}",
    );
    let unions: Vec<&String> = found.iter().filter(|line| line.starts_with("union")).collect();
    assert_eq!(
        unions,
        [
            "union Mapped { Cat(Cat), Dog(Dog) } by kind[c+0 d+1]",
            "union Named { Cat(Cat), Dog(Dog) } by kind[Cat+0 Dog+1] or shape",
            "union Constant { A(A), B(B) } by code[a:0 b:1]",
            "union Shape { Cat(Cat), Dog(Dog), String(String), Combined(ShapeCombined) } by shape",
        ]
    );
}

#[test]
fn keywords_beside_alternatives_hold_for_each() {
    let found = types(
        "    Both:
      type: object
      required: [id]
      properties: {id: {type: string}}
      oneOf:
        - {title: Small, type: object, required: [a], properties: {a: {type: string}}}
        - {title: Large, type: object, required: [b], properties: {b: {type: string}}}
    Inside:
      allOf:
        - {type: object, properties: {id: {type: string}}}
        - oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}]
    One: {type: object, properties: {one: {type: string}}}
    Two: {type: object, properties: {id: {type: string}, two: {type: string}}}",
    );
    assert_eq!(
        found[..5],
        [
            "union Both { Small(BothSmall), Large(BothLarge) } by shape",
            "struct BothSmall { id: String, a: String }",
            "struct BothLarge { id: String, b: String }",
            "union Inside { One(InsideOne), Two(Two) } by shape",
            "struct InsideOne { id?: String, one?: String }",
        ]
    );
}

#[test]
fn alternatives_collapse_to_a_type_for_all_their_values() {
    let found = types(
        "    Open: {anyOf: [{type: string, enum: [a]}, {type: string}]}
    Consts: {oneOf: [{const: a, description: The first}, {const: b}]}
    Nullable: {type: object, properties: {a: {oneOf: [{$ref: '#/components/schemas/Open'}, {type: 'null'}]}}}
    Number: {anyOf: [{type: integer}, {type: number}]}
    Types: {type: [string, integer]}
    Nested: {anyOf: [{anyOf: [{type: string}, {type: integer}]}, {type: boolean}]}
    OpenRef: {anyOf: [{$ref: '#/components/schemas/Consts'}, {type: string}]}",
    );
    assert_eq!(
        found,
        [
            "enum Open { A=a }",
            "enum Consts { A=a, B=b }",
            "struct Nullable { a?: Open? }",
            "newtype Number(Float64)",
            "union Types { String(String), Integer(i64) } by shape",
            "union Nested { String(String), Integer(i64), Boolean(Bool) } by shape",
            "alias OpenRef = Consts",
        ]
    );
}

#[test]
fn alternatives_that_only_require_become_an_assertion() {
    let (table, _) = table(
        "    S: {type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}",
        &[],
    );
    assert_eq!(outline(&table), ["struct S { a?: String, b?: String }"]);
    let required = |name: &str| vec![Assertion::Required(vec![name.to_owned()])];
    let (_, definition) = table.iter().next().unwrap();
    assert_eq!(definition.assertions, [Assertion::Any(vec![required("a"), required("b")])]);
}

#[test]
fn a_parent_with_a_discriminator_is_the_union_of_its_subtypes() {
    let found = types(
        "    Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {bark: {type: boolean}}}]}
    Owner: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}",
    );
    assert_eq!(
        found,
        [
            "union Pet { Cat(Cat), Dog(Dog), Other(PetBase) } by kind[cat+0 Dog+1] or shape",
            "struct PetBase { kind: String }",
            "struct Cat { kind: String = \"cat\", lives?: i64 }",
            "struct Dog { kind: String = \"Dog\", bark?: Bool }",
            "struct Owner { pet?: Pet }",
        ]
    );
}

#[test]
fn children_of_a_union_that_extend_it_are_structs() {
    let found = types(
        "    Pet: {type: object, required: [kind], properties: {kind: {type: string}}, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {bark: {type: boolean}}}]}",
    );
    assert_eq!(
        found,
        [
            "union Pet { Cat(Cat), Dog(Dog) } by kind[Cat+0 Dog+1] or shape",
            "struct Cat { kind: String = \"Cat\", lives?: i64 }",
            "struct Dog { kind: String = \"Dog\", bark?: Bool }",
        ]
    );
}

#[test]
fn large_members_are_boxed() {
    let properties: Vec<String> = (0..20).map(|n| format!("p{n}: {{type: string}}")).collect();
    let found = types(&format!(
        "    Large: {{type: object, properties: {{{}}}}}\n    U: {{oneOf: [{{$ref: '#/components/schemas/Large'}}, {{type: integer}}]}}",
        properties.join(", ")
    ));
    assert_eq!(found[1], "union U { Large(box Large), Integer(i64) } by shape");
}

#[test]
fn a_list_that_members_inherit_does_not_say_which_member_a_value_is() {
    let found = types(
        "    Kind: {type: string, enum: [Dog, Cat]}
    Base: {type: object, required: [kind], properties: {kind: {$ref: '#/components/schemas/Kind'}}}
    Dog: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {pack: {type: integer}}}]}
    Cat: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {lives: {type: integer}}}]}
    Pet: {oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}}
    Limit:
      type: object
      required: [type]
      properties: {type: {type: string, enum: [daily_limit, weekly_limit]}}
      discriminator: {propertyName: type}
    WeeklyLimit: {allOf: [{$ref: '#/components/schemas/Limit'}, {type: object, required: [day], properties: {day: {type: integer}}}]}",
    );
    assert!(found.contains(&"union Pet { Dog(Dog), Cat(Cat) } by kind[Dog+0 Cat+1] or shape".to_owned()), "{found:#?}");
    assert!(found.contains(&"union Limit { Weekly(WeeklyLimit), Other(LimitBase) } by shape".to_owned()), "{found:#?}");
    assert!(found.contains(&"struct Dog { kind: Kind = Dog, pack?: i64 }".to_owned()), "{found:#?}");
}

#[test]
fn tag_values_are_numbers_and_booleans_where_the_property_is() {
    let found = types(
        "    Web: {type: object, required: [web], properties: {web: {type: boolean, enum: [true]}, port: {type: integer}}}
    Ssh: {type: object, required: [web], properties: {web: {type: boolean, enum: [false]}, key: {type: string}}}
    Mapped: {oneOf: [{$ref: '#/components/schemas/Web'}, {$ref: '#/components/schemas/Ssh'}], discriminator: {propertyName: web, mapping: {'true': '#/components/schemas/Web', 'false': '#/components/schemas/Ssh'}}}
    Shaped: {oneOf: [{$ref: '#/components/schemas/Web'}, {$ref: '#/components/schemas/Ssh'}]}
    One: {type: object, required: [v], properties: {v: {type: integer}}}
    Two: {type: object, required: [v], properties: {v: {type: integer}}}
    Versions: {oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}], discriminator: {propertyName: v, mapping: {'1': One, '2': Two}}}",
    );
    let unions: Vec<&String> = found.iter().filter(|line| line.starts_with("union")).collect();
    assert_eq!(
        unions,
        [
            "union Mapped { Web(Web), Ssh(Ssh) } by web[true:0 false:1]",
            "union Shaped { Web(Web), Ssh(Ssh) } by web[true:0 false:1]",
            "union Versions { One(One), Two(Two) } by v[1+0 2+1]",
        ]
    );
}

#[test]
fn members_inherit_the_discriminator_of_a_schema_that_all_of_them_extend() {
    let found = types(
        "    Entity:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {u: '#/components/schemas/User', g: '#/components/schemas/Group'}}
    User: {allOf: [{$ref: '#/components/schemas/Entity'}, {type: object, properties: {mail: {type: string}}}]}
    Group: {allOf: [{$ref: '#/components/schemas/Entity'}, {type: object, properties: {size: {type: integer}}}]}
    Members: {type: array, items: {oneOf: [{$ref: '#/components/schemas/User'}, {$ref: '#/components/schemas/Group'}]}}
    Animal: {type: object, required: [a], properties: {a: {type: string}}, discriminator: {propertyName: a, mapping: {puppy: Puppy, bird: Bird}}}
    Dog: {allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {bark: {type: string}}}]}
    Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {type: object, properties: {age: {type: integer}}}]}
    Bird: {allOf: [{$ref: '#/components/schemas/Animal'}]}
    Either: {oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Bird'}], discriminator: {propertyName: a, mapping: {puppy: Puppy, bird: Bird}}}",
    );
    let union = |name: &str| found.iter().find(|line| line.starts_with(&format!("union {name} "))).cloned();
    assert_eq!(
        union("MembersItem").as_deref(),
        Some("union MembersItem { User(User), Group(Group) } by kind[u+0 g+1]")
    );
    assert_eq!(union("Dog").as_deref(), Some("union Dog { Puppy(Puppy), Other(DogBase) } by a[puppy+0] or shape"));
    assert_eq!(union("Either").as_deref(), Some("union Either { Dog(Dog), Bird(Bird) } by a[puppy:0 bird+1]"));
}

#[test]
fn a_default_is_a_tag_value_that_the_union_writes() {
    let found = types(
        "    Cat: {type: object, required: [kind], properties: {kind: {type: string, enum: [cat]}}}
    Dog: {type: object, properties: {kind: {type: string, default: dog}}}
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}",
    );
    assert!(found.contains(&"union Pet { Cat(Cat), Dog(Dog) } by kind[cat:0 dog+1] or shape".to_owned()), "{found:#?}");
}

#[test]
fn choices_with_blank_and_null_are_one_optional_enum() {
    let found = types(
        "    Genre: {type: string, enum: [fiction, poetry]}
    Blank: {enum: ['']}
    Nothing: {enum: [null]}
    Book:
      type: object
      properties:
        genre: {oneOf: [{$ref: '#/components/schemas/Genre'}, {$ref: '#/components/schemas/Blank'}, {$ref: '#/components/schemas/Nothing'}]}
        only: {oneOf: [{$ref: '#/components/schemas/Genre'}, {$ref: '#/components/schemas/Nothing'}]}
        nothing: {$ref: '#/components/schemas/Nothing'}",
    );
    assert!(
        found.contains(&"struct Book { genre?: BookGenre?, only?: Genre?, nothing?: Nothing? }".to_owned()),
        "{found:#?}"
    );
    assert!(
        found.iter().any(|line| line.starts_with("enum BookGenre { Fiction=fiction, Poetry=poetry, ")),
        "{found:#?}"
    );
}

#[test]
fn the_order_of_all_of_does_not_count() {
    let base = "{$ref: '#/components/schemas/Base'}";
    let own = "{type: object, properties: {at: {type: string, format: date}, size: {type: integer, default: 1}, pair: {type: array, minItems: 2, maxItems: 2, prefixItems: [{}, {type: string}]}}}";
    let other = "{type: object, properties: {size: {default: 2}, word: {allOf: [{type: string, format: uuid}, {type: string, format: date}]}}}";
    let with = |members: [&str; 3]| {
        let schemas = format!(
            "    Base: {{type: object, properties: {{at: {{type: string, format: date-time}}, size: {{type: number, default: 3}}, pair: {{type: array, prefixItems: [{{type: integer}}, {{}}, {{}}]}}}}}}
    Child: {{allOf: [{}]}}",
            members.join(", ")
        );
        let table = table(&schemas, &[]).0;
        let child = table.iter().find_map(|(_, definition)| match &definition.kind {
            TypeKind::Struct(body) if definition.name.to_string() == "Child" => Some(body.clone()),
            _ => None,
        });
        let fields = child.expect("a struct").fields;
        let mut fields: Vec<String> = fields
            .iter()
            .map(|field| format!("{}: {} {:?}", field.name, ty(&table, &field.ty), field.default))
            .collect();
        fields.sort_unstable();
        fields
    };
    // Two defaults that are equally near are none.
    let expected = ["at: Date None", "pair: (i64, String) None", "size: i64 None", "word: Date None"];
    for members in [[base, own, other], [own, other, base], [other, base, own]] {
        assert_eq!(with(members), expected, "{members:?}");
    }
}
