//! Security schemes, the combinations of them that operations accept, and base URLs.

use super::{ConstantName, Doc, FieldName, FunctionName, Origin, VariantName};

/// One entry of `components/securitySchemes`.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Name in the document.
    pub wire: String,
    /// Field and builder method, such as `app_key`.
    pub name: FieldName,
    /// Variant in generated enums, such as `AppKey`.
    pub variant: VariantName,
    /// Descriptor, such as `APP_KEY`.
    pub constant: ConstantName,
    /// How the credential is sent.
    pub kind: SchemeKind,
    /// Flows of `oauth2` in which a client can take part; empty for other types.
    pub flows: Vec<Flow>,
    /// The URL of the metadata of the authorization server: of OpenID Connect, or of OAuth 2.
    pub metadata_url: Option<String>,
    /// Documentation.
    pub doc: Doc,
    /// Location in the document.
    pub origin: Origin,
}

impl Scheme {
    /// Whether a client can get tokens for it: the endpoints are documented, or can be looked up.
    #[must_use]
    pub fn has_flows(&self) -> bool {
        !self.flows.is_empty() || self.metadata_url.is_some()
    }
}

/// A flow of OAuth 2 with a token endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The kind of flow.
    pub kind: FlowKind,
    /// The URL where tokens are requested. It may be relative.
    pub token_url: String,
    /// The URL where a user logs in, or where a device asks for a code.
    pub authorization_url: Option<String>,
    /// The URL where they are renewed, if it is different.
    pub refresh_url: Option<String>,
    /// All scopes, in the document's order.
    pub scopes: Vec<String>,
}

/// The flows of OAuth 2 with a token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name says the flow")]
pub enum FlowKind {
    ClientCredentials,
    Password,
    AuthorizationCode,
    Device,
}

/// How a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `apiKey` in a header with this name.
    HeaderKey(String),
    /// `apiKey` in a query parameter with this name.
    QueryKey(String),
    /// `apiKey` in a cookie with this name.
    CookieKey(String),
    /// `http: basic`.
    Basic,
    /// `http: bearer`, `oauth2`, `openIdConnect`: `Authorization: Bearer …`.
    Bearer,
    /// Another registered HTTP scheme, such as `Token` or `Digest`: `Authorization: <scheme> …`.
    Http(String),
    /// `mutualTLS`: the connection carries it and not the request.
    MutualTls,
}

/// Schemes that are required together: one variant of the generated `Credentials` enum.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Rust name, such as `AppKeyAndAppSecret`.
    pub variant: VariantName,
    /// Indices into the API's schemes, ascending; never empty.
    pub schemes: Vec<usize>,
}

/// One way to authenticate, with all of its requirements together. If there are none, no
/// credentials are required.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// Requirements in the document's order.
    pub requirements: Vec<Requirement>,
    /// Index into the API's credentials; `None` if no credentials are required.
    pub credential: Option<usize>,
}

/// A scheme and the scopes that it must grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Index into the API's schemes.
    pub scheme: usize,
    /// Scopes or roles, as documented.
    pub scopes: Vec<String>,
}

/// A documented base URL.
#[derive(Clone, Debug)]
pub struct Server {
    /// Function or constant stem, such as `production`.
    pub name: FunctionName,
    /// Constant for a base URL without variables, such as `PRODUCTION`.
    pub constant: ConstantName,
    /// URL template without a trailing slash, with variables such as `{instance}`.
    pub url: String,
    /// Variables in order of appearance.
    pub variables: Vec<ServerVariable>,
    /// Documentation.
    pub doc: Doc,
    /// Location in the document.
    pub origin: Origin,
}

/// A variable of a server URL.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Argument name.
    pub name: FieldName,
    /// Name in the template.
    pub wire: String,
    /// Default value.
    pub default: String,
    /// Allowed values; empty if any value is allowed.
    pub allowed: Vec<String>,
    /// Documentation.
    pub doc: Doc,
}
