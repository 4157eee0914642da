//! The kinds of objects that the format has.

use crate::document::{Node, Value};

/// The kind of an object of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The document itself.
    OpenApi,
    /// `info`.
    Info,
    /// `info.contact`.
    Contact,
    /// `info.license`.
    License,
    /// A member of `servers`.
    Server,
    /// A member of `server.variables`.
    ServerVariable,
    /// `paths`.
    Paths,
    /// A member of `paths`, `webhooks`, a callback or `components.pathItems`.
    PathItem,
    /// One operation.
    Operation,
    /// One parameter.
    Parameter,
    /// One header of a response or of an encoding.
    Header,
    /// `requestBody`.
    RequestBody,
    /// A member of `content`.
    MediaType,
    /// A member of `encoding`.
    Encoding,
    /// `responses`.
    Responses,
    /// One response.
    Response,
    /// One callback.
    Callback,
    /// One link.
    Link,
    /// A named example.
    Example,
    /// A member of `tags`.
    Tag,
    /// `externalDocs`.
    ExternalDocs,
    /// A member of `components.securitySchemes`.
    SecurityScheme,
    /// `flows` of a security scheme.
    OAuthFlows,
    /// One of these flows.
    OAuthFlow,
    /// `components`.
    Components,
    /// A schema.
    Schema,
    /// `discriminator`.
    Discriminator,
    /// `xml`.
    Xml,
}

impl Kind {
    /// All kinds, in the order in which documents use them.
    pub const ALL: &'static [Self] = &[
        Self::OpenApi,
        Self::Info,
        Self::Contact,
        Self::License,
        Self::Server,
        Self::ServerVariable,
        Self::Paths,
        Self::PathItem,
        Self::Operation,
        Self::Parameter,
        Self::Header,
        Self::RequestBody,
        Self::MediaType,
        Self::Encoding,
        Self::Responses,
        Self::Response,
        Self::Callback,
        Self::Link,
        Self::Example,
        Self::Tag,
        Self::ExternalDocs,
        Self::SecurityScheme,
        Self::OAuthFlows,
        Self::OAuthFlow,
        Self::Components,
        Self::Schema,
        Self::Discriminator,
        Self::Xml,
    ];

    /// Whether a value can be read as an object of this kind: schemas may be `true` or `false`.
    #[must_use]
    pub fn is_object(self, node: &Node) -> bool {
        match node.value {
            Value::Object(_) => true,
            Value::Bool(_) => self == Self::Schema,
            _ => false,
        }
    }

    /// The name of the object in a message, with its article: `an operation`.
    #[must_use]
    pub fn noun(self) -> String {
        let title = self.title();
        let article = if title.starts_with(['a', 'e', 'i', 'o', 'O']) { "an" } else { "a" };
        format!("{article} {title}")
    }

    /// The name of the object in a message.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::OpenApi => "document",
            Self::Info => "info object",
            Self::Contact => "contact",
            Self::License => "license",
            Self::Server => "server",
            Self::ServerVariable => "server variable",
            Self::Paths => "paths object",
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Header => "header",
            Self::RequestBody => "request body",
            Self::MediaType => "media type",
            Self::Encoding => "encoding",
            Self::Responses => "responses object",
            Self::Response => "response",
            Self::Callback => "callback",
            Self::Link => "link",
            Self::Example => "example",
            Self::Tag => "tag",
            Self::ExternalDocs => "external documentation object",
            Self::SecurityScheme => "security scheme",
            Self::OAuthFlows => "OAuth flows object",
            Self::OAuthFlow => "OAuth flow",
            Self::Components => "components object",
            Self::Schema => "schema",
            Self::Discriminator => "discriminator",
            Self::Xml => "XML object",
        }
    }
}
