//! Codes about choices in the configuration, and about what they can correct.

use super::{CodeInfo, Severity};

codes! {
    UNMATCHED_SELECTION = "unmatched-selection" Error
    "a selection matches nothing in the document"
    r#"A tag, `operationId` or path of `[select]` names no operation of the document. It is misspelt, or upstream has removed its target. This is an error, so that selections do not go stale.

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
    "a rename matches no operation of the document"
    r#"A key of `[operations.rename]` is neither the `operationId` nor the method and path of an operation. It is misspelt, or upstream has removed its target.

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

    PAGED_OPERATION = "paged-operation" Note
    "an operation returns a list in pages"
    r#"Its request builder has the streams `items()` and `pages()`, and the method `all(limit)`. The message says what was recognised: the parameter or place that leads to the next page, and the place of the items. If that is wrong, correct it under `[operations.pages]` in the configuration. There, `by` is `cursor`, `last-item`, `next-url`, `page`, `offset` or `link`, or `none` for an operation that does not page. Whichever of `parameter`, `next`, `items`, `more` and `size` you leave out are still recognised automatically.

Bad:

```yaml
paths:
  /users:
    get:
      operationId: listUsers
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses:
        '200':
          description: users
          content:
            application/json:
              schema:
                type: object
                properties: {data: {type: array, items: {type: string}}, next_cursor: {type: string}}
```

Good:

```toml
[operations.pages]
listUsers = { by = "none" }
```"#

    UNMATCHED_PAGES = "unmatched-pages" Error
    "a choice about pages does not fit the document"
    r#"A key of `[operations.pages]` has to be the `operationId`, or the method and path, of an operation that can page. Each parameter and each pointer into the response that the choice names has to exist in the operation. Here, a name is misspelt, or upstream has changed its target.

Bad:

```toml
[operations.pages]
listUsers = { by = "cursor", parameter = "aftr" }
```

Good:

```toml
[operations.pages]
listUsers = { by = "cursor", parameter = "after" }
```"#

    UNMATCHED_TYPE = "unmatched-type" Error
    "a choice about types matches no schema of the document"
    r#"A name in `strict_enums`, `read_numbers` or `rename` of `[types]` is not a schema under `components.schemas`, or the choice does not apply to that schema: `strict_enums` needs an enum, and `read_numbers` a string. The name is misspelt, or upstream has changed its target.

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
    "a configuration file is not valid"
    r#"The file is not TOML, has an unknown key, has a value of the wrong type, or asks for something that cannot be done. It is `specwright.toml`, where each API has its choices in tables such as `[api.petstore.select]`; or, in this workspace, `provider.toml` or `source.toml`. Correct the line that the message points to.

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
}
