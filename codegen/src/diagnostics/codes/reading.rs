//! Codes about files, syntax, versions, references to other files, and overlays.

use super::{CodeInfo, Effect, Severity};

codes! {
    UNREADABLE_FILE = "unreadable-file" Error
    "a file cannot be read"
    "The document or an overlay does not exist, is a folder, or has permissions that forbid reading it. Correct the path.

Bad: `spec = \"pets.yml\"` in provider.toml when the file is `pets.yaml`.

Good: `spec = \"pets.yaml\"`."

    FILE_TOO_LARGE = "file-too-large" Error
    "a file is larger than the limit"
    "A file of more than 64 MiB is not read, and neither are files that together have more than 4,000,000 values. Remove bulky examples, or split the document into several files.

Bad: a document with recorded traffic as examples.

Good: the document without the recordings."

    NOT_UTF8 = "not-utf8" Error
    "a file is not encoded as UTF-8"
    "YAML and JSON are read as UTF-8, with or without a byte order mark. UTF-16 and Latin-1 are not supported; save the file as UTF-8.

Bad: a file that an editor saved as `Unicode`, meaning UTF-16.

Good: a file saved as UTF-8."

    NOT_TEXT = "not-text" Error
    "a file contains a NUL character"
    "Neither YAML nor JSON allows NUL characters. The file is most likely compressed or binary; unpack it, or name the text file instead.

Bad: `openapi.yaml.gz` passed as the document.

Good: the unpacked file."

    EMPTY_DOCUMENT = "empty-document" Error
    "a file has no content"
    "The file is empty or contains only comments. Check that it is the file you mean.

Bad: `# to be written`

Good: `openapi: 3.1.0` and the rest of a document."

    YAML_SYNTAX = "yaml-syntax" Error
    "a file is not YAML"
    "The text is not YAML 1.2. The location is where the parser noticed the problem. The cause, such as a missing quote or wrong indentation, is often on the line before.

Bad:

```yaml
description: Note: this needs quotes
```

Good:

```yaml
description: \"Note: this needs quotes\"
```"

    YAML_INDENTATION = "yaml-indentation" Note
    "a line within brackets or quotes is not indented enough"
    "In YAML, every line of a value is indented more deeply than its key, including the closing bracket. Many parsers accept less indentation, so the file is read anyway; other tools may refuse it.

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
    "The text starts with `{` or `[`, so it was read as JSON. It is neither JSON nor YAML in flow style. Look for a missing comma, quote or bracket at the location.

Bad: `{\"openapi\": \"3.1.0\" \"info\": {}}`

Good: `{\"openapi\": \"3.1.0\", \"info\": {}}`"

    NOT_JSON = "not-json" Warning(Degraded)
    "a file named `.json` is YAML"
    "The file is not JSON. It is YAML in flow style, and was read as YAML, but other programs will refuse it. Correct the JSON, or name the file `.yaml`.

Bad: `{\"openapi\": \"3.1.0\",}` (with a comma after the last entry)

Good: `{\"openapi\": \"3.1.0\"}`"

    TOO_DEEP = "too-deep" Error
    "arrays and objects are nested too deeply"
    "Documents are read to a depth of 128 levels, including inlined files and aliases. Move inner schemas to `components` and refer to them.

Bad: a schema with properties written out 70 levels deep.

Good: inner schemas under `components/schemas`, with a `$ref` where they are used."

    DUPLICATE_KEY = "duplicate-key" Warning(Degraded)
    "an object has a key twice"
    "YAML forbids this, and JSON leaves it undefined. The last value is used, at the position of the first; the first value is lost. Remove one entry, or rename its key.

Bad:

```yaml
/pets:
  get: { operationId: listPets }
  get: { operationId: findPets }
```

Good: each key once."

    COMPLEX_KEY = "complex-key" Warning(Degraded)
    "a key is an array or object"
    "YAML allows any node as a key, but JSON allows only strings, so the entry is left out. The usual cause is text in braces without quotes.

Bad: `default: {{host}}`

Good: `default: \"{{host}}\"`"

    INVALID_MERGE_KEY = "invalid-merge-key" Warning(Degraded)
    "the value of `<<` is not an object"
    "The key `<<` merges the entries of an object, or of each object in a list. With any other value it is kept as an ordinary entry. Refer to an object, or quote the key.

Bad: `<<: text`

Good: `<<: *defaults`"

    UNKNOWN_TAG = "unknown-tag" Note
    "a YAML tag has no meaning here"
    "Only the tags of the YAML core schema (`!!str`, `!!int` and so on) change how a value is read. Other tags are ignored; remove them.

Bad: `version: !semver 1.0.0`

Good: `version: \"1.0.0\"`"

    NON_JSON_NUMBER = "non-json-number" Note
    "a number does not exist in JSON"
    "`.inf` and `.nan` are numbers in YAML but not in JSON, so they are read as text. Remove the keyword, or write a finite number.

Bad: `maximum: .inf`

Good: no `maximum`."

    SEVERAL_DOCUMENTS = "several-documents" Warning(Degraded)
    "a file contains several YAML documents"
    "Only the first document that is not empty is read. Everything after the next `---` is left out; move it to other files.

Bad: two OpenAPI documents in one file, separated by `---`.

Good: two files."

    RECURSIVE_ALIAS = "recursive-alias" Error
    "an alias is part of the node that it names"
    "Expanding the alias would never end. Use a `$ref` for a schema that contains itself.

Bad: `node: &node { next: *node }`

Good: `next: { $ref: '#/components/schemas/Node' }`"

    ALIAS_EXPANSION = "alias-expansion" Error
    "aliases expand to more than the limit"
    "Aliases of nodes that contain aliases multiply. Together, aliases may add at most 64 MiB to a document. Use `$ref` for repeated parts.

Bad: nine levels of `&b [*a, *a, *a, *a, *a, *a, *a, *a, *a]`.

Good: `$ref` instead of aliases."

    NOT_AN_OBJECT = "not-an-object" Error
    "a document is not an object"
    "The root of an OpenAPI document, and of an overlay, is an object. Check that the file is the one you mean.

Bad: `- openapi: 3.1.0`

Good: `openapi: 3.1.0`"

    MISSING_VERSION = "missing-version" Error
    "a document does not state its OpenAPI version"
    "Every OpenAPI document has the key `openapi` at its root, which says how to read the rest. Add the key.

Bad: `info: { title: Pets, version: 1.0.0 }` alone.

Good: `openapi: 3.1.0` before it."

    VERSION_NOT_A_STRING = "version-not-a-string" Error
    "the version is not a string"
    "YAML reads `3.0` as a number, and `3.10` as the same number as `3.1`. Write all three parts of the version, or put it in quotes.

Bad: `openapi: 3.0`

Good: `openapi: 3.0.0`"

    UNSUPPORTED_VERSION = "unsupported-version" Error
    "the version of the format is not supported"
    "Swagger 2.0 and any patch version of OpenAPI 3.0, 3.1 and 3.2 are supported. Correct the version, or convert the document.

Bad: `openapi: 4.0.0`

Good: `openapi: 3.1.0`"

    SWAGGER_2 = "swagger-2" Warning(Degraded)
    "a Swagger 2.0 document combines keys in a way that has no meaning"
    r"Swagger 2.0 documents are read as they are, but the format does not allow every combination of keys. An operation can have only one body: either a body parameter or form parameters. The items of a list in a parameter cannot be lists. A second body is left out, and a list within a list becomes a string. Describe only one body, and no lists within lists.

Bad:

```yaml
parameters:
- {name: pet, in: body, schema: {type: object}}
- {name: photo, in: formData, type: file}
```

Good:

```yaml
parameters:
- {name: pet, in: formData, type: string}
- {name: photo, in: formData, type: file}
```"

    OTHER_KIND = "other-kind" Error
    "a file is not an OpenAPI document"
    "The file is something else, or says that it is: an AsyncAPI, Arazzo or Overlay document, a Postman collection, a JSON Schema or an HTML page. Pass the OpenAPI document.

Bad: an overlay passed as the document.

Good: the OpenAPI document, with the overlay beside it."

    REMOTE_REFERENCE = "remote-reference" Warning(Degraded)
    "a reference points to a network address"
    "The generator never fetches anything, so that the same input always gives the same output. The reference is treated like any other dangling reference. Save a copy of the target beside the document.

Bad: `$ref: https://example.com/schemas/pet.yaml`

Good: a copy of the file beside the document, and `$ref: pet.yaml`."

    UNREADABLE_REFERENCE = "unreadable-reference" Warning(Degraded)
    "a reference names a file that cannot be read"
    "The file does not exist, or is neither YAML nor JSON. The reference is treated as dangling. Paths are relative to the file that contains the reference, and case matters.

Bad: `$ref: schemas/pet.yaml` when the file is `schemas/Pet.yaml`.

Good: `$ref: schemas/Pet.yaml`"

    DANGLING_FILE_REFERENCE = "dangling-file-reference" Warning(Degraded)
    "a reference has no target in the file that it names"
    "The file was read, but has nothing at this pointer, anchor or `$id`. The reference is treated as dangling. Correct the part after `#`, or add the target.

Bad: `$ref: common.yaml#/schema/Pet` when the file has `schemas`.

Good: `$ref: common.yaml#/schemas/Pet`"

    INVALID_REFERENCE = "invalid-reference" Warning(Degraded)
    "a `$ref` is not a string"
    "The value of `$ref` is a URI, written as a string. Anything else is ignored. Put references in quotes, because `#` starts a comment in YAML.

Bad: `$ref: [Pet]`

Good: `$ref: '#/components/schemas/Pet'`"

    REFERENCE_CYCLE = "reference-cycle" Warning(Degraded)
    "the target of a reference that has to be inlined contains itself"
    "Schemas, parameters, responses and some other objects have a section under `components`. A reference to any other object is replaced by a copy of its target. That is impossible if the target contains itself. Write one of the targets out in full.

Bad: two path items in two files whose `$ref`s name each other.

Good: one of them written out."

    OVERLAY_INVALID = "overlay-invalid" Error
    "an overlay breaks its specification"
    "An overlay has `overlay: 1.0.0`, `info` and `actions`. Each action has a `target`, and either `update` or `remove: true`.

Bad: `- target: $.info` alone.

Good:

```yaml
- target: $.info
  update: { title: Pets }
  x-reason: upstream left the title out
```"

    OVERLAY_PATH = "overlay-path" Error
    "the target of an action is not a `JSONPath`"
    "Targets are JSONPath expressions as in RFC 9535. They start with `$`, and names with special characters go in brackets and quotes.

Bad: `target: paths./pets.get`

Good: `target: $.paths['/pets'].get`"

    OVERLAY_UNMATCHED = "overlay-unmatched" Error
    "an action matches nothing"
    "The part of the document that the action repairs is gone, most likely because upstream has changed. This is an error because an action without effect would go unnoticed. Remove the action, or correct its target.

Bad: `target: $.paths['/pet'].get` when the path is `/pets`.

Good: the action removed, or its target corrected."

    OVERLAY_TARGET = "overlay-target" Error
    "an action cannot change its target"
    "An object is merged with an object, a list gets a new member, and a scalar is replaced by a scalar. No other combination is possible, and the root cannot be removed. Target the enclosing object, and update the value by its key.

Bad: `target: $.info.title` with `update: { en: Pets }`

Good: `target: $.info` with `update: { title: Pets }`"

    OVERLAY_NO_EFFECT = "overlay-no-effect" Note
    "an action changes nothing"
    "The document already has the values of this update, most likely because upstream has been corrected. Remove the action.

Bad: `update: { title: Pets }` where the title is `Pets`.

Good: the action removed."

    OVERLAY_NO_REASON = "overlay-no-reason" Note
    "an action has no reason"
    "Every repair of an upstream document needs an `x-reason`, so that it can be reviewed when upstream changes. Say what upstream gets wrong.

Bad: an action with `target` and `update` only.

Good: an action that also has `x-reason: the server returns 204, the document says 200`."
}
