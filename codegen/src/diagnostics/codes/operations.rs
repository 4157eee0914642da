//! Codes about operations, parameters, bodies, responses, security and servers.

use super::{CodeInfo, Effect, Severity};

codes! {
    AMBIGUOUS_OPERATIONS = "ambiguous-operations" Note
    "two operations response the same requests"
    r"Two operations have the same method and, apart from the names of their parameters and what stands after `#`, the same path. Clients can call both. A server decides by what else the document tells them apart: the query pairs of the path key, required query parameters, the media type of the body; where nothing does, the first one in the document responses.

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
    "a path key carries a fragment"
    r"What stands after `#` in a path key is never sent; documents use it to describe several operations of one path and method. The operation is kept, and its path is what stands before the `#`.

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
    "two path parameters stand side by side"
    r"Nothing tells where one parameter ends and the next begins. Clients write both; a server gives the first as much as it can while leaving one character for each of the others.

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
    r"The keys of `additionalOperations` are methods as they are sent, and have to be tokens of RFC 9110; those that a path item has fields for belong there. The operation is left out.

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
    r"An operation has to be an object. It is left out.

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

    UNMATCHED_SELECTION = "unmatched-selection" Error
    "a selection in provider.toml matches nothing"
    r#"A tag, `operationId` or path of `[select]` names no operation of the document: it is misspelt, or upstream has removed what it named. Nothing is generated until it is repaired, so that a selection can't rot.

Bad:

```toml
[select]
tags = ["Uesrs"]
```

Good:

```toml
[select]
tags = ["Users"]
```"#

    UNMATCHED_RENAME = "unmatched-rename" Error
    "a rename in provider.toml names no operation"
    r#"A key of `[operations.rename]` is neither the `operationId` nor the method and path of an operation of the document.

Bad:

```toml
[operations.rename]
"GET /uesrs" = "list_users"
```

Good:

```toml
[operations.rename]
"GET /users" = "list_users"
```"#

    UNMATCHED_TYPE = "unmatched-type" Error
    "a choice about types in provider.toml fits no schema"
    r#"A name in `strict_enums`, `read_numbers` or `rename` of `[types]` is not the name of a schema under `components.schemas`, or names one that the choice can't change: an enum for `strict_enums`, a text for `read_numbers`. It is misspelt, or upstream has removed or changed what it named.

Bad:

```toml
[types]
strict_enums = ["Stat"]
```

Good:

```toml
[types]
strict_enums = ["State"]
```"#

    INVALID_CONFIG = "invalid-config" Error
    "provider.toml or source.toml can't be read"
    r#"The file is not TOML, has a key that does not exist, or a value of the wrong kind.

Bad:

```toml
[select]
tag = ["Users"]
```

Good:

```toml
[select]
tags = ["Users"]
```"#

    NO_SUCCESS = "no-success" Note
    "no success is documented"
    r"The operation documents neither a status below 400 nor `default`. Clients report every success as an undocumented status, and servers can't response with one.

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
    "a response that never has a body documents one"
    r"Answers to `HEAD`, and those with status 1xx, 204, 205 or 304, have no body (RFC 9110). The documented content is ignored.

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
    "a wildcard stands for JSON"
    r"The media type is `*/*` or `application/*` and the schema is of an object, a list or another JSON value: the content is read and written as JSON.

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
    "a schema of a body that is not JSON is not used"
    r"XML, images and other content that is neither JSON, a form nor text is handed over as bytes, and text as a string; what the schema says about the parts is not used.

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
    r"The fields of a form are the properties of an object; a schema of another kind has none. The body is sent and received as bytes.

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
    "an encoding names no property"
    r"A key of `encoding` has to be a property of the schema. It has no effect.

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
    "the name of a header can't be sent"
    r"The name of a header has to be a token of RFC 9110. The header is left out.

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
    "a security scheme does not say how it works"
    r"A scheme has a `type` of `apiKey` (with `name`, and `in` one of `header`, `query`, `cookie`), `http` (with `scheme`), `oauth2`, `openIdConnect` or `mutualTLS`. One that does not is taken for missing.

Bad:

```yaml
token: {type: apiKey, name: token}
```

Good:

```yaml
token: {type: apiKey, name: token, in: header}
```"

    UNSATISFIABLE_SECURITY = "unsatisfiable-security" Warning(Skipped)
    "no security alternative of an operation can be satisfied"
    r"Every alternative of the operation's `security` names a scheme that does not say how it works. Without them the operation would be open to anyone, so it is left out.

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
    r"A server needs a `url`. It is left out; clients take any base URL.

Bad:

```yaml
servers: [{description: production}]
```

Good:

```yaml
servers: [{url: 'https://api.example.com', description: production}]
```"
}
