//! Fixtures of the passes on schemas.

use super::lowered;

macro_rules! fixture {
    ($pass:literal, $yaml:literal) => {{
        let indented: Vec<String> = $yaml.lines().map(|line| format!("    {line}")).collect();
        let document = format!("components:\n  schemas:\n{}\n", indented.join("\n"));
        insta::assert_snapshot!($pass, lowered(&document));
    }};
}

#[test]
fn boolean_schemas_become_objects() {
    fixture!(
        "booleans",
        "
S:
  properties: {anything: true, nothing: false, missing: null, text: no schema}
  additionalProperties: true
Closed: {type: object, additionalProperties: false}
"
    );
}

#[test]
fn keywords_that_only_name_schemas_are_removed() {
    fixture!(
        "bookkeeping",
        "
S: {$id: 'https://example.com/s', $schema: x, $comment: y, type: object, properties: {$id: {type: string}}}
T: {$dynamicRef: '#nowhere'}
"
    );
}

#[test]
fn examples_of_schemas_are_lists() {
    fixture!(
        "examples",
        "
One: {type: object, example: {$ref: data, type: [a, b]}}
Both: {type: integer, example: 1, examples: [2]}
Named: {type: integer, examples: {first: {value: 1}, second: {summary: s, value: 2}}}
Single: {type: string, examples: a}
"
    );
}

#[test]
fn nullable_is_true_or_absent() {
    fixture!(
        "nullable",
        "
Old: {type: string, x-nullable: true}
No: {type: string, nullable: false}
Yes: {type: string, nullable: true}
"
    );
}

#[test]
fn exclusive_bounds_are_numbers() {
    fixture!(
        "bounds",
        "
Old: {type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}
New: {type: integer, minimum: 1, exclusiveMinimum: 0}
Alone: {type: integer, exclusiveMaximum: true}
"
    );
}

#[test]
fn lists_of_items_are_tuples() {
    fixture!(
        "tuples",
        "
Open: {items: [{type: string}, true]}
Closed: {type: array, items: [{type: string}], additionalItems: false}
New: {prefixItems: [{type: string}], items: {type: integer}}
"
    );
}

#[test]
fn encoded_content_is_a_format() {
    fixture!(
        "content",
        "
Encoded: {contentEncoding: base64, contentMediaType: image/png}
Raw: {contentMediaType: application/octet-stream}
Json: {type: string, contentMediaType: application/json, contentSchema: {type: object}}
File: {type: file}
"
    );
}

#[test]
fn expressions_are_those_of_ecmascript() {
    fixture!(
        "patterns",
        "
Other: {type: string, pattern: '(?i)^a$'}
None: {type: string, pattern: '['}
Names: {type: object, patternProperties: {'^a': {type: string}, '[': {type: string}}}
"
    );
}

#[test]
fn a_constant_is_an_enum_of_one() {
    fixture!(
        "constants",
        "
Text: {const: a}
Number: {type: integer, const: 1}
Nothing: {const: null}
Property: {properties: {const: {const: 2}}}
"
    );
}

#[test]
fn a_schema_has_one_type() {
    fixture!(
        "types",
        "
Nullable: {type: [string, 'null'], minLength: 1}
Two: {type: [string, integer], description: d, minLength: 1, minimum: 2, default: 3, enum: [a, 5]}
Numbers: {type: [integer, number]}
Everything: {type: [string, number, boolean, object, array, 'null']}
Composed: {type: [object, 'null'], oneOf: [{properties: {a: {}}}, {properties: {b: {}}}]}
Upper: {type: String}
Unknown: {type: dict}
Any: {type: any}
Null: {type: 'null', nullable: true}
"
    );
}

#[test]
fn enums_hold_each_value_once_and_no_null() {
    fixture!(
        "enums",
        "
Nullable: {type: string, enum: [a, null]}
Twice: {enum: [a, b, a]}
Yaml: {type: string, enum: [true, 1, a]}
Other: {type: integer, enum: [1, x]}
Items: {type: array, items: {type: string}, enum: [a, b]}
Empty: {type: string, enum: []}
OnlyNull: {enum: [null]}
"
    );
}

