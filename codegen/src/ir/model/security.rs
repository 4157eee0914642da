//! Who may call: schemes, the conjunctions of them that operations accept, and where the API lives.

use super::{ConstantName, Doc, FieldName, FunctionName, VariantName};

/// One entry of `components/securitySchemes`.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Name in the document.
    pub wire: String,
    /// Field and builder-method name, such as `app_key`.
    pub name: FieldName,
    /// Variant of the generated `Scheme`-like items, such as `AppKey`.
    pub variant: VariantName,
    /// Static that describes it, such as `APP_KEY`.
    pub constant: ConstantName,
    /// How the credential travels.
    pub kind: SchemeKind,
    /// Documentation.
    pub doc: Doc,
}

/// How a credential travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `apiKey` in a header of this name.
    HeaderKey(String),
    /// `apiKey` in a query parameter of this name.
    QueryKey(String),
    /// `apiKey` in a cookie of this name.
    CookieKey(String),
    /// `http: basic`.
    Basic,
    /// `http: bearer`, `oauth2`, `openIdConnect`: `Authorization: Bearer …`.
    Bearer,
    /// Another registered HTTP scheme, such as `Token` or `Digest`: `Authorization: <scheme> …`.
    Http(String),
    /// `mutualTLS`: nothing travels in the request; the connection carries it.
    MutualTls,
}

/// A conjunction of schemes: one variant of the generated `Credentials` enum.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Rust name, such as `AppKeyAndAppSecret`.
    pub variant: VariantName,
    /// Indices into the API's schemes, ascending. Never empty.
    pub schemes: Vec<usize>,
}

/// One way to be allowed: all of its requirements together. Empty: anyone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// Requirements in the document's order.
    pub requirements: Vec<Requirement>,
    /// Index into the API's credentials; `None` for anyone.
    pub credential: Option<usize>,
}

/// A scheme and the scopes asked of it.
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
    /// Constant of a base URL without variables, such as `PRODUCTION`.
    pub constant: ConstantName,
    /// URL template without a trailing slash; `{instance}` are variables. Relative URLs are
    /// resolved as far as known.
    pub url: String,
    /// Variables in order of appearance.
    pub variables: Vec<ServerVariable>,
    /// Documentation.
    pub doc: Doc,
}

/// A variable of a server URL.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Argument name.
    pub name: FieldName,
    /// Name in the template.
    pub wire: String,
    /// Its default.
    pub default: String,
    /// Allowed values; empty: any.
    pub allowed: Vec<String>,
    /// Documentation.
    pub doc: Doc,
}
