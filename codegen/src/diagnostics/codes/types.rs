//! Codes about schemas and the types made of them.

use super::{CodeInfo, Effect, Severity};

codes! {
    UNTYPED_SCHEMA = "untyped-schema" Warning(Degraded)
    "a schema that is kept as any JSON"
    "The schema asks for something, but for nothing that a Rust type can say. Its values are `serde_json::Value`: nothing is lost, nothing is checked.

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
```"

    CONFLICTING_SCHEMAS = "conflicting-schemas" Warning(Degraded)
    "schemas that hold at once but name different types"
    "`allOf`, or a property that a schema and its base both have, asks for values of two types at once. No value is both; the type of the schema that comes last, the more specific one, is taken.

Bad:

```yaml
allOf:
  - type: string
  - type: integer
```

Good:

```yaml
type: integer
```"

    REQUIRED_ALTERNATIVES = "required-alternatives" Warning(Degraded)
    "alternatives that differ only in which properties they require"
    "`anyOf: [{required: [a]}, {required: [b]}]` asks for one of two properties. The properties become optional; that one of them has to be there is not checked.

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
```"

    TOO_MANY_ALTERNATIVES = "too-many-alternatives" Warning(Degraded)
    "several sets of alternatives that hold at once"
    "Each pair of alternatives would be a variant of its own. Beyond a limit only the first set of alternatives is taken, the others are not checked.

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
```"

    AMBIGUOUS_UNION = "ambiguous-union" Note
    "two members of a union that no value tells apart"
    "Neither a discriminator, nor a required constant, nor required properties tell the members apart: the first one that decodes is taken.

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
```"

    NESTED_TOO_DEEP = "nested-too-deep" Warning(Degraded)
    "a schema nested so deep that it is kept as any JSON"
    "Types are nested to a limit, so that no document can exhaust the stack. What lies deeper is any JSON.

Bad: a hundred arrays in one another.

Good:

```yaml
type: array
items: {$ref: '#/components/schemas/Row'}
```"

    MULTIPART_UNION = "multipart-union" Warning(Degraded)
    "a multipart body with alternatives"
    "A multipart body is a struct with one field per part. Alternatives are merged into one struct in which the parts that only some of them have are optional.

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
```"

    WIDE_INTEGER = "wide-integer" Note
    "an integer of more than 64 bits"
    "Its format, or a bound or value that it is compared with, goes beyond 64 bits, so it is an `i128` or `u128`. A field, item or parameter of that type keeps every digit. Unions and any JSON read numbers beyond 64 bits as doubles: a member of a union that is an integer refuses them, and any JSON keeps about 16 digits.

Bad: `{type: integer, format: uint128}` as a member of `oneOf`.

Good: `{type: string, pattern: '^[0-9]+$'}`, which keeps every digit everywhere."
}
