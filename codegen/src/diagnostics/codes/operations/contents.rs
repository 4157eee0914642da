//! Codes about answers and bodies.

use super::super::{CodeInfo, Severity};

/// A key of `responses` is not a status.
pub static INVALID_STATUS: CodeInfo = CodeInfo {
    id: "invalid-status",
    severity: Severity::Lowered,
    summary: "a key of `responses` is not a status",
    explanation: r"A key of `responses` is a status from 100 to 599, a range from `1XX` to `5XX`, or `default`. The answer is left out; the operation is kept.

Bad:

```yaml
responses:
  '6XX': {description: odd}
```

Good:

```yaml
responses:
  '5XX': {description: odd}
```
",
};

/// A status is beyond 599.
pub static UNREGISTERED_STATUS: CodeInfo = CodeInfo {
    id: "unregistered-status",
    severity: Severity::Note,
    summary: "a status is beyond 599",
    explanation: r"HTTP has statuses from 100 to 599. The answer is kept, and read as an error.

Bad:

```yaml
responses:
  '600': {description: odd}
```

Good:

```yaml
responses:
  '500': {description: odd}
```
",
};

/// Two keys of `responses` are the same status.
pub static DUPLICATE_STATUS: CodeInfo = CodeInfo {
    id: "duplicate-status",
    severity: Severity::Lowered,
    summary: "two keys of `responses` are the same status",
    explanation: r"`4xx` and `4XX` are the same range. The first answer is kept.

Bad:

```yaml
responses:
  '4xx': {description: one}
  '4XX': {description: another}
```

Good:

```yaml
responses:
  '4XX': {description: one}
```
",
};

/// No success is documented.
pub static NO_SUCCESS: CodeInfo = CodeInfo {
    id: "no-success",
    severity: Severity::Note,
    summary: "no success is documented",
    explanation: r"The operation documents neither a status below 400 nor `default`. Clients report every success as an undocumented status, and servers can't answer with one.

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
```
",
};

/// An answer that never has a body documents one.
pub static BODY_NEVER_SENT: CodeInfo = CodeInfo {
    id: "body-never-sent",
    severity: Severity::Note,
    summary: "an answer that never has a body documents one",
    explanation: r"Answers to `HEAD`, and those with status 1xx, 204, 205 or 304, have no body (RFC 9110). The documented content is ignored.

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
```
",
};

/// A key of `content` is not a media type.
pub static INVALID_MEDIA_TYPE: CodeInfo = CodeInfo {
    id: "invalid-media-type",
    severity: Severity::Lowered,
    summary: "a key of `content` is not a media type",
    explanation: r"A media type has the form `type/subtype`, perhaps followed by parameters. The content is left out.

Bad:

```yaml
content:
  json: {schema: {type: string}}
```

Good:

```yaml
content:
  application/json: {schema: {type: string}}
```
",
};

/// A wildcard stands for JSON.
pub static WILDCARD_MEDIA_TYPE: CodeInfo = CodeInfo {
    id: "wildcard-media-type",
    severity: Severity::Note,
    summary: "a wildcard stands for JSON",
    explanation: r"The media type is `*/*` or `application/*` and the schema is of an object, a list or another JSON value: the content is read and written as JSON.

Bad:

```yaml
content:
  '*/*': {schema: {type: object}}
```

Good:

```yaml
content:
  application/json: {schema: {type: object}}
```
",
};

/// A schema of a body that is not JSON is not used.
pub static UNTYPED_BODY: CodeInfo = CodeInfo {
    id: "untyped-body",
    severity: Severity::Lowered,
    summary: "a schema of a body that is not JSON is not used",
    explanation: r"XML, images and other content that is neither JSON, a form nor text is handed over as bytes, and text as a string; what the schema says about the parts is not used.

Bad:

```yaml
content:
  application/xml: {schema: {type: object, properties: {a: {type: string}}}}
```

Good:

```yaml
content:
  application/json: {schema: {type: object, properties: {a: {type: string}}}}
```
",
};

/// A form is not an object.
pub static FORM_NOT_AN_OBJECT: CodeInfo = CodeInfo {
    id: "form-not-an-object",
    severity: Severity::Lowered,
    summary: "a form is not an object",
    explanation: r"The fields of a form are the properties of an object; a schema of another kind has none. The body is sent and received as bytes.

Bad:

```yaml
content:
  application/x-www-form-urlencoded: {schema: {type: string}}
```

Good:

```yaml
content:
  application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}
```
",
};

/// An encoding names no property.
pub static UNKNOWN_ENCODING: CodeInfo = CodeInfo {
    id: "unknown-encoding",
    severity: Severity::Note,
    summary: "an encoding names no property",
    explanation: r"A key of `encoding` has to be a property of the schema. It has no effect.

Bad:

```yaml
schema: {type: object, properties: {avatar: {type: string, format: binary}}}
encoding: {picture: {contentType: image/png}}
```

Good:

```yaml
schema: {type: object, properties: {avatar: {type: string, format: binary}}}
encoding: {avatar: {contentType: image/png}}
```
",
};
