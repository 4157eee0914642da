//! Codes about bodies.

use super::{CodeInfo, Effect, Severity};

codes! {
    BODY_LEFT_OUT = "body-left-out" Note
    "a success has no `content`"
    r"A response without `content` may still have a body: this is how FastAPI, NestJS and others describe files, streams and plain values. The body has no type; `ResponseValue::take_body` returns its bytes. Describe the body under `content`, or use `204` if there is none.

Bad: `responses: {'200': {description: the file}}`.

Good: `responses: {'204': {description: done}}`."

    UNTYPED_BODY = "untyped-body" Warning(Degraded)
    "the schema of a body that is not JSON is not used"
    r"Text is passed as a string. XML, images and other content that is neither JSON nor a form are passed as bytes. The schema has no effect on either. Document JSON as well if the API supports it. If JSON is documented, too, this is only a note.

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
    r"The fields of a form are the properties of an object, but this schema is not an object. The body is sent and received as bytes. Describe the fields as properties.

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
    "a parameter is nested more deeply than its style can express"
    "The format does not say how a list of objects, or an object in an object, is written in a style other than `deepObject`. In a query, the value is written as `deepObject`, with indexes for lists, because many servers read that. Elsewhere, it is written as JSON. Describe the form that the server reads.

Bad: `{name: rooms, in: query, schema: {type: array, items: {type: object, properties: {age: {type: integer}}}}}`.

Good: `{name: rooms, in: query, style: deepObject, schema: {type: array, items: {type: object, properties: {age: {type: integer}}}}}`."
}
