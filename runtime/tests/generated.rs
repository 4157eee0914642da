//! The macros of generated types: reading and writing.

use std::collections::BTreeMap;

use serde_json::{Value, from_str, from_value, json, to_value};
use specwright_runtime::MaybeAbsent;
use specwright_runtime::union::{self, Member, Probe, Tag};

#[derive(Clone, Debug, PartialEq)]
struct Thing {
    id: String,
    note: Option<String>,
    size: Option<u8>,
    nick: MaybeAbsent<String>,
    any: Option<Value>,
    extra: BTreeMap<String, i64>,
}
specwright_runtime::object!(Thing {
    required id = "id",
    required note = "note",
    optional size = "size-of",
    maybe nick = "nick",
    any any = "any",
    ..extra
});

fn error(json: Value) -> String {
    from_value::<Thing>(json).unwrap_err().to_string()
}

#[test]
fn an_object_round_trips() {
    for value in [
        json!({"id": "a", "note": null}),
        json!({"id": "a", "note": "b", "size-of": 3, "nick": null, "any": null, "x": 1, "y": 2}),
        json!({"id": "a", "note": null, "nick": "n", "any": {"b": [1]}}),
    ] {
        let thing: Thing = from_value(value.clone()).unwrap();
        assert_eq!(to_value(&thing).unwrap(), value);
        assert_eq!(from_str::<Thing>(&value.to_string()).unwrap(), thing);
    }
}

#[test]
fn null_counts_as_absent_unless_it_is_a_value() {
    let thing: Thing = from_value(json!({"id": "a", "note": null, "size-of": null})).unwrap();
    assert_eq!(to_value(&thing).unwrap(), json!({"id": "a", "note": null}));
}

#[test]
fn missing_duplicate_and_wrong_properties_are_named() {
    assert_eq!(error(json!({"id": "a"})), "missing field `note`");
    assert!(error(json!([])).contains("an object (Thing)"));
    assert!(error(json!({"id": 1, "note": null})).contains("expected a string"));
    let doubled = from_str::<Thing>(r#"{"id":"a","note":null,"note":null}"#).unwrap_err();
    assert!(doubled.to_string().starts_with("duplicate field `note`"));
}

/// Variants that have the names of associated types.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    Err,
    Error,
}
specwright_runtime::string_enum!(closed Outcome { Err = "err", Error = "error" });

#[test]
fn a_variant_may_have_the_name_of_an_associated_type() {
    assert_eq!("err".parse(), Ok(Outcome::Err));
    assert_eq!(Outcome::try_from("error"), Ok(Outcome::Error));
    assert!("ok".parse::<Outcome>().is_err());
}

#[test]
fn numbers_round_trip() {
    for text in ["51.248178375505404", "-93.3113703768803", "0.1", "1e-7", "1.7976931348623157e+308", "5e-324"] {
        assert_eq!(serde_json::to_string(&from_str::<f64>(text).unwrap()).unwrap(), text);
        assert_eq!(from_str::<Value>(text).unwrap().to_string(), text);
    }
}

#[test]
fn an_additional_property_cannot_have_a_documented_name() {
    let mut thing: Thing = from_value(json!({"id": "a", "note": null})).unwrap();
    thing.extra.insert("note".to_owned(), 7);
    let error = serde_json::to_string(&thing).unwrap_err().to_string();
    assert_eq!(error, "the additional property `note` of Thing has the name of a documented one");
}

#[derive(Debug, PartialEq)]
struct Empty {}
specwright_runtime::object!(Empty {});

#[derive(Debug, PartialEq)]
struct Escaped {
    quoted: i64,
}
specwright_runtime::object!(Escaped { required quoted = "a\"\n" });

