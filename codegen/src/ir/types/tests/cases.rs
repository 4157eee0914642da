use super::outline::{outline, ty};
use super::{REQUEST, RESPONSE, document, schema, table, types};
use crate::diagnostics::Diagnostics;
use crate::ir::model::{Presence, TypeKind, Usage};
use crate::ir::types::{Choices, NameHint, PathParameter, TypeBuilder, finish};

#[test]
fn a_struct_has_its_properties_in_order_and_inline_types_are_named_by_path() {
    let found = types(
        "    User:
      type: object
      required: [id, kind]
      properties:
        id: {type: string, format: uuid}
        kind: {type: string, enum: [admin]}
        address: {type: object, properties: {zip: {type: string}}}
        roles: {type: array, items: {type: string, enum: [a, b]}}
        note: {type: [string, 'null']}",
    );
    assert_eq!(
        found,
        [
            "struct User { id: Uuid, kind: UserKind = Admin, address?: UserAddress, roles?: [UserRolesItem], note?: String? }",
            "enum UserKind { Admin=admin }",
            "struct UserAddress { zip?: String }",
            "enum UserRolesItem { A=a, B=b }",
        ]
    );
}

#[test]
fn named_scalars_are_newtypes_and_named_formats_are_aliases() {
    let found = types(
        "    AppID: {type: string}
    Created: {type: string, format: date-time}
    Names: {type: array, items: {$ref: '#/components/schemas/AppID'}}
    Other: {$ref: '#/components/schemas/AppID'}
    Free: {}
    Map: {type: object, additionalProperties: {type: integer, format: int32}}
    Huge: {type: integer, maximum: 18446744073709551615, minimum: 0}",
    );
    assert_eq!(
        found,
        [
            "newtype AppId(String)",
            "alias Created = DateTime",
            "alias Names = [AppId]",
            "alias Other = AppId",
            "alias Free = any",
            "alias Map = {i32}",
            "newtype Huge(u64*)",
        ]
    );
}

#[test]
fn other_properties_are_kept_ignored_or_denied() {
    let found = types(
        "    Kept: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}
    Any: {type: object, properties: {a: {type: string}}, additionalProperties: true}
    Denied: {type: object, properties: {a: {type: string}}, additionalProperties: false}
    Patterns: {type: object, properties: {a: {type: string}}, patternProperties: {^x-: {type: string}}, additionalProperties: false}
    Empty: {type: object}",
    );
    assert_eq!(
        found,
        [
            "struct Kept { a?: String, ..: i64 }",
            "struct Any { a?: String, ..: any }",
            "struct Denied { a?: String, ! }",
            "struct Patterns { a?: String, ..^x-: String }",
            "alias Empty = {any}",
        ]
    );
}

#[test]
fn lists_with_a_prefix_are_tuples_only_where_they_end() {
    let found = types(
        "    Point: {type: array, prefixItems: [{type: number}, {type: string}], items: false}
    Row: {type: array, prefixItems: [{type: number}, {type: string}], items: {type: boolean}}
    Long: {type: array, items: {type: string}, minItems: 100000, maxItems: 100000}",
    );
    assert_eq!(
        found,
        [
            "alias Point = (Float64, String)",
            "alias Row = [RowItem]*",
            "union RowItem { Number(Float64), String(String), Boolean(Bool) } by shape",
            "alias Long = [String]*",
        ]
    );
}

#[test]
fn a_schema_with_read_only_properties_is_split_by_direction() {
    let schemas = "    User:
      type: object
      properties:
        id: {type: string, readOnly: true}
        password: {type: string, writeOnly: true}
        home: {$ref: '#/components/schemas/Home'}
        plain: {$ref: '#/components/schemas/Plain'}
    Home: {type: object, properties: {at: {$ref: '#/components/schemas/At', readOnly: true}}}
    Plain: {type: object, properties: {a: {type: string}}}
    At: {type: string}";
    let (both, _) = table(schemas, &[("User", REQUEST), ("User", RESPONSE)]);
    assert_eq!(
        outline(&both),
        [
            "struct User { id?: String, home?: Home, plain?: Plain }",
            "struct UserRequest { password?: String, home?: HomeRequest, plain?: Plain }",
            "struct Home { at?: At }",
            "struct HomeRequest {  }",
            "struct Plain { a?: String }",
            "newtype At(String)",
        ]
    );
    let (one, _) = table(schemas, &[("User", REQUEST)]);
    assert_eq!(outline(&one), outline(&both), "names and items do not depend on the directions in use");
    let usage = |name: &str| both.iter().find(|(_, d)| d.name.as_str() == name).unwrap().1.usage;
    assert_eq!(usage("Plain"), Usage { request: true, response: true });
    assert_eq!(usage("HomeRequest"), REQUEST);
}

