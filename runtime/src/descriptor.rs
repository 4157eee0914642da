//! Operations as data: static tables that generated code prints and that client and server read.

/// One operation of an API.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`.
    pub id: &'static str,
    /// HTTP method in capitals.
    pub method: &'static str,
    /// Path template as documented, for logs and spans.
    pub path: &'static str,
    /// Path, segment by segment.
    pub segments: &'static [&'static [Piece]],
    /// Query pairs that belong to the path key itself.
    pub fixed_query: &'static [(&'static str, Option<&'static str>)],
    /// Parameters; generated code refers to them by index.
    pub parameters: &'static [Parameter],
    /// Request body: whether it must be given and in which media types; `None` if there is none.
    pub body: Option<RequestBody>,
    /// Alternatives; empty: anyone may call.
    pub security: &'static [Alternative],
    /// Media types to accept, for the `Accept` header; empty: no body is expected.
    pub accept: &'static [&'static str],
    /// Whether a successful response is handed over as a stream instead of being buffered.
    pub streams: bool,
    /// Media types of successful answers that are buffered although the operation streams; JSON always is.
    pub buffered: &'static [&'static str],
    /// Whether repeating the request has the effect of one.
    pub idempotent: bool,
    /// Base URL that replaces the API's, if the document gives the operation its own.
    pub server: Option<&'static str>,
}

/// A piece of a path segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Fixed text, percent-decoded.
    Literal(&'static str),
    /// Index into the operation's parameters.
    Parameter(usize),
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the document's own parameter object")]
pub struct Parameter {
    /// Name on the wire.
    pub name: &'static str,
    /// Where it travels.
    pub location: Location,
    /// How arrays and objects are written.
    pub style: Style,
    /// Whether arrays and objects are written as several pairs.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Whether it must be given.
    pub required: bool,
    /// Whether the value is written as JSON (`content` parameters).
    pub json: bool,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the location of its name")]
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

/// A request body.
#[derive(Clone, Copy, Debug)]
pub struct RequestBody {
    /// Whether it must be given.
    pub required: bool,
    /// Media types (with parameters or wildcards as documented), in the document's order.
    pub media: &'static [&'static str],
}

/// One way to be allowed: all of these together. Empty: anyone.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    /// Schemes and the scopes asked of each.
    pub requirements: &'static [Requirement],
}

/// A scheme and the scopes asked of it.
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
    /// Name in the document.
    pub name: &'static str,
    /// How the credential travels.
    pub kind: SchemeKind,
}

/// How a credential travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
    /// `Authorization: Basic …`.
    Basic,
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: <scheme> …`.
    Http(&'static str),
    /// Nothing in the request: the connection carries it.
    MutualTls,
}

/// An encoding of a property of an URL-encoded form, where it departs from `style: form, explode: true`.
#[derive(Clone, Copy, Debug)]
pub struct FormField {
    /// Property.
    pub name: &'static str,
    /// How arrays and objects are written.
    pub style: Style,
    /// Whether arrays and objects are written as several pairs.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Whether the value is written as JSON.
    pub json: bool,
}

/// A part of a multipart body.
#[derive(Clone, Copy, Debug)]
pub struct MultipartField {
    /// Name of the part.
    pub name: &'static str,
    /// How it is written.
    pub content: PartContent,
    /// Whether it repeats, one part per item of a list.
    pub repeated: bool,
    /// Content types from `encoding`, if given.
    pub content_type: Option<&'static str>,
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

impl Operation {
    /// What most operations have in common: nothing. For `..Operation::BASE` in generated tables.
    pub const BASE: Self = Self {
        id: "",
        method: "GET",
        path: "/",
        segments: &[],
        fixed_query: &[],
        parameters: &[],
        body: None,
        security: &[],
        accept: &[],
        streams: false,
        buffered: &[],
        idempotent: false,
        server: None,
    };
}

impl Parameter {
    /// A path parameter as the standard has it where the document says no more.
    pub const PATH: Self = Self {
        name: "",
        location: Location::Path,
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        required: true,
        json: false,
    };
    /// A query parameter as the standard has it where the document says no more.
    pub const QUERY: Self =
        Self { location: Location::Query, style: Style::Form, explode: true, required: false, ..Self::PATH };
    /// A header parameter as the standard has it where the document says no more.
    pub const HEADER: Self = Self { location: Location::Header, required: false, ..Self::PATH };
    /// A cookie parameter as the standard has it where the document says no more.
    pub const COOKIE: Self = Self { location: Location::Cookie, ..Self::QUERY };
    /// The whole query string.
    pub const QUERY_STRING: Self = Self { location: Location::QueryString, ..Self::QUERY };
}
