//! Hand-made types are printed and compared with code that a person would write.

use serde_json::json;

use super::file;
use crate::emit::test_data::{api, small, structure, using as of, with_required};
use crate::ir::model::{
    Api, Constant, Constraints, Doc, Enum, EnumVariant, Extra, Field, FieldName, Format, IntegerEnum, IntegerKind,
    Newtype, Origin, Otherwise, Presence, Probe, Reading, Scalar, Shape, Struct, TagValue, TagWrite, Tagging, TypeDef,
    TypeId, TypeKind, TypeName, TypeTable, TypeUse, Union, UnionVariant, Usage, VariantName,
};
use crate::render::render;

const STRING: Shape = Shape::Scalar(Scalar::String);

fn tag(text: &str) -> TagValue {
    TagValue::Text(text.to_owned())
}

fn definition(name: &str, kind: TypeKind) -> TypeDef {
    let kind = with_required(name, kind);
    TypeDef {
        name: TypeName::from_naming(name),
        schema_name: Some(name.to_owned()),
        doc: Doc::default(),
        origin: Origin { file: "a.yaml".into(), pointer: format!("#/components/schemas/{name}"), line: 1 },
        kind,
        reading: Reading::Usual,
        usage: Usage { request: true, response: true },
        shared: None,
        default: false,
        decoration: crate::ir::model::Decoration::default(),
        assertions: Vec::new(),
        eq: true,
    }
}

fn nullable(shape: Shape) -> TypeUse {
    TypeUse { nullable: true, ..of(shape) }
}

fn field(name: &str, wire: &str, ty: TypeUse, presence: Presence) -> Field {
    Field {
        name: FieldName::from_naming(name),
        setter: FieldName::from_naming(name),
        wire: wire.into(),
        ty,
        presence,
        boxed: false,
        doc: Doc::default(),
        constant: None,
        default: None,
    }
}

fn enumeration(values: &[(&str, &str)], open: bool) -> TypeKind {
    let variants = values
        .iter()
        .map(|(name, wire)| EnumVariant {
            name: VariantName::from_naming(*name),
            wire: (*wire).into(),
            doc: Doc::default(),
        })
        .collect();
    TypeKind::Enum(Enum { variants, open, extensible: false, default: None })
}

fn member(name: &str, ty: TypeUse, probe: Probe) -> UnionVariant {
    UnionVariant {
        name: VariantName::from_naming(name),
        ty,
        boxed: false,
        combined: false,
        doc: Doc::default(),
        tag: None,
        probe,
    }
}

fn printed(types: &TypeTable) -> String {
    let api = Api { types: types.clone(), ..api("Sample", "Sample") };
    let mut files = render(&[file(&api)], "specs/a/openapi.yaml").unwrap();
    files.remove(0).text
}

fn one(definition: TypeDef) -> String {
    let mut types = TypeTable::default();
    types.push(definition);
    printed(&types)
}

#[test]
fn an_undescribed_type_is_described_by_its_use() {
    let api = small();
    let text = render(&[file(&api)], "specs/a/openapi.yaml").unwrap().remove(0).text;
    for summary in [
        "/// Path parameter `app_id` of `patch_user_profile`.",
        "/// Request body of `patch_user_profile`.",
        "/// `profile` of [`PatchUserProfileRequest`].",
        "/// Body of the `404 Not Found` response of `patch_user_profile`.",
    ] {
        assert!(text.contains(summary), "{text}");
    }
}

#[test]
fn a_struct_prints_one_way_to_be_absent_for_each_presence() {
    use Presence::{Optional, Required};
    let mut boxed = field("child", "child", of(Shape::Named(TypeId(0))), Optional);
    boxed.boxed = true;
    let mut documented = field("plan", "plan", of(STRING), Optional);
    documented.doc.summary = Some("The plan, see https://example.com.".into());
    documented.default = Some(json!("free"));
    let mut all = definition(
        "User",
        TypeKind::Struct(Struct {
            fields: vec![
                field("user_id", "userId", of(STRING), Required),
                field("r#type", "type", nullable(Shape::Scalar(Scalar::Bool)), Required),
                field("created_at", "createdAt", of(Shape::Scalar(Scalar::Text(Format::DateTime))), Optional),
                field("nick", "nick", nullable(STRING), Optional),
                field("value", "value", of(Shape::Any), Required),
                field("note", "note", of(Shape::Any), Optional),
                boxed,
                documented,
            ],
            extra: Extra::Kept {
                name: FieldName::from_naming("extra"),
                value: Box::new(of(STRING)),
                patterns: vec!["^automation_.*$".into()],
            },
            constraints: Constraints::default(),
            required: None,
            unsent: Vec::new(),
            extra_setter: Some(FieldName::from_naming("extra")),
        }),
    );
    all.doc.examples.push(json!({"userId": "u1"}));
    insta::assert_snapshot!(one(all));
}

