//! Operations: path, parameters, bodies, and what each status answers.

use serde_json::Value;

use super::{
    Alternative, ConstantName, Doc, FieldName, FunctionName, Origin, Server, TypeId, TypeName, TypeUse, VariantName,
};

/// One operation: a builder on the client, a method of the server's trait.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`, or the name made from method and path where the document has none.
    pub id: String,
    /// Method on client and trait, such as `patch_user_profile`.
    pub name: FunctionName,
    /// Descriptor, such as `PATCH_USER_PROFILE`.
    pub constant: ConstantName,
    /// Builder, such as `PatchUserProfile`.
    pub builder: TypeName,
    /// What a server method receives, such as `PatchUserProfileInput`.
    pub input: TypeName,
    /// Success enum, such as `PatchUserProfileSuccess`.
    pub success: TypeName,
    /// Error enum, such as `PatchUserProfileError`.
    pub error: TypeName,
    /// Name of the enum over request media types, such as `PatchUserProfileBody`; printed only
    /// where there are several.
    pub body_name: TypeName,
    /// HTTP method.
    pub method: Method,
    /// Path template.
    pub path: PathTemplate,
    /// Documentation.
    pub doc: Doc,
    /// Tags, as documented.
    pub tags: Vec<String>,
    /// Parameters: path parameters in the order of the path, then the others in the document's
    /// order.
    pub parameters: Vec<Parameter>,
    /// Request body.
    pub body: Option<RequestBody>,
    /// Documented answers.
    pub responses: Responses,
    /// Alternatives in the document's order; empty: anyone may call.
    pub security: Vec<Alternative>,
    /// Base URLs of this operation or path, where they replace the API's.
    pub servers: Vec<Server>,
    /// Where it stands.
    pub origin: Origin,
}

/// An HTTP method in capitals; methods beyond the registered ones come from OpenAPI 3.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method(pub String);

impl Method {
    /// Whether a repeated request has the effect of one (RFC 9110, 9.2.2).
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        matches!(self.0.as_str(), "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY")
    }
}

/// A path, cut into segments, and what a path key carries beyond its path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathTemplate {
    /// The key as it stands in the document.
    pub raw: String,
    /// Segments between slashes; the path `/` has one empty segment, a trailing slash ends in one.
    pub segments: Vec<Segment>,
    /// Query pairs that the path key carries (`/x?action=start`); sent by clients, told apart by
    /// servers.
    pub query: Vec<(String, Option<String>)>,
}

/// One segment: literals and parameters in turn, such as `{page}.{format}`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Segment {
    /// Pieces in order; empty for an empty segment.
    pub pieces: Vec<SegmentPiece>,
}

/// A piece of a [`Segment`].
#[derive(Clone, Debug, PartialEq)]
pub enum SegmentPiece {
    /// Fixed text, percent-decoded.
    Literal(String),
    /// Index into the operation's parameters.
    Parameter(usize),
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the location of its name")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
    /// The whole query string (OpenAPI 3.2 `querystring`).
    QueryString,
}

/// Serialization style of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the style of its name")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Setter and field name.
    pub name: FieldName,
    /// Name on the wire.
    pub wire: String,
    /// Where it travels.
    pub location: Location,
    /// How arrays and objects are written.
    pub style: Style,
    /// Whether arrays and objects are written as several pairs.
    pub explode: bool,
    /// Whether reserved characters stay as they are (query only).
    pub allow_reserved: bool,
    /// Whether it must be given.
    pub required: bool,
    /// `content` parameters: the value is written in this media type (JSON, in practice).
    pub content: Option<Media>,
    /// Type of a value that is given.
    pub ty: TypeUse,
    /// The documented default.
    pub default: Option<Value>,
    /// Documentation.
    pub doc: Doc,
}

/// A media type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// As documented, such as `application/json; charset=utf-8` or `*/*`.
    pub text: String,
    /// Type, subtype without parameters, lower-case: `application/json`.
    pub essence: String,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// Whether it must be given.
    pub required: bool,
    /// One entry per media type, in the document's order; never empty.
    pub contents: Vec<BodyContent>,
    /// Documentation.
    pub doc: Doc,
}

/// A body in one media type.
#[derive(Clone, Debug)]
pub struct BodyContent {
    /// Media type.
    pub media: Media,
    /// Variant of the body enum, such as `Json`; used only where there are several.
    pub variant: VariantName,
    /// Builder method, such as `body`, or `json` and `multipart` where there are several.
    pub setter: FunctionName,
    /// How it is written.
    pub kind: BodyKind,
    /// The document's first example of it that fits its schema.
    pub example: Option<Value>,
}

/// How a body is written.
#[derive(Clone, Debug)]
pub enum BodyKind {
    /// JSON, `+json`, merge-patch.
    Json(TypeUse),
    /// `application/x-www-form-urlencoded`; the type is a struct or map, with one entry per
    /// property that departs from the default encoding.
    Form {
        /// The body.
        ty: TypeUse,
        /// Properties of which the encoding is given.
        fields: Vec<FormField>,
    },
    /// `multipart/form-data` and other multiparts of a struct.
    Multipart {
        /// The body, a struct.
        ty: TypeId,
        /// One per field of the struct, in its order.
        parts: Vec<MultipartPart>,
    },
    /// `text/*`: a `String` (or a scalar written as text).
    Text(TypeUse),
    /// JSON lines, JSON sequences: one item per line, as they come.
    Lines(TypeUse),
    /// `text/event-stream`: one item per event, as they come.
    Events(TypeUse),
    /// Anything else: bytes, which may be streamed.
    Binary,
}

