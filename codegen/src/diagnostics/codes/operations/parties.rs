//! Codes about parameters, headers, security and servers.

use super::super::{CodeInfo, Severity};

/// A parameter has a style that its location does not know.
pub static UNSUPPORTED_STYLE: CodeInfo = CodeInfo {
    id: "unsupported-style",
    severity: Severity::Lowered,
    summary: "a parameter has a style that its location does not know",
    explanation: r"Path parameters know `simple`, `label` and `matrix`, query parameters `form`, `spaceDelimited`, `pipeDelimited` and `deepObject`, header parameters `simple`, cookies `form`. The default of the location
is used.

Bad:

```yaml
- {name: ids, in: header, style: deepObject, schema: {type: object}}
```

Good:

```yaml
- {name: ids, in: query, style: deepObject, schema: {type: object}}
```
",
};

/// A parameter has no name or no location.
pub static MALFORMED_PARAMETER: CodeInfo = CodeInfo {
    id: "malformed-parameter",
    severity: Severity::Lowered,
    summary: "a parameter has no name or no location",
    explanation: r"A parameter needs a `name` and an `in` that is `path`, `query`, `header`, `cookie` or, in OpenAPI 3.2, `querystring`. It is left out; the operation is kept.

Bad:

```yaml
- {name: filter, in: querry, schema: {type: string}}
```

Good:

```yaml
- {name: filter, in: query, schema: {type: string}}
```
",
};

/// A header is described elsewhere.
pub static RESERVED_HEADER: CodeInfo = CodeInfo {
    id: "reserved-header",
    severity: Severity::Note,
    summary: "a header is described elsewhere",
    explanation: r"Header parameters `Accept`, `Content-Type` and `Authorization`, and a response header `Content-Type`, are ignored (OpenAPI, Parameter Object and Response Object): media types and security say what they hold.

Bad:

```yaml
- {name: Authorization, in: header, schema: {type: string}}
```

Good:

```yaml
security: [{token: []}]
```
",
};

/// The name of a header can't be sent.
pub static MALFORMED_HEADER: CodeInfo = CodeInfo {
    id: "malformed-header",
    severity: Severity::Lowered,
    summary: "the name of a header can't be sent",
    explanation: r"The name of a header has to be a token of RFC 9110. The header is left out.

Bad:

```yaml
headers:
  'X Rate': {schema: {type: integer}}
```

Good:

```yaml
headers:
  X-Rate: {schema: {type: integer}}
```
",
};

/// A security requirement names no scheme.
pub static UNDEFINED_SECURITY_SCHEME: CodeInfo = CodeInfo {
    id: "undefined-security-scheme",
    severity: Severity::Lowered,
    summary: "a security requirement names no scheme",
    explanation: r"A security requirement names a key of `components/securitySchemes`. The alternative that names the missing one is left out, for nobody could satisfy it. Where no alternative is left, the operation is left out too:
it would otherwise be open to anyone.

Bad:

```yaml
security: [{token: []}]
components: {securitySchemes: {}}
```

Good:

```yaml
security: [{token: []}]
components: {securitySchemes: {token: {type: http, scheme: bearer}}}
```
",
};

/// A security scheme does not say how it works.
pub static INVALID_SECURITY_SCHEME: CodeInfo = CodeInfo {
    id: "invalid-security-scheme",
    severity: Severity::Lowered,
    summary: "a security scheme does not say how it works",
    explanation: r"A scheme has a `type` of `apiKey` (with `name`, and `in` one of `header`, `query`, `cookie`), `http` (with `scheme`), `oauth2`, `openIdConnect` or `mutualTLS`. One that does not is taken for missing.

Bad:

```yaml
token: {type: apiKey, name: token}
```

Good:

```yaml
token: {type: apiKey, name: token, in: header}
```
",
};

/// No security alternative of an operation can be satisfied.
pub static UNSATISFIABLE_SECURITY: CodeInfo = CodeInfo {
    id: "unsatisfiable-security",
    severity: Severity::Skipped,
    summary: "no security alternative of an operation can be satisfied",
    explanation: r"Every alternative of the operation's `security` names a scheme that is missing or broken. Without them the operation would be open to anyone, so it is left out.

Bad:

```yaml
security: [{token: []}]
components: {securitySchemes: {}}
```

Good:

```yaml
security: [{token: []}]
components: {securitySchemes: {token: {type: http, scheme: bearer}}}
```
",
};

/// A server has no usable URL.
pub static INVALID_SERVER: CodeInfo = CodeInfo {
    id: "invalid-server",
    severity: Severity::Lowered,
    summary: "a server has no usable URL",
    explanation: r"A server needs a `url`. It is left out; clients take any base URL.

Bad:

```yaml
servers: [{description: production}]
```

Good:

```yaml
servers: [{url: 'https://api.example.com', description: production}]
```
",
};

/// A variable of a server's URL is not described.
pub static UNDEFINED_SERVER_VARIABLE: CodeInfo = CodeInfo {
    id: "undefined-server-variable",
    severity: Severity::Note,
    summary: "a variable of a server's URL is not described",
    explanation: r"A `{name}` in a server's `url` needs an entry with a `default` in `variables`. The variable is kept, with an empty default.

Bad:

```yaml
servers: [{url: 'https://{region}.example.com'}]
```

Good:

```yaml
servers: [{url: 'https://{region}.example.com', variables: {region: {default: eu}}}]
```
",
};
