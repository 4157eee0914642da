//! Codes about the rules of the format.

use super::{CodeInfo, Effect, Severity};

codes! {
    WRONG_KIND = "wrong-kind" Warning(Degraded)
    "a value does not have the type that its key requires"
    "For example, a list is found where an object belongs, or a string where a number belongs. If it is obvious which value was meant, that value is used (a boolean for `\"true\"`, a list of one for a single string). Otherwise, the value is left out. This is an error only if `paths` is not an object.

Bad: `parameters: {name: id, in: query}`.

Good: `parameters: [{name: id, in: query}]`."

    UNKNOWN_KEY = "unknown-key" Warning(Degraded)
    "a key is not defined by the format"
    "The key is ignored. If it looks like a misspelt key, this is a warning, since its value is lost; otherwise it is a note. Keys of your own start with `x-`.

Bad: `operationID: getUser`.

Good: `operationId: getUser`."

    MISSING_KEY = "missing-key" Note
    "a required key is missing"
    "The format requires the key. The generator can do without it, but other tools may refuse the document. Add the key.

Bad: `responses: {200: {content: {…}}}`.

Good: `responses: {200: {description: OK, content: {…}}}`."

    NOTHING_TO_GENERATE = "nothing-to-generate" Error
    "the document has no paths, webhooks or components"
    "Operations are made from `paths` and `webhooks`, and types from `components`. Without any of these, there is nothing to generate.

Bad: `{openapi: 3.1.0, info: {…}}`.

Good: `{openapi: 3.1.0, info: {…}, paths: {…}}`."

    INVALID_PATTERN = "invalid-pattern" Warning(Degraded)
    "a regular expression cannot be compiled"
    "`pattern` and the keys of `patternProperties` are ECMAScript regular expressions. Values are not checked against an invalid one. In JSON, and in YAML with double quotes, write each backslash twice.

Bad: `pattern: '['`.

Good: `pattern: '^[a-z]+$'`."

    INVALID_STATUS = "invalid-status" Warning(Degraded)
    "a response has a status that does not exist"
    "Statuses are 100 to 599, the ranges `1XX` to `5XX`, and `default`. The response is left out. Correct its key.

Bad: `responses: {'600': …}`.

Good: `responses: {'5XX': …}`."

    INVALID_MEDIA_TYPE = "invalid-media-type" Warning(Degraded)
    "a key of `content` is not a media type"
    "Shorthands such as `json` and `text` are read as the media types that they abbreviate. Any other key is left out, along with its schema. Write a type and a subtype, such as `application/json`.

Bad: `content: {words: …}`.

Good: `content: {text/plain: …}`."

    UNDEFINED_SECURITY_SCHEME = "undefined-security-scheme" Warning(Degraded)
    "a security requirement names a scheme that is not defined"
    "A bearer token is required instead (or a user and a password, if the name contains `basic`), so that no operation is left open by mistake. Define the scheme under `components.securitySchemes`.

Bad: `security: [{token: []}]` without `token` in `components.securitySchemes`.

Good: `token: {type: http, scheme: bearer}` in `components.securitySchemes`."

    DUPLICATE_OPERATION_ID = "duplicate-operation-id" Warning(Degraded)
    "two operations have the same id"
    "Methods and types are named after operation ids. The operation that comes second in the order of paths is named after its method and path instead. Give it an id of its own.

Bad: two operations with `operationId: getUser`.

Good: `getUser` and `getUserByName`."

    AMBIGUOUS_PATH = "ambiguous-path" Warning(Degraded)
    "two paths differ only in the names of their variables"
    "Both paths match the same requests. A client can call both operations, but a server always calls the first. Make the paths different, or merge the operations.

Bad: `/users/{id}` and `/users/{name}`.

Good: `/users/{id}` and `/users/by-name/{name}`."

    SERVER_VARIABLE = "server-variable" Warning(Degraded)
    "a variable of a server URL is not defined correctly"
    "The variable is missing from `variables`, or its default is not one of its values. Without a default, every caller has to pass a value.

Bad: `url: https://{region}.example.com` without `variables`.

Good: that URL with `variables: {region: {default: eu}}`."

    DISCRIMINATOR_WITHOUT_PROPERTY = "discriminator-without-property" Warning(Degraded)
    "a member of a union lacks the property of the discriminator"
    "A value of this member would not say which member it is. Add the property to every member, make it required, and give it its value as `const`.

Bad: `discriminator: {propertyName: kind}` beside a member without `kind`.

Good: a member with a required property `kind`."

    EMPTY_ENUM = "empty-enum" Warning(Degraded)
    "an `enum` has no values"
    "Such an `enum` would allow no value at all, which cannot be intended, so the keyword is ignored. List the values, or remove the keyword.

Bad: `{type: string, enum: []}`.

Good: `{type: string, enum: [a, b]}`."

    ENUM_WITHOUT_NULL = "enum-without-null" Note
    "a nullable schema does not list `null` in its `enum`"
    "By JSON Schema, `enum` and `const` exclude `null` if they do not list it, whatever `type` or `nullable` say. Documents mostly mean that `null` is allowed, and services send it, so clients and servers accept it. Add `null` to the `enum`, or remove it from the type.

Bad: `{type: [string, 'null'], enum: [a, b]}`.

Good: `{type: [string, 'null'], enum: [a, b, null]}`."

    INCOMPLETE_TUPLE = "incomplete-tuple" Note
    "a list of fixed length does not say that all its items are required"
    "With `prefixItems` and `items: false`, but without `minItems`, a shorter list is valid by JSON Schema. Documents mostly mean a list of exactly this length, so the type is a tuple, and servers refuse shorter lists. Set `minItems` to the number of items, or to the least number that is allowed; then the type is a list if it may be shorter.

Bad: `{type: array, prefixItems: [{type: number}, {type: number}], items: false}`.

Good: `{type: array, prefixItems: [{type: number}, {type: number}], items: false, minItems: 2}`."

    KEYWORD_OF_OTHER_VERSION = "keyword-of-other-version" Note
    "a keyword belongs to another version of the format"
    "`nullable` is a keyword of OpenAPI 3.0, replaced in 3.1 by `null` in `type`. The generator honours it, but other tools may ignore it. Write `null` in `type` instead. Keys of OpenAPI 3 in a Swagger 2.0 document are honoured in the same way.

Bad: `openapi: 3.1.0` with `{type: string, nullable: true}`.

Good: `openapi: 3.1.0` with `{type: [string, 'null']}`."
}
