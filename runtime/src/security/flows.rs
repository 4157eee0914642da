//! The OAuth 2 flows of a security scheme, as the document describes them.

/// The flows of a scheme; generated code has one for each scheme with `type: oauth2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OAuthFlows {
    /// Tokens for the client itself.
    pub client_credentials: Option<OAuthFlow>,
    /// Tokens for a user's name and password.
    pub password: Option<OAuthFlow>,
    /// Tokens for a user who logs in at the authorization URL.
    pub authorization_code: Option<OAuthFlow>,
}

impl OAuthFlows {
    /// No flow.
    pub const NONE: Self = Self { client_credentials: None, password: None, authorization_code: None };
}

/// A flow with the endpoints that a client needs. URLs may be relative to the base URL of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OAuthFlow {
    /// The URL where tokens are requested.
    pub token_url: &'static str,
    /// The URL where they are renewed, if it is different.
    pub refresh_url: Option<&'static str>,
    /// All scopes that exist.
    pub scopes: &'static [&'static str],
}
