//! Codes about operations, parameters, bodies, responses, security and servers.

use super::{CodeInfo, Effect, Severity};

codes! {
    AMBIGUOUS_OPERATIONS = "ambiguous-operations" Note
    "two operations match the same requests"
    r"The operations have the same method and, apart from parameter names and the part after `#`, the same path. Clients can call both. A server tells them apart by query pairs in the path key, required query parameters and the media type of the body; if none of these differs, it calls the first one in the document. Give the operations different paths, or remove one.

Bad:

```yaml
paths:
  /files/{id}#copy:
    post: {responses: {'200': {description: copied}}}
  /files/{id}#move:
    post: {responses: {'200': {description: moved}}}
```

Good:

```yaml
paths:
  /files/{id}/copy:
    post: {responses: {'200': {description: copied}}}
  /files/{id}/move:
    post: {responses: {'200': {description: moved}}}
```"

    PATH_FRAGMENT = "path-fragment" Note
    "a path has a fragment"
    r"The part after `#` in a path is never sent. Some documents use it to describe several operations with one path and method. The operation is generated with the path before the `#`; you do not have to do anything.

Bad:

```yaml
paths:
  /files/{id}#copy:
    post: {responses: {'200': {description: copied}}}
```

Good:

```yaml
paths:
  /files/{id}:
    post: {responses: {'200': {description: copied}}}
```"

    ADJACENT_PATH_PARAMETERS = "adjacent-path-parameters" Note
    "nothing separates two path parameters"
    r"It is unclear where one parameter ends and the next begins. Clients write both. A server gives the first parameter as many characters as it can, and leaves one character for each of the others. Put text between them if the API allows it.

Bad:

```yaml
paths:
  /reports/{year}{month}:
    get: {responses: {'200': {description: a report}}}
```

Good:

```yaml
paths:
  /reports/{year}-{month}:
    get: {responses: {'200': {description: a report}}}
```"

    INVALID_METHOD = "invalid-method" Warning(Skipped)
    "a method is not an HTTP method"
    r"The keys of `additionalOperations` are method names as they are sent, and have to be tokens as RFC 9110 defines them. Methods that have a key of their own in a path item, such as `get`, belong there. The operation is left out.

Bad:

```yaml
paths:
  /users:
    additionalOperations:
      'NOT A METHOD': {responses: {'200': {description: ok}}}
```

Good:

```yaml
paths:
  /users:
    additionalOperations:
      PURGE: {responses: {'200': {description: ok}}}
```"

    MALFORMED_OPERATION = "malformed-operation" Warning(Skipped)
    "an operation is not an object"
    r"The operation is left out. Describe it with an object that has at least `responses`.

Bad:

```yaml
paths:
  /users:
    get: list of users
```

Good:

```yaml
paths:
  /users:
    get: {responses: {'200': {description: list of users}}}
```"

    NAME_COLLISION = "name-collision" Note
    "two names of the document make one Rust name"
    r"The ids of two operations, or the names of two schemas, differ only in what a Rust name leaves out, such as case and separators. One of them keeps the name: a schema under `components.schemas` takes precedence over a schema without a name, a spelling that is already a Rust name takes precedence over others, and then the first in alphabetical order does. The other one gets a number, or a word from its place. Choose a name for it in `provider.toml`, under `[operations.rename]` or `[types.rename]`, so that it does not depend on the collision.

Bad:

```yaml
paths:
  /users:
    get: {operationId: list_users, responses: {'200': {description: users}}}
  /teams:
    get: {operationId: listUsers, responses: {'200': {description: users}}}
```

Good:

```yaml
paths:
  /users:
    get: {operationId: list_users, responses: {'200': {description: users}}}
  /teams:
    get: {operationId: list_team_users, responses: {'200': {description: users}}}
```"

    NO_SUCCESS = "no-success" Note
    "an operation documents no success"
    r"It has neither a status below 400 nor `default`. Clients report every success as an undocumented status, and servers cannot return a success. Document the status of a success.

Bad:

```yaml
responses:
  '404': {description: not found}
```

Good:

```yaml
responses:
  '204': {description: done}
  '404': {description: not found}
```"

    BODY_NEVER_SENT = "body-never-sent" Note
    "a response that cannot have a body documents one"
    r"Responses to `HEAD`, and those with status 1xx, 204, 205 or 304, have no body (RFC 9110). The documented content is ignored; remove it.

Bad:

```yaml
responses:
  '204':
    description: done
    content: {application/json: {schema: {type: object}}}
```

Good:

```yaml
responses:
  '204': {description: done}
```"

    WILDCARD_MEDIA_TYPE = "wildcard-media-type" Note
    "a wildcard is read as JSON"
    r"The media type is `*/*` or `application/*`, and the schema describes an object, a list or another JSON value. The content is read and written as JSON. Write `application/json` if that is what you mean.

Bad:

```yaml
content:
  '*/*': {schema: {type: object}}
```

Good:

```yaml
content:
  application/json: {schema: {type: object}}
```"

    UNTYPED_BODY = "untyped-body" Warning(Degraded)
    "the schema of a body that is not JSON is not used"
    r"Text is passed as a string. XML, images and other content that is neither JSON nor a form is passed as bytes. The schema has no effect on either. Offer JSON as well if the API supports it.

Bad:

```yaml
content:
  application/xml: {schema: {type: object, properties: {a: {type: string}}}}
```

Good:

```yaml
content:
  application/json: {schema: {type: object, properties: {a: {type: string}}}}
```"

    FORM_NOT_AN_OBJECT = "form-not-an-object" Warning(Degraded)
    "a form is not an object"
    r"The fields of a form are the properties of an object, which this schema is not. The body is sent and received as bytes. Describe the fields as properties.

Bad:

```yaml
content:
  application/x-www-form-urlencoded: {schema: {type: string}}
```

Good:

```yaml
content:
  application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}
```"

    UNKNOWN_ENCODING = "unknown-encoding" Note
    "an encoding matches no property"
    r"Each key of `encoding` has to be a property of the schema. This one has no effect; correct or remove it.

Bad:

```yaml
schema: {type: object, properties: {avatar: {type: string, format: binary}}}
encoding: {picture: {contentType: image/png}}
```

Good:

```yaml
schema: {type: object, properties: {avatar: {type: string, format: binary}}}
encoding: {avatar: {contentType: image/png}}
```"

    MALFORMED_HEADER = "malformed-header" Warning(Degraded)
    "a header has an invalid name"
    r"A header name has to be a token as RFC 9110 defines it. This one is not, so the header is left out. Letters, digits and hyphens are safe.

Bad:

```yaml
headers:
  'X Rate': {schema: {type: integer}}
```

Good:

```yaml
headers:
  X-Rate: {schema: {type: integer}}
```"

    INVALID_SECURITY_SCHEME = "invalid-security-scheme" Warning(Degraded)
    "a security scheme is incomplete"
    r"A scheme has a `type` of `apiKey` (with `name`, and `in` one of `header`, `query`, `cookie`), `http` (with `scheme`), `oauth2`, `openIdConnect` or `mutualTLS`. An incomplete scheme is treated as undefined; add what is missing.

Bad:

```yaml
token: {type: apiKey, name: token}
```

Good:

```yaml
token: {type: apiKey, name: token, in: header}
```"

    UNSATISFIABLE_SECURITY = "unsatisfiable-security" Warning(Skipped)
    "no security requirement of an operation can be satisfied"
    r"Every alternative in the operation's `security` names an incomplete scheme. Without security, the operation would be open to anyone, so it is left out. Complete the schemes, or require others.

Bad:

```yaml
security: [{token: []}]
components: {securitySchemes: {token: {type: apiKey, name: token}}}
```

Good:

```yaml
security: [{token: []}]
components: {securitySchemes: {token: {type: apiKey, name: token, in: header}}}
```"

    INVALID_SERVER = "invalid-server" Warning(Degraded)
    "a server has no usable URL"
    r"A server without a `url` is left out, although clients can still set any base URL. Add the URL, or remove the server.

Bad:

```yaml
servers: [{description: production}]
```

Good:

```yaml
servers: [{url: 'https://api.example.com', description: production}]
```"

    NESTED_PARAMETER = "nested-parameter" Warning(Degraded)
    "a parameter nests deeper than its style can write"
    "The format does not say how a list of objects, or an object in an object, is written in a style other than `deepObject`. In a query, the value is written in that style, with indexes in lists, because many servers read that; elsewhere, it is written as JSON. Describe the form that the server reads.

Bad: `{name: rooms, in: query, schema: {type: array, items: {type: object, properties: {age: {type: integer}}}}}`.

Good: `{name: rooms, in: query, style: deepObject, schema: {type: array, items: {type: object, properties: {age: {type: integer}}}}}`."
}
