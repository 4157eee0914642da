//! Codes about schemas and the types made of them.

use super::CodeInfo;
use crate::diagnostics::Severity;

pub(super) static ALL: &[&CodeInfo] = &[
    &UNTYPED_SCHEMA,
    &CONFLICTING_SCHEMAS,
    &REQUIRED_ALTERNATIVES,
    &TOO_MANY_ALTERNATIVES,
    &AMBIGUOUS_UNION,
    &NESTED_TOO_DEEP,
    &MULTIPART_UNION,
    &WIDE_INTEGER,
];

/// A schema with a shape that no type can say.
pub static UNTYPED_SCHEMA: CodeInfo = CodeInfo {
    id: "untyped-schema",
    severity: Severity::Lowered,
    summary: "a schema that is kept as any JSON",
    explanation: "The schema asks for something, but for nothing that a Rust type can say. Its values are \
`serde_json::Value`: nothing is lost, nothing is checked.

Bad:

```yaml
Setting:
  enum: [{mode: dark}, [1, 2]]
```

Good:

```yaml
Setting:
  type: object
  properties: {mode: {type: string, enum: [dark]}}
```
",
};

/// `allOf` of schemas that no value can satisfy.
pub static CONFLICTING_SCHEMAS: CodeInfo = CodeInfo {
    id: "conflicting-schemas",
    severity: Severity::Lowered,
    summary: "schemas that hold at once but name different types",
    explanation: "`allOf`, or a property that a schema and its base both have, asks for values of two types at once. No value is \
both; the type of the schema that comes last, the more specific one, is taken.

Bad:

```yaml
allOf:
  - type: string
  - type: integer
```

Good:

```yaml
type: integer
```
",
};

/// Alternatives that differ in required properties only.
pub static REQUIRED_ALTERNATIVES: CodeInfo = CodeInfo {
    id: "required-alternatives",
    severity: Severity::Lowered,
    summary: "alternatives that differ only in which properties they require",
    explanation: "`anyOf: [{required: [a]}, {required: [b]}]` asks for one of two properties. The properties become optional; that \
one of them has to be there is not checked.

Bad:

```yaml
type: object
properties: {email: {type: string}, phone: {type: string}}
anyOf:
  - required: [email]
  - required: [phone]
```

Good:

```yaml
type: object
properties: {email: {type: string}, phone: {type: string}}
```
",
};

/// `oneOf` beside `anyOf` with more combinations than are worth a variant each.
pub static TOO_MANY_ALTERNATIVES: CodeInfo = CodeInfo {
    id: "too-many-alternatives",
    severity: Severity::Lowered,
    summary: "several sets of alternatives that hold at once",
    explanation:
        "Each pair of alternatives would be a variant of its own. Beyond a limit only the first set of alternatives is \
taken, the others are not checked.

Bad:

```yaml
allOf:
  - oneOf: [{$ref: '#/components/schemas/A1'}, {$ref: '#/components/schemas/A2'}, …]
  - oneOf: [{$ref: '#/components/schemas/B1'}, {$ref: '#/components/schemas/B2'}, …]
```

Good:

```yaml
type: object
properties:
  a: {oneOf: [{$ref: '#/components/schemas/A1'}, {$ref: '#/components/schemas/A2'}]}
  b: {oneOf: [{$ref: '#/components/schemas/B1'}, {$ref: '#/components/schemas/B2'}]}
```
",
};

/// A union of which two members look alike.
pub static AMBIGUOUS_UNION: CodeInfo = CodeInfo {
    id: "ambiguous-union",
    severity: Severity::Note,
    summary: "two members of a union that no value tells apart",
    explanation: "Neither a discriminator, nor a required constant, nor required properties tell the members apart: the first one \
that decodes is taken.

Bad:

```yaml
oneOf:
  - type: object
    properties: {name: {type: string}}
  - type: object
    properties: {name: {type: string}}
```

Good:

```yaml
oneOf:
  - type: object
    required: [kind]
    properties: {kind: {type: string, enum: [cat]}, name: {type: string}}
  - type: object
    required: [kind]
    properties: {kind: {type: string, enum: [dog]}, name: {type: string}}
```
",
};

/// Lists of lists of lists without end.
pub static NESTED_TOO_DEEP: CodeInfo = CodeInfo {
    id: "nested-too-deep",
    severity: Severity::Lowered,
    summary: "a schema nested so deep that it is kept as any JSON",
    explanation: "Types are nested to a limit, so that no document can exhaust the stack. What lies deeper is any JSON.

Bad: a hundred arrays in one another.

Good:

```yaml
type: array
items: {$ref: '#/components/schemas/Row'}
```
",
};

/// A multipart body with alternatives.
pub static MULTIPART_UNION: CodeInfo = CodeInfo {
    id: "multipart-union",
    severity: Severity::Lowered,
    summary: "a multipart body with alternatives",
    explanation: "A multipart body is a struct with one field per part. Alternatives are merged into one struct in which the parts \
that only some of them have are optional.

Bad:

```yaml
multipart/form-data:
  schema:
    oneOf:
      - {type: object, required: [file], properties: {file: {type: string, format: binary}}}
      - {type: object, required: [url], properties: {url: {type: string}}}
```

Good:

```yaml
multipart/form-data:
  schema:
    type: object
    properties: {file: {type: string, format: binary}, url: {type: string}}
```
",
};

/// Integers of which unions and any JSON lose digits.
pub static WIDE_INTEGER: CodeInfo = CodeInfo {
    id: "wide-integer",
    severity: Severity::Note,
    summary: "an integer of more than 64 bits",
    explanation: "Its format, or a bound or value that it is compared with, goes beyond 64 bits, so it is an `i128` or `u128`. A field, \
item or parameter of that type keeps every digit. Unions and any JSON read numbers beyond 64 bits as doubles: a member of a union \
that is an integer refuses them, and any JSON keeps about 16 digits.

Bad: `{type: integer, format: uint128}` as a member of `oneOf`.

Good: `{type: string, pattern: '^[0-9]+$'}`, which keeps every digit everywhere.
",
};
