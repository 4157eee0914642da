//! Codes about the passes that bring a document to one form.

use super::{CodeInfo, Effect, Severity};

codes! {
    DANGLING_REFERENCE = "dangling-reference" Warning(Degraded)
    "a reference names nothing"
    "A `$ref` (or the mapping of a discriminator) names something that is not in the document. A schema becomes any JSON, the body or a response of an operation any bytes; other objects are left out.

Bad: `$ref: '#/components/schemas/Usr'`.

Good: `$ref: '#/components/schemas/User'` with `User` in `components.schemas`."

    ENDLESS_REFERENCE = "endless-reference" Warning(Degraded)
    "references lead back to where they start"
    "Components that only refer to each other in a circle say nothing. Schemas become any JSON, other components are left out.

Bad: `A: {$ref: '#/components/schemas/B'}` and `B: {$ref: '#/components/schemas/A'}`.

Good: `A: {$ref: '#/components/schemas/B'}` and `B: {type: string}`."

    COMPOSITION_CYCLE = "composition-cycle" Warning(Degraded)
    "a schema is composed of itself"
    "`allOf`, `anyOf` and `oneOf` that lead back to the schema they stand in ask that it be part of itself. The reference that comes back is cut; where it inherits from a base that lists its heirs, the heir gets what the base says itself and nothing is lost.

Bad: `A: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {name: {type: string}}}]}`.

Good: `A: {properties: {parent: {$ref: '#/components/schemas/A'}}}`: recursion through a property is fine."

    UNKNOWN_TYPE = "unknown-type" Warning(Degraded)
    "a `type` is not one of JSON Schema"
    "Types are `string`, `integer`, `number`, `boolean`, `object`, `array` and `null`. Other names are read regardless of case where that helps; else the schema is any JSON.

Bad: `type: float`.

Good: `type: number` with `format: float`."

    DUPLICATE_ENUM_VALUE = "duplicate-enum-value" Note
    "`enum` has a value twice"
    "The second one is ignored.

Bad: `enum: [a, b, a]`.

Good: `enum: [a, b]`."

    ENUM_VALUE_OF_OTHER_TYPE = "enum-value-of-other-type" Warning(Degraded)
    "a value in `enum` is not of the type of its schema"
    "No value can be both. Numbers and booleans in an enum of strings are read as strings, as YAML takes quotes to write them; others are left out.

Bad: `{type: integer, enum: [1, two]}`.

Good: `{type: integer, enum: [1, 2]}`."

    UNSUPPORTED_KEYWORD = "unsupported-keyword" Warning(Degraded)
    "a keyword that no type can say"
    "`not`, `if`, `dependentRequired`, `propertyNames`, `contains` and their kin are left out: values that break them are accepted. So are
headers of a part of a multipart body that is no file, and parts within a part: the part is sent without them.

Bad: `{type: object, not: {required: [a]}}`.

Good: A `description` that says so, or separate schemas in `oneOf`."

    EMPTY_COMPOSITION = "empty-composition" Warning(Degraded)
    "`allOf`, `anyOf` or `oneOf` without members"
    "The keyword is ignored.

Bad: `oneOf: []`.

Good: `oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]`."

    DUPLICATE_REQUIRED = "duplicate-required" Note
    "`required` names a property twice"
    "The second one is ignored.

Bad: `required: [id, id]`.

Good: `required: [id]`."

    DEFAULT_DOES_NOT_FIT = "default-does-not-fit" Warning(Degraded)
    "a default that its own schema refuses"
    "The default is ignored.

Bad: `{type: integer, default: ten}`.

Good: `{type: integer, default: 10}`."

    MISSING_PART = "missing-part" Warning(Degraded)
    "an operation refers to a parameter, body or response that does not exist"
    "The operation is kept: a parameter is left out (a variable of the path is then a string), the request body or a response is taken for bytes of any media type.

Bad: `requestBody: {$ref: '#/components/requestBodies/Missing'}`.

Good: A reference to a request body that is defined."

    PATH_WITHOUT_SLASH = "path-without-slash" Warning(Degraded)
    "a path does not start with a slash"
    "Paths are appended to the URL of the server. The slash is added.

Bad: `paths: {users: …}`.

Good: `paths: {/users: …}`."

    BODY_WITHOUT_CONTENT = "body-without-content" Warning(Degraded)
    "a request body has no media type"
    "Nothing says what may be sent, so the operation takes no body.

Bad: `requestBody: {content: {}}`.

Good: `requestBody: {content: {application/json: {schema: {…}}}}`."

    UNUSABLE_PARAMETER = "unusable-parameter" Warning(Degraded)
    "a parameter has no name or no place"
    "It cannot be sent and is left out.

Bad: `{name: id, in: body}`.

Good: `{name: id, in: query, schema: {type: string}}`."

    RESERVED_HEADER = "reserved-header" Note
    "a header parameter that the format ignores"
    "`Accept`, `Content-Type` and `Authorization` follow from media types and security requirements; the format says that parameters with these names are ignored.

Bad: `{name: Authorization, in: header}`.

Good: A security scheme of type `http`."

    DUPLICATE_PARAMETER = "duplicate-parameter" Warning(Degraded)
    "an operation has a parameter twice"
    "Name and place together identify a parameter. The first one stays.

Bad: Two parameters `{name: id, in: query}`.

Good: One of them, or another name."

    INVALID_PATH_TEMPLATE = "invalid-path-template" Warning(Degraded)
    "the braces of a path do not enclose names"
    "Each `{` needs a `}` and a name between them; the path is used as it stands.

Bad: `/users/{id`.

Good: `/users/{id}`."

    PATH_VARIABLE_WITHOUT_PARAMETER = "path-variable-without-parameter" Warning(Degraded)
    "a variable of a path has no parameter"
    "The variable is taken for a string.

Bad: `/users/{id}` without parameters.

Good: `/users/{id}` with `{name: id, in: path, required: true, schema: {type: string}}`."

    PATH_PARAMETER_NOT_IN_PATH = "path-parameter-not-in-path" Warning(Degraded)
    "a path parameter that its path does not have"
    "Its value would have nowhere to go. It is left out, or taken for the one variable that has no parameter.

Bad: `/users/{user_id}` with `{name: userId, in: path}`.

Good: The same name in both."

    OPTIONAL_PATH_PARAMETER = "optional-path-parameter" Note
    "a path parameter is not `required: true`"
    "A path is never without its parts, so it is required.

Bad: `{name: id, in: path, schema: {type: string}}`.

Good: `{name: id, in: path, required: true, schema: {type: string}}`."

    PARAMETER_WITHOUT_SCHEMA = "parameter-without-schema" Warning(Degraded)
    "a parameter or header has neither `schema` nor `content`"
    "It is taken for what `type` beside its name says, as in version 2.0, else for a string.

Bad: `{name: limit, in: query, type: integer}`.

Good: `{name: limit, in: query, schema: {type: integer}}`."

    INVALID_STYLE = "invalid-style" Warning(Degraded)
    "a parameter has a style that its place does not know"
    "The usual style of the place is taken. `simple` in a query becomes a list with commas.

Bad: `{name: ids, in: query, style: simple}`.

Good: `{name: ids, in: query, style: form, explode: false}`."
}
