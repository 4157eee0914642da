//! Codes about files, syntax, versions, references to other files and overlays.

use super::{CodeInfo, Effect, Severity};

codes! {
    UNREADABLE_FILE = "unreadable-file" Error
    "a file cannot be read"
    "The document or an overlay does not exist, is a folder, or may not be read.

Bad: `spec = \"pets.yml\"` in provider.toml when the file is `pets.yaml`.

Good: `spec = \"pets.yaml\"`."

    FILE_TOO_LARGE = "file-too-large" Error
    "a file is larger than the limit"
    "Files of more than 64 MiB are not read.

Bad: a document with recorded traffic as examples.

Good: the same document without it."

    NOT_UTF8 = "not-utf8" Error
    "a file is not encoded as UTF-8"
    "YAML and JSON are read as UTF-8, with or without byte order mark; UTF-16 and Latin-1 are not.

Bad: a file saved as `Unicode` by an editor that means UTF-16.

Good: the same file saved as UTF-8."

    NOT_TEXT = "not-text" Error
    "a file has NUL characters"
    "A NUL character is allowed in neither YAML nor JSON; the file is most likely compressed or binary.

Bad: `openapi.yaml.gz` named as the document.

Good: the unpacked file."

    EMPTY_DOCUMENT = "empty-document" Error
    "a file has no content"
    "The file is empty or holds nothing but comments.

Bad: `# to be written`

Good: `openapi: 3.1.0` and what follows it."

    YAML_SYNTAX = "yaml-syntax" Error
    "a file is not YAML"
    "The text cannot be read as YAML 1.2; the place is where the parser noticed, the cause may be in the line before.

Bad:

```yaml
description: Note: this needs quotes
```

Good:

```yaml
description: \"Note: this needs quotes\"
```"

    YAML_INDENTATION = "yaml-indentation" Note
    "a line within brackets or quotes is indented too little"
    "YAML wants every line of a value deeper than the key it belongs to, the closing bracket included. Many parsers do not mind, so the file is read all the same.

Bad:

```yaml
name: {
  \"type\": \"string\"
}
```

Good:

```yaml
name: {
    \"type\": \"string\"
  }
```"

    JSON_SYNTAX = "json-syntax" Error
    "a file is not JSON"
    "The text starts with `{` or `[`, so it was read as JSON, and it is neither JSON nor YAML in flow style.

Bad: `{\"openapi\": \"3.1.0\" \"info\": {}}`

Good: `{\"openapi\": \"3.1.0\", \"info\": {}}`"

    NOT_JSON = "not-json" Warning(Degraded)
    "a file named `.json` is YAML"
    "The file is not JSON, but YAML in flow style, and was read as that. Other programs will refuse it.

Bad: `{\"openapi\": \"3.1.0\",}` (a comma after the last entry)

Good: `{\"openapi\": \"3.1.0\"}`"

    TOO_DEEP = "too-deep" Error
    "arrays and objects are nested too deep"
    "Documents are read up to 128 levels of nesting, inlined files and aliases included.

Bad: a schema whose properties are written out through 70 levels.

Good: the inner schemas under `components/schemas`, with a `$ref` where they are used."

    DUPLICATE_KEY = "duplicate-key" Warning(Degraded)
    "a key stands twice in one object"
    "YAML forbids it and JSON leaves it open. The last value counts, at the position of the first; the first is lost.

Bad:

```yaml
/pets:
  get: { operationId: listPets }
  get: { operationId: findPets }
```

Good: each key once."

    COMPLEX_KEY = "complex-key" Warning(Degraded)
    "an array or object stands where a key should"
    "YAML allows any node as a key, JSON only text. The entry is left out. The usual cause is text in braces without quotes.

Bad: `default: {{host}}`

Good: `default: \"{{host}}\"`"

    INVALID_MERGE_KEY = "invalid-merge-key" Warning(Degraded)
    "`<<` does not name an object"
    "The key `<<` merges the entries of an object, or of each object in a list. Anything else under it is kept as an ordinary entry.

Bad: `<<: text`

Good: `<<: *defaults`"

    UNKNOWN_TAG = "unknown-tag" Note
    "a YAML tag means nothing here"
    "Only the tags of the YAML core schema (`!!str`, `!!int`, …) change how a value is read.

Bad: `version: !semver 1.0.0`

Good: `version: \"1.0.0\"`"

    NON_JSON_NUMBER = "non-json-number" Note
    "a number cannot be said in JSON"
    "`.inf` and `.nan` are numbers of YAML but not of JSON; they are read as text.

Bad: `maximum: .inf`

Good: no `maximum`."

    SEVERAL_DOCUMENTS = "several-documents" Warning(Degraded)
    "a file holds several YAML documents"
    "Only the first document that is not empty is read; what follows the next `---` is left out.

Bad: two OpenAPI documents in one file, separated by `---`.

Good: two files."

    RECURSIVE_ALIAS = "recursive-alias" Error
    "an alias stands inside the node it names"
    "The tree would have no end.

Bad: `node: &node { next: *node }`

Good: `next: { $ref: '#/components/schemas/Node' }`"

    ALIAS_EXPANSION = "alias-expansion" Error
    "aliases repeat more than fits into memory"
    "Aliases to nodes with aliases multiply; together they may add 64 MiB.

Bad: nine levels of `&b [*a, *a, *a, *a, *a, *a, *a, *a, *a]`.

Good: `$ref` instead of aliases."

    NOT_AN_OBJECT = "not-an-object" Error
    "a document is not an object"
    "An OpenAPI document, and an overlay, is an object at its root.

Bad: `- openapi: 3.1.0`

Good: `openapi: 3.1.0`"

    MISSING_VERSION = "missing-version" Error
    "a document does not say its version"
    "Every OpenAPI document has the key `openapi` at its root.

Bad: `info: { title: Pets, version: 1.0.0 }` alone.

Good: `openapi: 3.1.0` before it."

    VERSION_NOT_A_STRING = "version-not-a-string" Error
    "the version is not text"
    "YAML reads `3.0` as a number, and `3.10` as the same number as `3.1`; versions are text.

Bad: `openapi: 3.0`

Good: `openapi: 3.0.0`"

    UNSUPPORTED_VERSION = "unsupported-version" Error
    "the version is not understood"
    "OpenAPI 3.0, 3.1 and 3.2 are understood, with any patch version.

Bad: `openapi: 4.0.0`

Good: `openapi: 3.1.0`"

    SWAGGER_2 = "swagger-2" Error
    "a Swagger 2.0 document"
    "Swagger 2.0 came before OpenAPI 3 and has another structure; convert the document first.

Bad: `swagger: \"2.0\"`

Good: `openapi: 3.0.3`, written by a converter: `npx swagger2openapi FILE --outfile openapi.yaml`, or the one of Swagger's own at https://converter.swagger.io."

    OTHER_KIND = "other-kind" Error
    "a document of another kind"
    "The file is, or says that it is, something else: an AsyncAPI, Arazzo or Overlay document, a Postman collection, a JSON Schema, an HTML page.

Bad: an overlay named as the document.

Good: the OpenAPI document, with the overlay beside it."

    REMOTE_REFERENCE = "remote-reference" Warning(Degraded)
    "a reference names an address in the network"
    "Nothing is fetched while generating, so that the same input gives the same output. The reference stays as it is, and what depends on it is treated as dangling.

Bad: `$ref: https://example.com/schemas/pet.yaml`

Good: a copy of the file beside the document, and `$ref: pet.yaml`."

    UNREADABLE_REFERENCE = "unreadable-reference" Warning(Degraded)
    "a reference names a file that cannot be read"
    "The file that a reference names does not exist or is neither YAML nor JSON. What depends on it is treated as dangling.

Bad: `$ref: schemas/pet.yaml` when the file is `schemas/Pet.yaml`.

Good: `$ref: schemas/Pet.yaml`"

    DANGLING_FILE_REFERENCE = "dangling-file-reference" Warning(Degraded)
    "a reference names nothing in the file it names"
    "The file was read, but there is nothing at that pointer, anchor or `$id` in it. What depends on it is treated as dangling.

Bad: `$ref: common.yaml#/schema/Pet` when the file has `schemas`.

Good: `$ref: common.yaml#/schemas/Pet`"

    INVALID_REFERENCE = "invalid-reference" Warning(Degraded)
    "a `$ref` is not text"
    "The value of `$ref` is a URI as text.

Bad: `$ref: [Pet]`

Good: `$ref: '#/components/schemas/Pet'`"

    REFERENCE_CYCLE = "reference-cycle" Warning(Degraded)
    "a reference that has to be put in place contains itself"
    "References outside of schemas, parameters, responses and the like have no place under `components`, so what they name is copied to where they stand. That cannot be done when it contains itself.

Bad: two path items in two files whose `$ref`s name each other.

Good: one of them written out."

    OVERLAY_INVALID = "overlay-invalid" Error
    "an overlay is not written as the specification says"
    "An overlay has `overlay: 1.0.0`, `info` and `actions`; each action has a `target` and either `update` or `remove: true`.

Bad: `- target: $.info` alone.

Good:

```yaml
- target: $.info
  update: { title: Pets }
  x-reason: upstream left the title out
```"

    OVERLAY_PATH = "overlay-path" Error
    "the target of an action is not a `JSONPath`"
    "Targets are JSONPath expressions by RFC 9535.

Bad: `target: paths./pets.get`

Good: `target: $.paths['/pets'].get`"

    OVERLAY_UNMATCHED = "overlay-unmatched" Error
    "an action matches nothing"
    "The place that the action repairs is gone: upstream has changed. An action that does nothing would go unnoticed for ever.

Bad: `target: $.paths['/pet'].get` when the path is `/pets`.

Good: the action removed, or its target corrected."

    OVERLAY_TARGET = "overlay-target" Error
    "an action cannot change what it matches"
    "Objects are merged with objects; arrays take entries; the root cannot be removed; a value in an array or object can be removed.

Bad: `target: $.info.title` with `update: { en: Pets }`

Good: `target: $.info` with `update: { title: Pets }`"

    OVERLAY_NO_EFFECT = "overlay-no-effect" Note
    "an action changes nothing"
    "The document already says what the action would make it say.

Bad: `update: { title: Pets }` where the title is `Pets`.

Good: the action removed."

    OVERLAY_NO_REASON = "overlay-no-reason" Note
    "an action does not say why"
    "Each repair of an upstream document carries `x-reason`, so that it can be validated again when upstream changes.

Bad: an action with `target` and `update` only.

Good: the same with `x-reason: the server answers 204, the document says 200`."
}
