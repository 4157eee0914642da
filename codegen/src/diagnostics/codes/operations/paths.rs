//! Codes about paths, methods and the choice of operations.

use super::super::{CodeInfo, Severity};

/// Two operations answer the same requests.
pub static AMBIGUOUS_OPERATIONS: CodeInfo = CodeInfo {
    id: "ambiguous-operations",
    severity: Severity::Note,
    summary: "two operations answer the same requests",
    explanation: r"Two operations have the same method and, apart from the names of their parameters and what stands after `#`, the same path. Clients can call both. A server decides by
what else the document tells them apart: the query pairs of the path key, required query parameters, the media type of the body; where nothing does, the first one in the
document answers.

Bad:

```yaml
paths:
  /files/{id}:
    get: {responses: {'200': {description: a file}}}
  /files/{file}:
    get: {responses: {'200': {description: the same file}}}
```

Good:

```yaml
paths:
  /files/{id}:
    get: {responses: {'200': {description: a file}}}
```
",
};

/// A path key carries a fragment.
pub static PATH_FRAGMENT: CodeInfo = CodeInfo {
    id: "path-fragment",
    severity: Severity::Note,
    summary: "a path key carries a fragment",
    explanation: r"What stands after `#` in a path key is never sent; documents use it to describe several operations of one path and method. The operation is kept, and its path is what stands
before the `#`.

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
```
",
};

/// A path key does not begin with a slash.
pub static PATH_WITHOUT_SLASH: CodeInfo = CodeInfo {
    id: "path-without-slash",
    severity: Severity::Note,
    summary: "a path key does not begin with a slash",
    explanation: r"A path key is appended to the base URL and has to begin with `/`. The key is read as if it did.

Bad:

```yaml
paths:
  users:
    get: {responses: {'200': {description: users}}}
```

Good:

```yaml
paths:
  /users:
    get: {responses: {'200': {description: users}}}
```
",
};

/// Two path parameters stand side by side.
pub static ADJACENT_PATH_PARAMETERS: CodeInfo = CodeInfo {
    id: "adjacent-path-parameters",
    severity: Severity::Note,
    summary: "two path parameters stand side by side",
    explanation: r"Nothing tells where one parameter ends and the next begins. Clients write both; a server gives the first as much as it can while leaving one character for each of the others.

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
```
",
};

/// A method is not an HTTP method.
pub static INVALID_METHOD: CodeInfo = CodeInfo {
    id: "invalid-method",
    severity: Severity::Skipped,
    summary: "a method is not an HTTP method",
    explanation: r"The keys of `additionalOperations` are methods as they are sent, and have to be tokens of RFC 9110; those that a path item has fields for belong there. The operation is left out.

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
```
",
};

/// An operation is not an object.
pub static MALFORMED_OPERATION: CodeInfo = CodeInfo {
    id: "malformed-operation",
    severity: Severity::Skipped,
    summary: "an operation is not an object",
    explanation: r"An operation has to be an object. It is left out.

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
```
",
};

/// A selection in provider.toml matches nothing.
pub static UNMATCHED_SELECTION: CodeInfo = CodeInfo {
    id: "unmatched-selection",
    severity: Severity::Error,
    summary: "a selection in provider.toml matches nothing",
    explanation: r#"A tag, `operationId` or path of `[select]` names no operation of the document: it is misspelt, or upstream has removed what it named. Nothing is generated until it is repaired, so that
a selection can't rot.

Bad:

```toml
[select]
tags = ["Uesrs"]
```

Good:

```toml
[select]
tags = ["Users"]
```
"#,
};

/// A rename in provider.toml names no operation.
pub static UNMATCHED_RENAME: CodeInfo = CodeInfo {
    id: "unmatched-rename",
    severity: Severity::Error,
    summary: "a rename in provider.toml names no operation",
    explanation: r#"A key of `[operations.rename]` is neither the `operationId` nor the method and path of an operation of the document.

Bad:

```toml
[operations.rename]
"GET /uesrs" = "list_users"
```

Good:

```toml
[operations.rename]
"GET /users" = "list_users"
```
"#,
};

/// Provider.toml or source.toml can't be read.
pub static INVALID_CONFIG: CodeInfo = CodeInfo {
    id: "invalid-config",
    severity: Severity::Error,
    summary: "provider.toml or source.toml can't be read",
    explanation: r#"The file is not TOML, has a key that does not exist, or a value of the wrong kind.

Bad:

```toml
[select]
tag = ["Users"]
```

Good:

```toml
[select]
tags = ["Users"]
```
"#,
};
