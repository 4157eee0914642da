//! Operations: names, path, parameters, and how they are grouped.

use serde_json::Value;

use super::{
    Alternative, ConstantName, Doc, FieldName, FunctionName, Media, Origin, Paging, RequestBody, Responses, Server,
    Status, Style, TypeName, TypeUse,
};

/// One operation: a request builder of the client, and a method of the server trait.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`, or an ID made from method and path if the document has none.
    pub id: String,
    /// Method of the client and the server trait, such as `patch_user_profile`.
    pub name: FunctionName,
    /// Descriptor, such as `PATCH_USER_PROFILE`.
    pub constant: ConstantName,
    /// Request builder, such as `PatchUserProfileRequestBuilder`.
    pub builder: TypeName,
    /// Input of the server method, such as `PatchUserProfileInput`.
    pub input: TypeName,
    /// Success enum, such as `PatchUserProfileSuccess`.
    pub success: TypeName,
    /// Error enum, such as `PatchUserProfileError`.
    pub error: TypeName,
    /// Enum of the media types of the request body, such as `PatchUserProfileBody`. It is printed
    /// only if there are several.
    pub body_name: TypeName,
    /// HTTP method.
    pub method: Method,
    /// Path template.
    pub path: PathTemplate,
    /// Documentation.
    pub doc: Doc,
    /// Tags, as documented.
    pub tags: Vec<String>,
    /// Parameters. Path parameters come first, in the order of the path; the others follow in the
    /// document's order.
    pub parameters: Vec<Parameter>,
    /// Request body.
    pub body: Option<RequestBody>,
    /// Documented responses.
    pub responses: Responses,
    /// Security alternatives in the document's order; empty if no credentials are required.
    pub security: Vec<Alternative>,
    /// Base URLs of this operation or path that replace those of the API.
    pub servers: Vec<Server>,
    /// Location in the document.
    pub origin: Origin,
    /// The header for the key that distinguishes a retry from a second call, if there is one.
    pub idempotency_key: Option<String>,
    /// How it pages, if it does.
    pub paging: Option<Paging>,
}

/// An HTTP method in capitals. Methods other than the registered ones come from OpenAPI 3.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method(pub String);

impl Method {
    /// Whether repeating a request has no further effect (RFC 9110, 9.2.2).
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        matches!(self.0.as_str(), "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY")
    }
}

/// A path in segments, and the query in its key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathTemplate {
    /// The key in the document.
    pub raw: String,
    /// Segments between slashes. The path `/` is one empty segment, and a trailing slash adds an
    /// empty one.
    pub segments: Vec<Segment>,
    /// Query pairs of the path key (`/x?action=start`). Clients send them, and servers use them to
    /// distinguish operations.
    pub query: Vec<(String, Option<String>)>,
}

impl PathTemplate {
    /// The parameters in the path, in its order.
    pub fn parameters(&self) -> impl Iterator<Item = usize> {
        let pieces = self.segments.iter().flat_map(|segment| &segment.pieces);
        pieces.filter_map(|piece| match piece {
            SegmentPiece::Parameter(index) => Some(*index),
            SegmentPiece::Literal(_) => None,
        })
    }
}

/// One segment: literals and parameters, such as `{page}.{format}`.
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

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name says the location")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
    /// The whole query string (OpenAPI 3.2 `querystring`).
    QueryString,
}

/// A parameter.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the document's parameter object")]
pub struct Parameter {
    /// Argument, setter and field name.
    pub name: FieldName,
    /// Type that marks a required parameter as missing, such as `Limit`. It is unique in the
    /// operation.
    pub marker: TypeName,
    /// Name on the wire.
    pub wire: String,
    /// Where it is sent.
    pub location: Location,
    /// How arrays and objects are written.
    pub style: Style,
    /// Whether arrays and objects are written as one pair for each value.
    pub explode: bool,
    /// Whether reserved characters are not percent-encoded (query only).
    pub allow_reserved: bool,
    /// Whether it is required.
    pub required: bool,
    /// Whether it may be present without a value (`allowEmptyValue`, query only).
    pub allow_empty: bool,
    /// Media type of the value of a `content` parameter (in practice, JSON).
    pub content: Option<Media>,
    /// Type of a present value.
    pub ty: TypeUse,
    /// The documented default.
    pub default: Option<Value>,
    /// Documentation.
    pub doc: Doc,
}