#[test]
fn recursion_is_boxed_or_named() {
    let found = types(
        "    Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, all: {type: array, items: {$ref: '#/components/schemas/Node'}}}}
    Tree: {type: array, items: {$ref: '#/components/schemas/Tree'}}
    Json: {oneOf: [{type: string}, {$ref: '#/components/schemas/Wrap'}]}
    Wrap: {type: object, properties: {json: {$ref: '#/components/schemas/Json'}}}",
    );
    assert_eq!(
        found,
        [
            "struct Node { next?: box Node, all?: [Node] }",
            "newtype Tree([Tree])",
            "union Json { String(String), Wrap(box Wrap) } by shape",
            "struct Wrap { json?: box Json }",
        ]
    );
}

#[test]
fn flags_say_what_can_be_derived() {
    let (table, _) = table(
        "    A: {type: object, required: [k], properties: {k: {type: string, enum: [x]}, n: {type: integer}}}
    B: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}, f: {$ref: '#/components/schemas/C'}}}
    C: {type: object, properties: {f: {type: number}}}",
        &[],
    );
    let flags: Vec<_> = table.iter().map(|(_, d)| (d.name.to_string(), d.default, d.eq)).collect();
    let expected = [("A", true, true), ("AK", true, true), ("B", false, false), ("C", true, false)];
    let expected: Vec<_> = expected.map(|(name, default, eq)| (name.to_owned(), default, eq)).into();
    assert_eq!(flags, expected);
}

#[test]
fn enums_of_every_kind_are_typed() {
    let found = types(
        "    Mixed: {enum: [1, a, true]}
    Level: {type: integer, enum: [1, 2], x-enum-varnames: [Low, High]}
    Bare: {type: integer, enum: [1, 2]}
    Sort: {type: string, enum: [name, -name, '', unknown]}
    Flag: {type: boolean, enum: [true]}",
    );
    assert_eq!(
        found,
        [
            "union Mixed { String(MixedString), Integer(i64*), Boolean(Bool*) } by shape",
            "enum MixedString { A=a }",
            "integer enum Level { Low=1, High=2 }",
            "newtype Bare(i64*)",
            "enum Sort { Name=name, MinusName=-name, Empty=, UnknownValue=unknown }",
            "newtype Flag(Bool*)",
        ]
    );
}

#[test]
fn an_enum_is_closed_on_request() {
    let document = document("    Mode: {type: string, enum: [a]}");
    let choices = Choices { strict_enums: [("Mode".to_owned(), None)].into_iter().collect(), ..Choices::default() };
    let table = finish(TypeBuilder::new(&document, &choices), &mut Diagnostics::new()).0;
    assert_eq!(outline(&table), ["closed enum Mode { A=a }"]);
}

#[test]
fn a_text_that_is_chosen_is_also_read_from_a_number() {
    let document = document("    UserId: {type: string}\n    GroupId: {type: string}\n    Level: {type: integer}");
    let read_numbers = ["UserId", "Level"].map(|name| (name.to_owned(), None)).into_iter().collect();
    let choices = Choices { read_numbers, ..Choices::default() };
    let (table, _) = finish(TypeBuilder::new(&document, &choices), &mut Diagnostics::new());
    let reads: Vec<bool> = table
        .definitions
        .iter()
        .map(|ty| matches!(&ty.kind, TypeKind::Newtype(newtype) if newtype.reads_numbers))
        .collect();
    assert_eq!(reads, [true, false, false]);
}

#[test]
fn pruning_leaves_out_types_that_no_operation_reaches() {
    let document = document(
        "    Used: {type: object, properties: {a: {$ref: '#/components/schemas/Inner'}}}\n    Inner: {type: string}\n    Unused: {type: string}",
    );
    let choices = Choices { prune: true, ..Choices::default() };
    let mut builder = TypeBuilder::new(&document, &choices);
    builder.type_use(schema(&document, "Used"), "", RESPONSE, &NameHint::new("x"), &mut Diagnostics::new());
    let table = finish(builder, &mut Diagnostics::new()).0;
    assert_eq!(outline(&table), ["struct Used { a?: Inner }", "newtype Inner(String)"]);
}

