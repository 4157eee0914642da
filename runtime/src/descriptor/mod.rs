//! Descriptors: operations as static data, which generated code contains and which clients and
//! servers read.

mod paging;

pub use self::paging::{Count, More, PageSize, Paging, Walk};

/// One operation of an API.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says something else about the operation")]
pub struct Operation {
    /// `operationId`.
    pub id: &'static str,
    /// The HTTP method in capitals.
    pub method: &'static str,
    /// The path template of the document, for logs and traces.
    pub path: &'static str,
    /// Tags, as documented.
    pub tags: &'static [&'static str],
    /// The path, segment by segment.
    pub segments: &'static [&'static [Piece]],
    /// Query pairs that are part of the path key.
    pub fixed_query: &'static [(&'static str, Option<&'static str>)],
    /// Parameters; generated code refers to them by index.
    pub parameters: &'static [Parameter],
    /// The request body; `None` if the operation has none.
    pub body: Option<RequestBody>,
    /// Whether a server reads the files of a form as they arrive.
    pub streams_files: bool,
    /// The security alternatives; empty if no credentials are required.
    pub security: &'static [Alternative],
    /// The `Accept` header; empty if no body is expected.
    pub accept: &'static str,
    /// Whether a successful response is streamed instead of buffered.
    pub streams: bool,
    /// Media types of successful responses that are buffered even though the operation streams.
    /// JSON is always buffered.
    pub buffered: &'static [&'static str],
    /// Whether a success is documented without a body. A body that arrives all the same is left to
    /// the caller.
    pub undocumented_body: bool,
    /// The statuses of documented redirects, which are returned and not followed.
    pub redirects: &'static [u16],
    /// Whether repeating the request has no further effect.
    pub idempotent: bool,
    /// The base URL of the operation's own server, if the document gives it one.
    pub server: Option<&'static str>,
    /// The header for the key that lets a server distinguish a retry from a second call, if there
    /// is one.
    pub idempotency_key: Option<&'static str>,
    /// How the operation pages, if it does.
    pub paging: Option<Paging>,
    /// The status of every refusal of an unreadable or invalid request, if the document describes
    /// either 400 or 422 and not the other.
    pub invalid: Option<u16>,
}

/// A piece of a path segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Fixed text, percent-decoded.
    Literal(&'static str),
    /// The index of one of the operation's parameters.
    Parameter(usize),
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of a parameter object in the document")]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it is sent.
    pub location: Location,
    /// How arrays and objects are serialized.
    pub style: Style,
    /// Whether arrays and objects are serialized as several pairs.
    pub explode: bool,
    /// Whether reserved characters stay unescaped.
    pub allow_reserved: bool,
    /// Whether it is required.
    pub required: bool,
    /// Whether the value is serialized as JSON (`content` parameters).
    pub json: bool,
    /// Whether empty text counts as absent where it is not a value of the type (`allowEmptyValue`).
    pub allow_empty: bool,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name says the location")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
    /// The whole query string.
    QueryString,
}

/// Serialization style of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name says the style; Swagger 2.0 has lists with tabs")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    TabDelimited,
    DeepObject,
}

impl Style {
    /// The separator between the items of a list that is written as one text.
    #[must_use]
    pub const fn delimiter(self) -> &'static str {
        match self {
            Self::SpaceDelimited => " ",
            Self::PipeDelimited => "|",
            Self::TabDelimited => "\t",
            _ => ",",
        }
    }

    /// The delimiter in a URL. A comma is literal; the others are percent-encoded.
    #[must_use]
    pub const fn encoded_delimiter(self) -> &'static str {
        match self {
            Self::SpaceDelimited => "%20",
            Self::PipeDelimited => "%7C",
            Self::TabDelimited => "%09",
            _ => ",",
        }
    }
}

/// A request body.
#[derive(Clone, Copy, Debug)]
pub struct RequestBody {
    /// Whether it is required.
    pub required: bool,
    /// Media types in the document's order, with their parameters or wildcards.
    pub media: &'static [&'static str],
}

/// One security requirement, which consists of all of its schemes together. It is empty if no
/// credentials are required.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    /// The schemes, each with the required scopes.
    pub requirements: &'static [Requirement],
}

/// A scheme and the scopes that it requires.
#[derive(Clone, Copy, Debug)]
pub struct Requirement {
    /// The scheme.
    pub scheme: &'static Scheme,
    /// Scopes or roles.
    pub scopes: &'static [&'static str],
}

/// A security scheme.
#[derive(Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The name in the document.
    pub name: &'static str,
    /// How the credential is sent.
    pub kind: SchemeKind,
}