#[test]
fn compositions_hold_no_null_and_more_than_one_member() {
    fixture!(
        "composition",
        "
Nullable: {anyOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}], description: d}
Enum: {oneOf: [{type: string}, {type: integer}, {enum: [null]}]}
Member: {oneOf: [{type: string, nullable: true}, {type: integer}]}
Idiom: {nullable: true, allOf: [{$ref: '#/components/schemas/A'}]}
Annotated: {allOf: [{$ref: '#/components/schemas/A'}, {description: d, readOnly: true}]}
Typed: {type: object, allOf: [{$ref: '#/components/schemas/A'}]}
Nested: {anyOf: [{anyOf: [{type: string}, {type: integer}]}, {type: boolean}]}
Beside: {properties: {b: {type: string}}, anyOf: [{$ref: '#/components/schemas/A'}]}
Nothing: {oneOf: [{type: 'null'}]}
Empty: {allOf: []}
A: {type: object, properties: {a: {type: string}}}
"
    );
}

#[test]
fn constraints_beside_a_reference_become_members_of_all_of() {
    fixture!(
        "siblings",
        "
Annotated: {$ref: '#/components/schemas/A', description: d, readOnly: true, type: object, x-note: n}
Constrained: {$ref: '#/components/schemas/A', description: d, required: [a]}
Named: {type: object, properties: {$ref: {type: string}}}
A: {type: object, properties: {a: {type: string}}}
"
    );
}

#[test]
fn keywords_that_no_type_can_express_are_kept_as_assertions() {
    fixture!(
        "assertions",
        "
Not: {type: object, not: {required: [a]}}
If: {type: object, if: {required: [a]}, then: {required: [b]}}
OnlyIf: {type: object, if: {required: [a]}}
Names: {type: object, propertyNames: {type: string}, dependentRequired: {a: [b]}}
Contains: {type: array, contains: {type: string}, minContains: 2}
Never: {not: {}}
Either: {type: object, anyOf: [{required: [a]}, {not: {required: [b]}}]}
Old: {type: object, dependencies: {a: [b], b: {required: [c]}}}
Beside: {$ref: '#/components/schemas/Closed', not: {required: [a]}}
Closed: {type: object}
"
    );
}

#[test]
fn objects_are_closed_where_the_evaluated_properties_are_known() {
    fixture!(
        "unevaluated",
        "
Closed: {type: object, unevaluatedProperties: false}
Composed: {allOf: [{properties: {a: {}}}, {properties: {b: {}}}], unevaluatedProperties: false}
AnyOf: {anyOf: [{properties: {a: {}}}, {properties: {b: {}}}], unevaluatedProperties: false}
Tuple: {prefixItems: [{type: string}], unevaluatedItems: false}
Items: {allOf: [{type: array}, {prefixItems: [{type: string}]}], unevaluatedItems: false}
"
    );
}

#[test]
fn additional_properties_are_a_flag_or_limit_values() {
    fixture!(
        "objects",
        "
Open: {type: object, additionalProperties: {}}
Closed: {type: object, additionalProperties: {not: {}}}
Map: {type: object, additionalProperties: {type: string}}
Required: {type: object, required: [a, a, b]}
None: {type: object, required: []}
"
    );
}

#[test]
fn keywords_imply_the_type() {
    fixture!(
        "implied",
        "
Object: {properties: {a: {}}}
Array: {minItems: 1}
Text: {maxLength: 1, nullable: true}
Number: {exclusiveMinimum: 0}
Integer: {format: int32}
Date: {format: date-time}
Enum: {enum: [1, 2]}
Mixed: {enum: [1, a]}
Union: {oneOf: [{type: string}, {type: integer}], minLength: 1}
Any: {description: d}
"
    );
}