#[test]
fn multipart_structs_hold_bytes() {
    let document = document(
        "    Upload: {type: object, required: [file], properties: {file: {type: string, format: binary}, more: {type: array, items: {type: string, format: binary}}, note: {type: string}}}",
    );
    let mut builder = TypeBuilder::new(&document, &Choices::default());
    let upload = schema(&document, "Upload");
    let mut out = Diagnostics::new();
    let id = builder.multipart(upload, "", REQUEST, &NameHint::new("x"), &mut out).unwrap();
    assert!(
        matches!(&builder.definition(id).kind, TypeKind::Struct(object) if object.fields[0].presence == Presence::Required)
    );
    builder.type_use(upload, "", REQUEST, &NameHint::new("x"), &mut out);
    assert_eq!(
        outline(&finish(builder, &mut out).0),
        [
            "struct UploadForm { file: Binary, more?: [Binary], note?: String }",
            "struct Upload { file: String, more?: [String], note?: String }",
        ]
    );
}

#[test]
fn path_parameters_that_could_be_swapped_are_newtypes() {
    let document =
        document("    AppID: {type: string}\n    UserId: {type: string}\n    Text: {type: string, format: uuid}");
    let text =
        crate::document::Node::from_json(&serde_json::json!({"type": "string"}), crate::document::Span::default());
    let mut builder = TypeBuilder::new(&document, &Choices::default());
    let parameter = |name| PathParameter { schema: &text, pointer: "/p", name, component: None };
    let mut out = Diagnostics::new();
    let hint = NameHint::new("op");
    let one = builder.path_parameters(&[parameter("order_id")], &hint, &mut out);
    let two = builder.path_parameters(&[parameter("order_id"), parameter("userID")], &hint, &mut out);
    let again = builder.path_parameters(&[parameter("a"), parameter("order_id")], &hint, &mut out);
    let component = PathParameter { component: Some("appIDParam"), ..parameter("appID") };
    let named = builder.path_parameters(&[component], &hint, &mut out);
    let table = finish(builder, &mut out).0;
    let written = |types: &[crate::ir::model::TypeUse]| types.iter().map(|t| ty(&table, t)).collect::<Vec<_>>();
    assert_eq!(written(&one), ["String"]);
    assert_eq!(written(&two), ["OrderId", "UserId"]);
    assert_eq!(written(&again), ["A", "OrderId"]);
    assert_eq!(written(&named), ["AppId"]);
    assert_eq!(table.iter().filter(|(_, d)| d.name.as_str().starts_with("UserId")).count(), 1);
}

#[test]
fn a_new_schema_renames_no_other() {
    let one = types("    foo: {type: object, properties: {bar: {type: object, properties: {a: {type: string}}}}}");
    let two = types(
        "    aaa: {type: string}\n    foo: {type: object, properties: {bar: {type: object, properties: {a: {type: string}}}}}",
    );
    assert_eq!(one, two[1..]);
}

#[test]
fn docs_come_with_examples_and_provenance() {
    let (table, _) = table(
        "    A:
      type: object
      description: \"First line.\\n\\nThe rest.\"
      x-provenance: {level: inferred, note: from a log}
      properties:
        a: {type: string, description: A field, deprecated: true, examples: [x], default: y}",
        &[],
    );
    let (_, definition) = table.iter().next().unwrap();
    assert_eq!(definition.doc.summary.as_deref(), Some("First line."));
    assert_eq!(definition.doc.body.as_deref(), Some("The rest."));
    assert_eq!(definition.doc.provenance.as_deref(), Some("inferred: from a log"));
    assert_eq!(definition.origin.pointer, "/components/schemas/A");
    let TypeKind::Struct(object) = &definition.kind else { panic!("a struct") };
    let field = &object.fields[0];
    assert_eq!(field.doc.summary.as_deref(), Some("A field"));
    assert_eq!(field.doc.examples, [serde_json::json!("x")]);
    assert_eq!(field.default, Some(serde_json::json!("y")));
    assert!(field.doc.deprecated.is_some());
}