/// How a credential is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// A header with this name.
    Header(&'static str),
    /// A query parameter with this name.
    Query(&'static str),
    /// A cookie with this name.
    Cookie(&'static str),
    /// `Authorization: Basic …`.
    Basic,
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: <scheme> …`.
    Http(&'static str),
    /// Nothing in the request, because the connection carries the credential.
    MutualTls,
}

/// The encoding of a property of a URL-encoded form, if it differs from
/// `style: form, explode: true`.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "most are fields of the document's encoding object")]
pub struct FormField {
    /// The property.
    pub name: &'static str,
    /// How arrays and objects are serialized.
    pub style: Style,
    /// Whether arrays and objects are serialized as several pairs.
    pub explode: bool,
    /// Whether reserved characters stay unescaped.
    pub allow_reserved: bool,
    /// Whether the value is serialized as JSON.
    pub json: bool,
    /// Whether empty text is `null`, because the property is nullable and empty text is not one of
    /// its values.
    pub empty_is_null: bool,
}

impl FormField {
    /// A property in the style `form`, exploded.
    pub const DEFAULT: Self =
        Self { name: "", style: Style::Form, explode: true, allow_reserved: false, json: false, empty_is_null: false };
}

/// A property of a multipart body, sent as one part or several.
#[derive(Clone, Copy, Debug)]
pub struct MultipartField {
    /// The name of the part.
    pub name: &'static str,
    /// How it is serialized.
    pub content: PartContent,
    /// Whether each item of a list is a part.
    pub repeated: bool,
    /// The content types from `encoding`, if given.
    pub content_type: Option<&'static str>,
    /// The style in which it becomes parts, and whether it is exploded. It has no content type
    /// then.
    pub style: Option<(Style, bool)>,
    /// Whether empty text is `null`, because the property is nullable and empty text is not one of
    /// its values.
    pub empty_is_null: bool,
}

impl MultipartField {
    /// One part with text.
    pub const TEXT: Self = Self {
        name: "",
        content: PartContent::Text,
        repeated: false,
        content_type: None,
        style: None,
        empty_is_null: false,
    };

    /// The property as a form property, if it has a style.
    pub(crate) fn styled(&self) -> Option<FormField> {
        let (style, explode) = self.style?;
        let (name, empty_is_null) = (self.name, self.empty_is_null);
        Some(FormField { name, style, explode, empty_is_null, ..FormField::DEFAULT })
    }
}

/// How a part is serialized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartContent {
    /// Scalars: `text/plain`.
    Text,
    /// Objects and any-JSON: `application/json`.
    Json,
    /// Bytes with a file name.
    File,
}

/// Whether repeating a request of this method has no further effect (RFC 9110, 9.2.2).
#[must_use]
pub const fn is_idempotent(method: &str) -> bool {
    matches!(method.as_bytes(), b"GET" | b"HEAD" | b"PUT" | b"DELETE" | b"OPTIONS" | b"TRACE" | b"QUERY")
}

impl Operation {
    /// Empty defaults, for `..Operation::BASE` in generated tables.
    pub const BASE: Self = Self {
        id: "",
        method: "GET",
        path: "/",
        tags: &[],
        segments: &[],
        fixed_query: &[],
        parameters: &[],
        body: None,
        streams_files: false,
        security: &[],
        accept: "",
        streams: false,
        buffered: &[],
        redirects: &[],
        undocumented_body: false,
        idempotent: false,
        server: None,
        idempotency_key: None,
        paging: None,
        invalid: None,
    };

    /// Whether the document assigns this tag to the operation.
    #[must_use]
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.contains(&tag)
    }

    /// Whether it cannot be called without credentials.
    #[must_use]
    pub fn needs_credentials(&self) -> bool {
        !self.security.is_empty() && self.security.iter().all(|alternative| !alternative.requirements.is_empty())
    }

    /// Names a parameter in a message, such as ``path parameter `user_id` ``.
    #[must_use]
    pub fn describe_parameter(&self, index: usize) -> String {
        let Some(parameter) = self.parameters.get(index) else { return format!("parameter {index}") };
        let location = match parameter.location {
            Location::Path => "path parameter",
            Location::Query | Location::QueryString => "query parameter",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        format!("{location} `{}`", parameter.name)
    }

    /// The request body's documented media type at this index.
    #[must_use]
    pub fn body_media(&self, index: usize) -> Option<&'static str> {
        self.body.and_then(|body| body.media.get(index).copied())
    }
}

impl Parameter {
    /// A path parameter with the defaults of OpenAPI.
    pub const PATH: Self = Self {
        name: "",
        location: Location::Path,
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        required: true,
        json: false,
        allow_empty: false,
    };
    /// A query parameter with the defaults of OpenAPI.
    pub const QUERY: Self =
        Self { location: Location::Query, style: Style::Form, explode: true, required: false, ..Self::PATH };
    /// A header parameter with the defaults of OpenAPI.
    pub const HEADER: Self = Self { location: Location::Header, required: false, ..Self::PATH };
    /// A cookie parameter with the defaults of OpenAPI.
    pub const COOKIE: Self = Self { location: Location::Cookie, ..Self::QUERY };
    /// The whole query string.
    pub const QUERY_STRING: Self = Self { location: Location::QueryString, ..Self::QUERY };

    /// A path parameter like [`Parameter::PATH`].
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self { name, ..Self::PATH }
    }

    /// An optional query parameter like [`Parameter::QUERY`].
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self { name, ..Self::QUERY }
    }

    /// An optional header parameter like [`Parameter::HEADER`].
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self { name, ..Self::HEADER }
    }
}