#[test]
fn a_struct_whose_required_properties_are_constants_has_a_default() {
    let mut types = TypeTable::default();
    let code = types.push(definition("NotFoundCode", enumeration(&[("NotFound", "not_found")], true)));
    let mut constant = field("code", "code", of(Shape::Named(code)), Presence::Required);
    constant.constant = Some(Constant::Variant { ty: code, variant: VariantName::from_naming("NotFound") });
    let message = field("message", "message", of(STRING), Presence::Optional);
    types.push(TypeDef { default: true, ..definition("NotFound", structure(vec![constant, message])) });
    insta::assert_snapshot!(printed(&types));
}

#[test]
fn a_struct_of_optional_properties_has_a_constructor_without_arguments() {
    let name = field("name", "name", of(STRING), Presence::Optional);
    let text = one(TypeDef { default: true, ..definition("Patch", structure(vec![name])) });
    assert!(text.contains("#[derive(Clone, Debug, PartialEq)]"), "{text}");
    assert!(text.contains("object!(Patch new() {\n    optional name = \"name\" => into name(String),\n});"), "{text}");
}

#[test]
fn several_required_properties_are_given_by_name() {
    let fields = (0..8).map(|n| field(&format!("f{n}"), &format!("f{n}"), of(STRING), Presence::Required)).collect();
    let text = one(definition("Wide", structure(fields)));
    assert!(text.contains("object!(Wide new required: WideRequired {"), "{text}");
    assert!(text.contains("    required f7: String = \"f7\" from(required.f7),"), "{text}");
}

#[test]
fn one_required_property_is_converted_where_that_helps() {
    let list = Shape::List(Box::new(of(STRING)));
    for (shape, argument) in [
        (STRING, "value: impl Into<String>"),
        (list, "value: impl IntoIterator<Item = impl Into<String>>"),
        (Shape::Scalar(Scalar::Integer(IntegerKind::U64)), "value: u64"),
        (Shape::Scalar(Scalar::Text(Format::Date)), "value: specwright_runtime::Date"),
    ] {
        let text = one(definition("One", structure(vec![field("value", "value", of(shape), Presence::Required)])));
        assert!(text.contains(&format!("object!(One new({argument}) {{")), "{text}");
    }
}

#[test]
fn a_setter_that_would_hide_a_method_has_another_name() {
    let mut from = field("from", "from", of(STRING), Presence::Optional);
    from.setter = FieldName::from_naming("with_from");
    let text = one(TypeDef { default: true, ..definition("Range", structure(vec![from])) });
    assert!(text.contains("optional from = \"from\" => into with_from(String)"), "{text}");
}

#[test]
fn constants_of_every_kind_are_filled_in() {
    let constant = |name: &str, shape: Shape, constant: Constant, presence| Field {
        constant: Some(constant),
        ..field(name, name, of(shape), presence)
    };
    let number = Shape::Scalar(Scalar::Integer(IntegerKind::U8));
    let fields = vec![
        constant("kind", STRING, Constant::Text("cat".into()), Presence::Required),
        constant("version", number, Constant::Integer(2), Presence::Required),
        constant("sealed", Shape::Scalar(Scalar::Bool), Constant::Bool(true), Presence::Optional),
        constant("ratio", Shape::Scalar(Scalar::Float64), Constant::Number(-0.5), Presence::Required),
        constant(
            "shape",
            Shape::Map(Box::new(of(Shape::Any)), None),
            Constant::Json(json!({"sides": [3]})),
            Presence::Required,
        ),
        field("name", "name", of(STRING), Presence::Required),
    ];
    let text = one(definition("Cat", structure(fields)));
    assert!(text.contains("pub fn new(name: impl Into<String>) -> Self"), "{text}");
    let shape = "shape: BTreeMap::from([(\"sides\".to_owned(), serde_json::json!([3]))]),";
    for line in
        ["kind: \"cat\".into(),", "version: 2,", "sealed: Some(true),", "ratio: -0.5,", shape, "name: name.into(),"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("=> "), "{text}");
}

#[test]
fn every_member_of_a_union_converts_unless_another_has_its_type() {
    let mut types = TypeTable::default();
    let names = types.push(definition("Names", TypeKind::Alias(of(Shape::List(Box::new(of(STRING)))))));
    let any = |name: &str, shape: Shape| member(name, of(shape), Probe::default());
    let variants = vec![
        any("Text", STRING),
        any("Flag", Shape::Scalar(Scalar::Bool)),
        any("Number", Shape::Scalar(Scalar::Float64)),
        any("Names", Shape::Named(names)),
        any("Same", Shape::List(Box::new(of(STRING)))),
        any("Map", Shape::Map(Box::new(of(STRING)), None)),
    ];
    types.push(definition("Value", TypeKind::Union(Union { variants, tagging: Tagging::Shape, by_name: false })));
    let text = printed(&types);
    for from in ["String", "&str", "bool", "f64", "i32", "BTreeMap<String, String>"] {
        assert!(text.contains(&format!("impl From<{from}> for Value")), "{from}: {text}");
    }
    assert!(!text.contains("impl From<Names>") && !text.contains("impl From<Vec<String>>"), "{text}");
}

