//! Responses: statuses, bodies and headers.

use super::{Doc, FieldName, Media, TypeName, TypeUse, VariantName};

/// Documented responses, divided into successes and errors.
#[derive(Clone, Debug, Default)]
pub struct Responses {
    /// 1xx to 3xx, and `default` if no success is documented.
    pub success: Vec<ResponseCase>,
    /// 4xx, 5xx, and `default`.
    pub error: Vec<ResponseCase>,
    /// The shared errors that the error type is an alias of.
    pub shared_error: Option<ErrorAlias>,
}

/// The shared errors of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorAlias {
    /// Index into the API's shared errors.
    pub shared: usize,
    /// A number made from the name of the error type.
    pub number: u32,
}

/// Equal errors of several operations: one enum with a number for each operation, so that each has
/// a type of its own.
#[derive(Clone, Debug)]
pub struct SharedErrors {
    /// Enum, such as `NotFoundConflictErrorsX12ab34`.
    pub name: TypeName,
    /// The documented responses.
    pub cases: Vec<ResponseCase>,
    /// The statuses of the successes, if the errors document every other status.
    pub successes: Vec<Status>,
    /// Whose operations they are.
    pub side: Side,
    /// Indices into the operations of that side, ascending.
    pub places: Vec<usize>,
}

/// Who serves an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The API.
    Api,
    /// An application, as a webhook or callback.
    Webhooks,
}

/// One documented response with one media type.
#[derive(Clone, Debug)]
pub struct ResponseCase {
    /// Variant of the success or error enum, such as `NotFound`.
    pub variant: VariantName,
    /// The statuses that it documents.
    pub status: Status,
    /// Media type; `None` for a response without a body.
    pub media: Option<Media>,
    /// Other media types with the same schema that the body may have.
    pub also: Vec<Media>,
    /// The content of the body.
    pub body: ResponseBody,
    /// Typed headers: index into the API's header groups.
    pub headers: Option<usize>,
    /// Documentation.
    pub doc: Doc,
}

/// The statuses that a [`ResponseCase`] documents. Unless this is a `Code`, the generated variant
/// holds the actual status as its first field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// This status: 100 to 599, or up to 999 in unusual documents.
    Code(u16),
    /// `1XX` to `5XX`.
    Range(u8),
    /// Every status that the operation does not otherwise document.
    Default,
}

impl Status {
    /// The statuses of responses: sorted, without duplicates.
    #[must_use]
    pub fn of(cases: &[ResponseCase]) -> Vec<Self> {
        let mut statuses: Vec<Self> = cases.iter().map(|case| case.status).collect();
        statuses.sort_unstable();
        statuses.dedup();
        statuses
    }
}

/// The content of a response body.
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
    /// Bytes, buffered up to a limit.
    Bytes,
    /// Streamed bytes (`application/octet-stream`, `format: binary`, files).
    Stream,
    /// `text/event-stream`: one item per event.
    Events(TypeUse),
    /// JSON lines, JSON sequences: one item per line.
    Lines(TypeUse),
}

impl ResponseBody {
    /// The type of the body, or of each item of a stream; `None` for a response without a body and
    /// for bytes.
    #[must_use]
    pub fn ty(&self) -> Option<&TypeUse> {
        match self {
            Self::Json(ty) | Self::Text(ty) | Self::Form(ty) | Self::Events(ty) | Self::Lines(ty) => Some(ty),
            Self::Empty | Self::Bytes | Self::Stream => None,
        }
    }

    /// [`ty`](Self::ty), mutably.
    pub(crate) fn ty_mut(&mut self) -> Option<&mut TypeUse> {
        match self {
            Self::Json(ty) | Self::Text(ty) | Self::Form(ty) | Self::Events(ty) | Self::Lines(ty) => Some(ty),
            Self::Empty | Self::Bytes | Self::Stream => None,
        }
    }

    /// The kind of content, in one word.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Json(_) => "json",
            Self::Text(_) => "text",
            Self::Form(_) => "form",
            Self::Bytes => "bytes",
            Self::Stream => "stream",
            Self::Events(_) => "events",
            Self::Lines(_) => "lines",
        }
    }
}

/// The documented headers of a response or part. They become a struct in `operations.rs`.
#[derive(Clone, Debug)]
pub struct HeaderGroup {
    /// The owner of the headers.
    pub holder: HeaderHolder,
    /// Struct name, such as `ListUsersOkHeaders`.
    pub name: TypeName,
    /// Headers in the document's order.
    pub headers: Vec<Header>,
    /// The shared group that this one is an alias of, as an index into the API's shared groups.
    pub shared: Option<usize>,
}

/// The owner of headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderHolder {
    /// A response.
    Response,
    /// A file in a multipart body.
    MultipartPart,
}

/// A header of a response or part.
#[derive(Clone, Debug)]
pub struct Header {
    /// Field name.
    pub name: FieldName,
    /// Header name.
    pub wire: String,
    /// Whether the document requires it. Clients treat it as optional in any case.
    pub required: bool,
    /// How a value is written.
    pub form: HeaderForm,
    /// Type of a present value.
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
