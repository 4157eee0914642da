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
    r"The keys of `additionalOperations` are method names as they are sent, and have to be tokens as RFC 9110 defines them. Methods that have a key of their own in a path item, such as `get`, belong under that key. The operation is left out.

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
    "two names in the document become the same Rust name"
    r"The ids of two operations, or the names of two schemas, differ only in details that a Rust name leaves out, such as case and separators. One of them keeps the name. A schema under `components.schemas` takes precedence over a schema without a name. Next, a spelling that is already a Rust name takes precedence over other spellings. Otherwise, the first in alphabetical order keeps the name. The other one gets a suffix: a word that says where it is in the document, or a number. Choose a name for it in the configuration, under `[operations.rename]` or `[types.rename]`, so that its name does not depend on the collision.

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
    r"The operation has neither a status below 400 nor `default`. Clients report every success as an undocumented status, and servers cannot return a success. Document the status of a success.

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

    PATH_IN_ID = "path-in-id" Note
    "the ids of operations end in their paths and methods"
    r"FastAPI makes the id of an operation from the name of its function, its path and its method, so the methods of the client have long names. With `strip_paths = true` under `[operations]` in the configuration, only the name of the function is left. If two functions have the same name, the second operation keeps its whole id, with the diagnostic `name-collision`.

Bad:

```yaml
paths:
  /items/{item_id}:
    get: {operationId: read_item_items__item_id__get}
```

Good:

```yaml
paths:
  /items/{item_id}:
    get: {operationId: read_item}
```"
}
