//! Request bodies: media types, forms and multipart bodies.

use serde_json::Value;

use super::{Doc, FieldName, FunctionName, Media, Style, TypeId, TypeName, TypeUse, VariantName};

/// A request body.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// Whether it is required.
    pub required: bool,
    /// One entry per media type, in the document's order. It is never empty.
    pub contents: Vec<BodyContent>,
    /// Documentation.
    pub doc: Doc,
}

/// A body that has one media type.
#[derive(Clone, Debug)]
pub struct BodyContent {
    /// Media type.
    pub media: Media,
    /// Other media types with the same schema, which servers also accept.
    pub also: Vec<Media>,
    /// Variant of the body enum, such as `Json`. It is used only if there are several.
    pub variant: VariantName,
    /// Setter of the request builder: `body`, or a separate one for each, such as `json`, if there
    /// are several.
    pub setter: FunctionName,
    /// How it is written.
    pub kind: BodyKind,
    /// The first documented example that is valid for its schema.
    pub example: Option<Value>,
    /// The form that a server reads instead, if the files are read as they arrive.
    pub streamed: Option<StreamedForm>,
}

/// The fields of a form, and its files as they arrive.
#[derive(Clone, Debug)]
pub struct StreamedForm {
    /// The struct, such as `AddPhotosForm`.
    pub name: TypeName,
    /// The field that has the files.
    pub files: FieldName,
}

/// How a body is written.
#[derive(Clone, Debug)]
pub enum BodyKind {
    /// JSON, `+json`, merge-patch.
    Json(TypeUse),
    /// `application/x-www-form-urlencoded`.
    Form {
        /// The body, a struct or map.
        ty: TypeUse,
        /// Properties whose encoding differs from the default.
        fields: Vec<FormField>,
    },
    /// `multipart/form-data` and other multipart types.
    Multipart {
        /// The body, a struct.
        ty: TypeId,
        /// One per field of the struct, in its order.
        parts: Vec<MultipartPart>,
    },
    /// `text/*`: a `String`, or a scalar that is written as text.
    Text(TypeUse),
    /// JSON lines or JSON sequences, streamed: one item per line.
    Lines(TypeUse),
    /// `text/event-stream`, streamed: one item per event.
    Events(TypeUse),
    /// Any other media type: bytes, which may be streamed.
    Binary,
}

/// Encoding of a property of a URL-encoded form.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "they are as in `Parameter`")]
#[expect(clippy::struct_excessive_bools, reason = "most are fields of the document's encoding object")]
pub struct FormField {
    pub wire: String,
    pub style: Style,
    pub explode: bool,
    pub allow_reserved: bool,
    /// Whether the value is written as JSON: a nested object, or a property whose `encoding` has a
    /// JSON content type.
    pub json: bool,
    /// Whether empty text is `null`, because the property is nullable and empty text is not one of
    /// its values.
    pub empty_is_null: bool,
}

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub struct MultipartPart {
    /// Field of the struct.
    pub field: FieldName,
    /// Name of the part.
    pub wire: String,
    /// How it is written.
    pub content: PartContent,
    /// Whether each item of the field's list is a separate part.
    pub repeated: bool,
    /// Content types from `encoding`, if documented and not replaced by a style.
    pub content_type: Option<String>,
    /// Style in which the value becomes parts, and whether it is exploded (3.1 and later).
    pub style: Option<(Style, bool)>,
    /// Whether an empty part is `null`, because the property is nullable and empty text is not one
    /// of its values.
    pub empty_is_null: bool,
    /// Typed headers of a file: index into the API's header groups.
    pub headers: Option<usize>,
}

/// How a part is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartContent {
    /// Scalars: `text/plain`.
    Text,
    /// Objects and any JSON: `application/json`.
    Json,
    /// Bytes with a file name.
    File,
}
