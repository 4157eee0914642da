//! Codes about schemas and the types made of them.

use super::{CodeInfo, Effect, Severity};

codes! {
    UNTYPED_SCHEMA = "untyped-schema" Warning(Degraded)
    "a schema is read as any JSON"
    "No Rust type can express the constraints of the schema. Its values are `serde_json::Value`: nothing is lost, but nothing is checked. Give the schema a `type`, or split it into schemas that have one.

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
    "schemas that apply together have different types"
    "The members of an `allOf`, or a property and the one that it overrides, require a value to have two types at once, which is impossible. The type of the last schema is used, because it is the more specific one. Make the types agree.

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

    REQUIRED_ALTERNATIVES = "required-alternatives" Note
    "alternatives differ only in the properties that they require"
    "`anyOf: [{required: [a]}, {required: [b]}]` requires one of two properties. Both become optional. The compiler does not notice if both are missing, but servers refuse such values. Describe the constraint in words.

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
    "several sets of alternatives apply together"
    "Every combination of alternatives would become a variant. Beyond a limit, only the first set is used, and the others are not checked. Move each set to a property.

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
    "no value tells two members of a union apart"
    "The members differ neither by a discriminator, nor by a required constant, nor by their required properties. The first member that decodes is used. Add a discriminator, or a required property with a different constant in each member.

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
    "a schema is nested too deeply for a type"
    "The nesting of types is limited, so that no document can exhaust the stack. Deeper schemas become any JSON. Name the inner schemas, and refer to them.

Bad: a hundred arrays, each in the one before.

Good:

```yaml
type: array
items: {$ref: '#/components/schemas/Row'}
```"

    MULTIPART_UNION = "multipart-union" Warning(Degraded)
    "a multipart body has alternatives"
    "A multipart body becomes a struct with one field for each part. Alternatives are merged into one struct, in which the parts that only some of them have are optional. Describe the body with one object.

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

    BYTES_IN_JSON = "bytes-in-json" Note
    "a JSON value is documented as bytes"
    "`format: binary` and a `contentMediaType` of bytes describe bodies, and files in forms. A JSON value cannot be bytes, so the text that is sent is kept as it is. If the text encodes bytes, say how.

Bad: `{type: string, format: binary}` as a property of a JSON body.

Good: `{type: string, contentEncoding: base64}`."

    WIDE_INTEGER = "wide-integer" Note
    "an integer has more than 64 bits"
    "Its format, a bound or an enum value exceeds 64 bits, so it is an `i128` or `u128`. Fields, items and parameters of that type keep every digit. Unions and untyped JSON values read such numbers as doubles: an integer member of a union rejects them, and an untyped value keeps about 16 digits. Use a string where every digit matters.

Bad: `{type: integer, format: uint128}` as a member of `oneOf`.

Good: `{type: string, pattern: '^[0-9]+$'}`, which keeps every digit everywhere."
}