/// How the methods of a server are distributed over traits.
#[derive(Clone, Debug, Default)]
pub enum Split {
    /// One trait, which is named after the API.
    #[default]
    One,
    /// One trait per group. Their supertrait, which is named after the API, authenticates callers
    /// and shapes rejections. Every operation is in exactly one group.
    Groups(Vec<Group>),
}

/// Operations that share a trait.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name of the trait.
    pub name: TypeName,
    /// Documentation of the tag.
    pub doc: Doc,
    /// Indices into the API's operations, ascending.
    pub operations: Vec<usize>,
}

/// The operations of a tag, as the client groups them.
#[derive(Clone, Debug)]
pub struct TagGroup {
    /// The tag.
    pub tag: String,
    /// Method of the client that returns the group, such as `users`.
    pub accessor: FunctionName,
    /// Name of the struct, such as `Users`.
    pub name: TypeName,
    /// Documentation of the tag.
    pub doc: Doc,
    /// Indices into the API's operations, ascending, each with the name of its method in the group.
    pub methods: Vec<(usize, FunctionName)>,
}

impl Operation {
    /// Whether a choice in the configuration means the operation: by its ID, or by its method and
    /// path.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        self.id == name || self.label() == name
    }

    /// The method and the path, as choices name an operation: `GET /users/{id}`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} {}", self.method.0, self.path.raw)
    }

    /// The status of every refusal of an unreadable or invalid request, if the document describes
    /// either 400 or 422 and not the other.
    #[must_use]
    pub fn invalid_status(&self) -> Option<u16> {
        let has = |status: Status| self.responses.error.iter().any(|case| case.status == status);
        let is_open = has(Status::Range(4)) || has(Status::Default);
        match (has(Status::Code(400)), has(Status::Code(422))) {
            (true, false) if !is_open => Some(400),
            (false, true) if !is_open => Some(422),
            _ => None,
        }
    }

    /// The tags that have a letter or digit, so that something can be named after them.
    pub(crate) fn nameable_tags(&self) -> impl Iterator<Item = &String> {
        self.tags.iter().filter(|tag| tag.chars().any(char::is_alphanumeric))
    }
}

/// Webhooks and callbacks, and the names of the types that receive and send them.
#[derive(Clone, Debug)]
pub struct Webhooks {
    /// Trait that receives them in an application, such as `AcmeWebhooks`.
    pub receiver: TypeName,
    /// Struct that sends them, such as `AcmeSender`.
    pub sender: TypeName,
    /// Builder of the sender, such as `AcmeSenderBuilder`.
    pub sender_builder: TypeName,
    /// How they are signed, if that is chosen.
    pub signature: Option<WebhookSignature>,
    /// The webhooks and callbacks, in the document's order. The list is never empty.
    pub items: Vec<Webhook>,
}

/// How webhooks are signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookSignature {
    /// The constant of the runtime's `SignatureScheme`, such as `GITHUB`.
    pub scheme: &'static str,
    /// The header with the signature in lower case, if it is not that of the scheme.
    pub header: Option<String>,
}

/// A webhook or callback: an operation that the API calls on the application.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Key under `webhooks`, or name of the callback.
    pub wire: String,
    /// Function that receives it at a path that the application chooses. The methods of one path
    /// item share it.
    pub endpoint: FunctionName,
    /// The operation. Its path is its name in the document. Receivers may use this path, but
    /// senders never do.
    pub operation: Operation,
}