/// Encoding of a property of an URL-encoded form.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in `Parameter`")]
pub struct FormField {
    pub wire: String,
    pub style: Style,
    pub explode: bool,
    pub allow_reserved: bool,
    /// Whether the value is written as JSON (an `encoding` with a JSON content type, or a nested
    /// object).
    pub json: bool,
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
    /// Whether it repeats, one part per item of the field's list.
    pub repeated: bool,
    /// Content types from `encoding`, if given.
    pub content_type: Option<String>,
    /// Typed headers of a file: index into the API's header groups.
    pub headers: Option<usize>,
}

/// How a part is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartContent {
    /// Scalars: `text/plain`.
    Text,
    /// Objects and any-JSON: `application/json`.
    Json,
    /// Bytes with a file name.
    File,
}

/// Documented answers, split as `Result` splits them.
#[derive(Clone, Debug, Default)]
pub struct Responses {
    /// 1xx to 3xx, and `default` where no success is documented.
    pub success: Vec<ResponseCase>,
    /// 4xx, 5xx, and `default`.
    pub error: Vec<ResponseCase>,
}

/// One documented response: a status in one media type.
#[derive(Clone, Debug)]
pub struct ResponseCase {
    /// Variant of the success or error enum, such as `NotFound`.
    pub variant: VariantName,
    /// Which statuses it stands for.
    pub status: Status,
    /// Media type; `None` for a response without a body.
    pub media: Option<Media>,
    /// What the body holds.
    pub body: ResponseBody,
    /// Typed headers: index into the API's header groups.
    pub headers: Option<usize>,
    /// Documentation.
    pub doc: Doc,
}

/// Which statuses an [`Outcome`] stands for. For all but `Code` the variant carries the actual
/// status first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Exactly this one, 100 to 599 (or, from odd documents, up to 999).
    Code(u16),
    /// `1XX` to `5XX`.
    Range(u8),
    /// Whatever no other outcome of the operation names.
    Default,
}

/// What the body of a response holds.
#[derive(Clone, Debug)]
pub enum ResponseBody {
    /// Nothing.
    Empty,
    /// JSON, `+json`.
    Json(TypeUse),
    /// Text.
    Text(TypeUse),
    /// `application/x-www-form-urlencoded`.
    Form(TypeUse),
    /// Bytes, buffered up to the limit.
    Bytes,
    /// Bytes as they come (`application/octet-stream`, `format: binary`, files).
    Stream,
    /// `text/event-stream`: one item per event.
    Events(TypeUse),
    /// JSON lines, JSON sequences: one item per line.
    Lines(TypeUse),
}

/// The documented headers of a response or part; a struct in `operations.rs`.
#[derive(Clone, Debug)]
pub struct HeaderGroup {
    /// What they are headers of.
    pub holder: HeaderHolder,
    /// Struct name, such as `ListUsersOkHeaders`.
    pub name: TypeName,
    /// Headers in the document's order.
    pub headers: Vec<Header>,
}

/// What headers are headers of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderHolder {
    /// A response.
    Response,
    /// A file as a part of a multipart body.
    Part,
}

/// A header of a response or part.
#[derive(Clone, Debug)]
pub struct Header {
    /// Field name.
    pub name: FieldName,
    /// Header name.
    pub wire: String,
    /// Whether the document promises it. Clients read it as optional either way.
    pub required: bool,
    /// How a value is written.
    pub form: HeaderForm,
    /// Type of a value that is present.
    pub ty: TypeUse,
    /// Documentation.
    pub doc: Doc,
}

/// How the value of a response header is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderForm {
    /// In the style `simple`.
    Simple {
        /// Whether objects are written as pairs joined by `=`.
        explode: bool,
    },
    /// As JSON.
    Json,
}

/// How the methods of a server are spread over traits.
#[derive(Clone, Debug, Default)]
pub enum Split {
    /// One trait, named for the API.
    #[default]
    One,
    /// One trait per group, over a trait named for the API that knows callers and shapes
    /// rejections. Every operation is in one group.
    Groups(Vec<Group>),
}

/// Operations that share a trait.
#[derive(Clone, Debug)]
pub struct Group {
    /// Trait, made by naming.
    pub name: TypeName,
    /// Words about the group.
    pub doc: Doc,
    /// Indices into the API's operations, ascending.
    pub operations: Vec<usize>,
}

/// Webhooks and callbacks, and the names of what receives and sends them.
#[derive(Clone, Debug)]
pub struct Webhooks {
    /// Trait of an application that receives them, such as `AcmeWebhooks`.
    pub receiver: TypeName,
    /// Struct that sends them, such as `AcmeSender`.
    pub sender: TypeName,
    /// Settings of the sender, such as `AcmeSenderBuilder`.
    pub sender_builder: TypeName,
    /// In the document's order; never empty.
    pub items: Vec<Webhook>,
}

/// A webhook or callback: an operation that the API calls on the application.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Key under `webhooks`, or callback name.
    pub wire: String,
    /// Function that receives it at a path of the application's choosing; the methods of one path
    /// item share it.
    pub endpoint: FunctionName,
    /// The operation. Its path is its name in the document, which receivers may use and senders
    /// never do.
    pub operation: Operation,
}