#[test]
fn unknown_properties_are_ignored_and_escaped_names_found() {
    assert_eq!(from_str::<Empty>(r#"{"a":[{}]}"#).unwrap(), Empty {});
    assert_eq!(to_value(Empty {}).unwrap(), json!({}));
    assert_eq!(from_str::<Escaped>(r#"{"x":1,"a\"\u000a":2}"#).unwrap(), Escaped { quoted: 2 });
}

#[derive(Debug, PartialEq)]
struct Named {
    name: String,
}
specwright_runtime::object!(Named { required name = "name" });

#[derive(Debug, PartialEq)]
enum Pet {
    Cat(Named),
    Dog(Box<Named>),
}
specwright_runtime::union!(Pet { Cat writes "kind" = "cat", Dog });
impl union::Union for Pet {
    const NAME: &'static str = "Pet";
    const TAG: Tag = Tag::new("kind", &[("cat", 0), ("dog", 1), ("puppy", 1)]);
    const MEMBERS: &'static [Member<Self>] = &[
        Member { name: "Cat", probe: Probe::ANY, read: |value| union::member(value, Self::Cat) },
        Member { name: "Dog", probe: Probe::ANY, read: |value| union::member(value, |dog| Self::Dog(Box::new(dog))) },
    ];
}

#[test]
fn a_tag_decides_and_is_written_if_the_member_lacks_it() {
    let cat: Pet = from_value(json!({"kind": "cat", "name": "a"})).unwrap();
    assert_eq!(cat, Pet::Cat(Named { name: "a".into() }));
    assert_eq!(to_value(&cat).unwrap(), json!({"kind": "cat", "name": "a"}));
    let puppy: Pet = from_value(json!({"kind": "puppy", "name": "b"})).unwrap();
    assert_eq!(puppy, Pet::Dog(Box::new(Named { name: "b".into() })));
    let error = from_value::<Pet>(json!({"kind": "cow", "name": "c"})).unwrap_err();
    assert_eq!(error.to_string(), "no member of Pet: `kind` must be one of cat, dog, puppy");
}

#[derive(Debug, PartialEq)]
enum Shaped {
    Number(f64),
    Whole(i64),
    Named(Named),
    Text(String),
    Word(String),
}
specwright_runtime::union!(Shaped { Number, Whole, Named, Text, Word });
impl union::Union for Shaped {
    const NAME: &'static str = "Shaped";
    const TAG: Tag = Tag::NONE;
    const MEMBERS: &'static [Member<Self>] = &[
        Member {
            name: "Number",
            probe: Probe { json: Probe::NUMBER, ..Probe::ANY },
            read: |value| union::member(value, Self::Number),
        },
        Member {
            name: "Whole",
            probe: Probe { json: Probe::INTEGER, ..Probe::ANY },
            read: |value| union::member(value, Self::Whole),
        },
        Member {
            name: "Named",
            probe: Probe { json: Probe::OBJECT, required: &["name"], known: &["name"], ..Probe::ANY },
            read: |value| union::member(value, Self::Named),
        },
        Member {
            name: "Text",
            probe: Probe { json: Probe::STRING, ..Probe::ANY },
            read: |value| union::member(value, Self::Text),
        },
        Member {
            name: "Word",
            probe: Probe { json: Probe::STRING, strings: &["a", "b"], ..Probe::ANY },
            read: |value| union::member(value, Self::Word),
        },
    ];
}

#[test]
fn shape_decides_without_a_tag() {
    let read = |value: Value| from_value::<Shaped>(value).unwrap();
    assert_eq!(read(json!(1.5)), Shaped::Number(1.5));
    assert_eq!(read(json!(2)), Shaped::Whole(2));
    assert_eq!(read(json!({"name": "a", "more": 1})), Shaped::Named(Named { name: "a".into() }));
    assert_eq!(read(json!("a")), Shaped::Word("a".into()));
    assert_eq!(read(json!("z")), Shaped::Text("z".into()));
}

#[test]
fn an_error_names_all_members() {
    let error = from_value::<Shaped>(json!({"name": 1})).unwrap_err().to_string();
    assert!(error.starts_with("no member of Shaped fits; Named: invalid type"), "{error}");
    assert!(error.ends_with("of another shape: Number, Whole, Text, Word"), "{error}");
}

#[derive(Clone, Copy, Debug)]
enum Size {
    S,
    M,
}
specwright_runtime::string_enum!(closed Size { S = "s", M = "m" });

#[test]
fn a_closed_enum_names_its_values() {
    assert_eq!(from_value::<Size>(json!("m")).unwrap(), Size::M);
    assert_eq!(Size::try_from("x").unwrap_err().to_string(), "must be one of s, m");
    assert!(from_value::<Size>(json!("x")).is_err());
    assert_eq!(Size::ALL, [Size::S, Size::M]);
}
