//! Codes about the passes that lower a document to one canonical form.

use super::{CodeInfo, Effect, Severity};

codes! {
    DANGLING_REFERENCE = "dangling-reference" Warning(Degraded)
    "a reference has no target"
    "A `$ref`, or the mapping of a discriminator, names something that the document does not contain. A schema becomes any JSON, and the body or a response of an operation becomes bytes; other objects are left out. Define the target, or correct the reference.

Bad: `$ref: '#/components/schemas/Usr'`.

Good: `$ref: '#/components/schemas/User'` with `User` in `components.schemas`."

    ENDLESS_REFERENCE = "endless-reference" Warning(Degraded)
    "references form a cycle"
    "Components that only refer to each other describe nothing. Such schemas accept any JSON; other components are left out. Write at least one of them out in full.

Bad: `A: {$ref: '#/components/schemas/B'}` and `B: {$ref: '#/components/schemas/A'}`.

Good: `A: {$ref: '#/components/schemas/B'}` and `B: {type: string}`."

    COMPOSITION_CYCLE = "composition-cycle" Warning(Degraded)
    "a schema is composed of itself"
    "`allOf`, `anyOf` or `oneOf` lead back to the schema that contains them, which would make that schema a part of itself. The reference that closes the cycle is removed. If a schema inherits from a base that lists its subtypes, the subtype gets the keywords of the base itself, and nothing is lost.

Bad: `A: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {name: {type: string}}}]}`.

Good: `A: {properties: {parent: {$ref: '#/components/schemas/A'}}}`: recursion through a property is fine."

    UNKNOWN_TYPE = "unknown-type" Warning(Degraded)
    "a `type` is not defined by JSON Schema"
    "Types are `string`, `integer`, `number`, `boolean`, `object`, `array` and `null`. Differences in case are tolerated; any other name makes the schema any JSON. Use one of these, with a `format` if needed.

Bad: `type: float`.

Good: `type: number` with `format: float`."

    DUPLICATE_ENUM_VALUE = "duplicate-enum-value" Note
    "an `enum` lists a value twice"
    "The second occurrence is ignored; remove it.

Bad: `enum: [a, b, a]`.

Good: `enum: [a, b]`."

    ENUM_VALUE_OF_OTHER_TYPE = "enum-value-of-other-type" Warning(Degraded)
    "a value in `enum` does not have the type of its schema"
    "The value could never be valid. Numbers and booleans in an enum of strings are read as strings, since they are usually strings whose quotes are missing; other values are left out. Correct the value or the type.

Bad: `{type: integer, enum: [1, two]}`.

Good: `{type: integer, enum: [1, 2]}`."

    UNSUPPORTED_KEYWORD = "unsupported-keyword" Warning(Degraded)
    "a keyword cannot be expressed in a type"
    "Servers check `not`, `if`, `contains` and similar keywords on the JSON of a value. They cannot do so if the schema under such a keyword refers to itself or is very large. Nor can they check `unevaluatedProperties` beside `anyOf`, or schemas in `dependencies`. Values that break such keywords are accepted. In multipart bodies, parts within parts and the headers of parts that are not files are ignored, too: the part is sent without them. State such constraints in the description.

Bad:

```yaml
Tree:
  type: object
  properties: {child: {$ref: '#/components/schemas/Tree'}}
  not: {$ref: '#/components/schemas/Tree'}
```

Good: a `description` that says so, or separate schemas in `oneOf`."

    IDLE_KEYWORD = "idle-keyword" Note
    "a keyword has no effect where it is"
    "`then` and `else` need `if` beside them, and `if` needs one of them; `minContains` and `maxContains` need `contains`, `additionalItems` needs a list in `items`. Beside a `$ref`, a `type` other than that of its target is not used. JSON Schema ignores such a keyword; a `type` that contradicts the target would allow no value at all. Move it to the keyword that it belongs to, or remove it.

Bad: `{then: {required: [iban]}}` without `if`.

Good: `{if: {properties: {method: {const: transfer}}}, then: {required: [iban]}}`."

    EMPTY_COMPOSITION = "empty-composition" Warning(Degraded)
    "`allOf`, `anyOf` or `oneOf` has no members"
    "The keyword is ignored. Name at least one schema, or remove the keyword.

Bad: `oneOf: []`.

Good: `oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]`."

    DUPLICATE_REQUIRED = "duplicate-required" Note
    "`required` names a property twice"
    "The second occurrence is ignored; remove it.

Bad: `required: [id, id]`.

Good: `required: [id]`."

    DEFAULT_DOES_NOT_FIT = "default-does-not-fit" Warning(Degraded)
    "a default is not valid for its schema"
    "The default is ignored. Correct the default or the schema.

Bad: `{type: integer, default: ten}`.

Good: `{type: integer, default: 10}`."

    MISSING_PART = "missing-part" Warning(Degraded)
    "an operation refers to a parameter, body or response that does not exist"
    "The operation is generated without it: a parameter is left out (a path variable becomes a string), and a request body or response becomes bytes of any media type. Define the target, or correct the reference.

Bad: `requestBody: {$ref: '#/components/requestBodies/Missing'}`.

Good: a reference to a request body that is defined."

    PATH_WITHOUT_SLASH = "path-without-slash" Warning(Degraded)
    "a path does not start with a slash"
    "Paths are appended to the URL of the server, so the slash is added. If that path exists already, this one is left out. Add the slash.

Bad: `paths: {users: …}`.

Good: `paths: {/users: …}`."

    BODY_WITHOUT_CONTENT = "body-without-content" Warning(Degraded)
    "a request body has no media type"
    "Nothing says what may be sent, so the operation takes no body. Add a `content` with at least one media type.

Bad: `requestBody: {content: {}}`.

Good: `requestBody: {content: {application/json: {schema: {…}}}}`."

    UNUSABLE_PARAMETER = "unusable-parameter" Warning(Degraded)
    "a parameter has no name or an invalid location"
    "A parameter needs a `name`, and an `in` that is `path`, `query`, `header` or `cookie`. Without these, it cannot be sent, so it is left out.

Bad: `{name: id, in: body}`.

Good: `{name: id, in: query, schema: {type: string}}`."

    RESERVED_HEADER = "reserved-header" Note
    "the format ignores a header parameter"
    "`Accept`, `Content-Type` and `Authorization` follow from media types and security requirements. OpenAPI says that parameters with these names are ignored. Describe security with a security scheme, and media types under `content`.

Bad: `{name: Authorization, in: header}`.

Good: a security scheme of type `http`."

    DUPLICATE_PARAMETER = "duplicate-parameter" Warning(Degraded)
    "an operation lists the same parameter twice"
    "A parameter is identified by its name and location. The first one is used. Remove or rename the second.

Bad: two parameters `{name: id, in: query}`.

Good: one of them, or a different name."

    INVALID_PATH_TEMPLATE = "invalid-path-template" Warning(Degraded)
    "the braces of a path do not enclose names"
    "Each `{` needs a name and a `}`. The path is used literally, without parameters. Add the missing brace or name.

Bad: `/users/{id`.

Good: `/users/{id}`."

    PATH_VARIABLE_WITHOUT_PARAMETER = "path-variable-without-parameter" Warning(Degraded)
    "a path variable has no parameter"
    "The variable becomes a parameter of type string. Describe it under `parameters`, with `in: path`.

Bad: `/users/{id}` without parameters.

Good: `/users/{id}` with `{name: id, in: path, required: true, schema: {type: string}}`."

    PATH_PARAMETER_NOT_IN_PATH = "path-parameter-not-in-path" Warning(Degraded)
    "a path parameter does not occur in its path"
    "The path has no variable for its value. If exactly one variable of the path has no parameter, the parameter is used for that variable. Otherwise, the parameter is left out. Use the same name in both places.

Bad: `/users/{user_id}` with `{name: userId, in: path}`.

Good: one name in both."

    OPTIONAL_PATH_PARAMETER = "optional-path-parameter" Note
    "a path parameter is not `required: true`"
    "A request cannot leave out a part of its path, so the parameter is required anyway. Write `required: true`, as the format requires.

Bad: `{name: id, in: path, schema: {type: string}}`.

Good: `{name: id, in: path, required: true, schema: {type: string}}`."

    PARAMETER_WITHOUT_SCHEMA = "parameter-without-schema" Warning(Degraded)
    "a parameter or header has neither `schema` nor `content`"
    "A `type` beside the name is read as the schema, as in Swagger 2.0; otherwise the parameter is a string. Put the keywords under `schema`.

Bad: `{name: limit, in: query, type: integer}`.

Good: `{name: limit, in: query, schema: {type: integer}}`."

    INVALID_STYLE = "invalid-style" Warning(Degraded)
    "a parameter has a style that its location does not allow"
    "The default style of the location is used instead, except that `simple` in a query becomes a list separated by commas. Choose a style that the location allows.

Bad: `{name: ids, in: query, style: simple}`.

Good: `{name: ids, in: query, style: form, explode: false}`."
}