#[test]
fn a_struct_that_holds_a_file_is_no_json() {
    let mut types = TypeTable::default();
    let file = field("file", "file", of(Shape::Scalar(Scalar::Binary)), Presence::Required);
    let upload = types.push(definition("Upload", structure(vec![file])));
    types.push(definition(
        "Uploads",
        TypeKind::Newtype(Newtype::of(of(Shape::List(Box::new(of(Shape::Named(upload))))))),
    ));
    let text = printed(&types);
    assert!(text.contains("pub file: specwright_runtime::File,"), "{text}");
    assert!(!text.contains("specwright_runtime::object!") && !text.contains("specwright_runtime::newtype!"), "{text}");
}

#[test]
fn enums_are_open_unless_chosen_otherwise() {
    let mut types = TypeTable::default();
    types.push(definition("Color", enumeration(&[("Red", "red"), ("DarkGreen", "dark-green")], true)));
    types.push(definition("Size", enumeration(&[("S", "s"), ("M", "m")], false)));
    types.push(definition(
        "Level",
        TypeKind::IntegerEnum(IntegerEnum {
            variants: vec![
                (VariantName::from_naming("Minus1"), -1, Doc::default()),
                (VariantName::from_naming("Two"), 2, Doc::default()),
            ],
            open: true,
        }),
    ));
    insta::assert_snapshot!(printed(&types));
}

#[test]
fn newtypes_check_what_the_document_asks() {
    let mut types = TypeTable::default();
    types.push(definition("AppId", TypeKind::Newtype(Newtype::of(of(STRING)))));
    let grown = Newtype { reads_numbers: true, ..Newtype::of(of(STRING)) };
    let constraints = Constraints { min_length: Some(3), pattern: Some(r#"^"\d+"$"#.into()), ..Constraints::default() };
    types.push(definition("Code", TypeKind::Newtype(Newtype::of(TypeUse { constraints, ..of(STRING) }))));
    let constraints = Constraints { minimum: Some((-5).into()), ..Constraints::default() };
    let integer = TypeUse { constraints, ..of(Shape::Scalar(Scalar::Integer(IntegerKind::I64))) };
    types.push(definition("Level", TypeKind::Newtype(Newtype::of(integer))));
    let tree = Shape::List(Box::new(of(Shape::Named(TypeId(3)))));
    types.push(TypeDef { eq: false, ..definition("Tree", TypeKind::Newtype(Newtype::of(of(tree)))) });
    types.push(definition("GroupId", TypeKind::Newtype(grown)));
    insta::assert_snapshot!(printed(&types));
}

#[test]
fn the_null_of_an_alias_is_printed_where_it_is_used() {
    let mut types = TypeTable::default();
    let alias = types.push(definition("Labels", TypeKind::Alias(nullable(Shape::Map(Box::new(of(STRING)), None)))));
    let labels = field("labels", "labels", of(Shape::Named(alias)), Presence::Optional);
    types.push(definition("Thing", structure(vec![labels])));
    let text = printed(&types);
    assert!(text.contains("pub type Labels = BTreeMap<String, String>;"), "{text}");
    assert!(text.contains("pub labels: specwright_runtime::MaybeAbsent<Labels>,"), "{text}");
}

#[test]
fn unions_are_told_apart_by_tag_or_shape() {
    let mut types = TypeTable::default();
    let cat = types.push(definition("Cat", structure(vec![field("name", "name", of(STRING), Presence::Required)])));
    let dog = types.push(definition("Dog", structure(vec![field("name", "name", of(STRING), Presence::Required)])));
    let members = || {
        vec![
            member("Cat", of(Shape::Named(cat)), Probe::default()),
            member("Dog", of(Shape::Named(dog)), Probe::default()),
        ]
    };
    types.push(definition(
        "Pet",
        TypeKind::Union(Union {
            variants: members(),
            tagging: Tagging::Property {
                wire: "petType".into(),
                values: vec![(tag("cat"), 0), (tag("dog"), 1), (tag("puppy"), 1)],
                writes: vec![Some(TagWrite { value: tag("cat"), replaces: true }), None],
                otherwise: Otherwise::Refused,
            },
            by_name: false,
        }),
    ));
    let object = Probe {
        json: Probe::OBJECT,
        required: vec!["name".into()],
        known: vec!["name".into()],
        constants: vec![("kind".into(), vec![tag("c")])],
        closed: true,
        strings: vec![],
    };
    let text = Probe { json: Probe::STRING | Probe::INTEGER, ..Probe::default() };
    types.push(definition(
        "CatOrName",
        TypeKind::Union(Union {
            variants: vec![member("Cat", of(Shape::Named(cat)), object), member("Name", of(STRING), text)],
            tagging: Tagging::Shape,
            by_name: false,
        }),
    ));
    insta::assert_snapshot!(printed(&types));
}
