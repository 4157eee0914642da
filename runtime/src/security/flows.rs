//! The OAuth 2 flows of a security scheme, as the document describes them.

/// The flows of a scheme; generated code has one for each scheme with `type: oauth2` or
/// `openIdConnect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OAuthFlows {
    /// Tokens for the client itself.
    pub client_credentials: Option<OAuthFlow>,
    /// Tokens for a user's name and password.
    pub password: Option<OAuthFlow>,
    /// Tokens for a user who logs in at the authorization URL.
    pub authorization_code: Option<OAuthFlow>,
    /// Tokens for a user who confirms a code on another device.
    pub device: Option<OAuthFlow>,
    /// The URL of the metadata of the authorization server (OpenID Connect, or RFC 8414). They have
    /// the endpoints of the flows that the document does not describe.
    pub metadata_url: Option<&'static str>,
}

impl OAuthFlows {
    /// No flow.
    pub const NONE: Self =
        Self { client_credentials: None, password: None, authorization_code: None, device: None, metadata_url: None };
}

/// A flow with the endpoints that a client needs. URLs may be relative to the base URL of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OAuthFlow {
    /// The URL where tokens are requested.
    pub token_url: &'static str,
    /// The URL where a user logs in, or where a device asks for a code.
    pub authorization_url: Option<&'static str>,
    /// The URL where tokens are renewed, if it is different.
    pub refresh_url: Option<&'static str>,
    /// All scopes that exist.
    pub scopes: &'static [&'static str],
}

impl OAuthFlow {
    /// A flow without endpoints.
    pub const NONE: Self = Self { token_url: "", authorization_url: None, refresh_url: None, scopes: &[] };
}
