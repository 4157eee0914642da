//! Codes about rules that a document has to keep.

use super::{CodeInfo, Effect, Severity};

codes! {
    WRONG_KIND = "wrong-kind" Warning(Degraded)
    "a value is not of the kind its key asks for"
    "A list where an object belongs, a string where a number belongs. Where it is plain what was meant it is read so (`\"true\"`, one string for a list of one), else it is left out. Only `paths` that are no object stop everything.

Bad: `parameters: {name: id, in: query}`.

Good: `parameters: [{name: id, in: query}]`."

    UNKNOWN_KEY = "unknown-key" Warning(Degraded)
    "a key that the format does not have"
    "The key is ignored. Keys of your own start with `x-`; one that looks like no key of the format is only noted.

Bad: `operationID: getUser`.

Good: `operationId: getUser`."

    MISSING_KEY = "missing-key" Note
    "a key that the format demands is missing"
    "The document is generated without it; other tools may refuse it.

Bad: `responses: {200: {content: {…}}}`.

Good: `responses: {200: {description: OK, content: {…}}}`."

    NOTHING_TO_GENERATE = "nothing-to-generate" Error
    "the document has no paths, webhooks or components"
    "There is nothing that types or operations could be made of.

Bad: `{openapi: 3.1.0, info: {…}}`.

Good: `{openapi: 3.1.0, info: {…}, paths: {…}}`."

    INVALID_PATTERN = "invalid-pattern" Warning(Degraded)
    "a regular expression cannot be compiled"
    "`pattern` and the names in `patternProperties` are expressions of ECMAScript. This one is not checked.

Bad: `pattern: '['`.

Good: `pattern: '^[a-z]+$'`."

    INVALID_STATUS = "invalid-status" Warning(Degraded)
    "a response has a status that does not exist"
    "Statuses are 100 to 599, the ranges `1XX` to `5XX`, and `default`. The response is left out.

Bad: `responses: {'600': …}`.

Good: `responses: {'5XX': …}`."

    INVALID_MEDIA_TYPE = "invalid-media-type" Warning(Degraded)
    "a key of `content` is no media type"
    "Shorthands such as `json` and `text` are read as what they mean, everything else is left out.

Bad: `content: {words: …}`.

Good: `content: {text/plain: …}`."

    UNDEFINED_SECURITY_SCHEME = "undefined-security-scheme" Warning(Degraded)
    "a security requirement names a scheme that is not defined"
    "So that no operation becomes open by mistake, a bearer token is required (user and password when the name says `basic`).

Bad: `security: [{token: []}]` without `token` in `components.securitySchemes`.

Good: The same with `token: {type: http, scheme: bearer}` there."

    DUPLICATE_OPERATION_ID = "duplicate-operation-id" Warning(Degraded)
    "two operations have one id"
    "Names are made of ids. The later operation is named by its method and path.

Bad: Two operations with `operationId: getUser`.

Good: `getUser` and `getUserByName`."

    AMBIGUOUS_PATH = "ambiguous-path" Warning(Degraded)
    "two paths differ only in the names of their variables"
    "A server cannot tell them apart.

Bad: `/users/{id}` and `/users/{name}`.

Good: `/users/{id}` and `/users/by-name/{name}`."

    SERVER_VARIABLE = "server-variable" Warning(Degraded)
    "a variable of a server's URL is not defined as it should be"
    "It is missing in `variables`, or its default is not one of its values.

Bad: `url: https://{region}.example.com` without `variables`.

Good: The same with `variables: {region: {default: eu}}`."

    DISCRIMINATOR_WITHOUT_PROPERTY = "discriminator-without-property" Warning(Degraded)
    "a member of a union lacks the property of the discriminator"
    "What is sent as this member would not say which one it is.

Bad: `discriminator: {propertyName: kind}` beside a member without `kind`.

Good: A member with a required property `kind`."

    EMPTY_ENUM = "empty-enum" Warning(Degraded)
    "`enum` has no value"
    "No value at all would be allowed, which cannot be meant; the keyword is ignored.

Bad: `{type: string, enum: []}`.

Good: `{type: string, enum: [a, b]}`."

    KEYWORD_OF_OTHER_VERSION = "keyword-of-other-version" Note
    "a keyword that belongs to another version of the format"
    "It is honoured.

Bad: `openapi: 3.1.0` with `{type: string, nullable: true}`.

Good: `openapi: 3.1.0` with `{type: [string, 'null']}`."
}
