//! The endpoints of an authorization server.

/// The URLs of an authorization server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endpoints {
    /// Where tokens are requested.
    pub token: String,
    /// Where they are renewed.
    pub refresh: String,
    /// Where a user logs in.
    pub authorization: Option<String>,
    /// Where a device asks for a code.
    pub device: Option<String>,
    /// The name of the server, if it is known.
    pub issuer: Option<String>,
}
