//! OAuth 2: gets and renews tokens from the client that an application has registered.
//!
//! **Invariant:** a secret is sent only to the token endpoint, and two requests for a token never
//! run at the same time.

#[cfg(feature = "logins")]
mod code;
mod device;
mod endpoints;
mod flow;
mod issued;
mod metadata;
mod settings;
mod source;
mod store;

#[cfg(feature = "logins")]
pub use code::CodeLogin;
pub use device::DeviceLogin;
pub use settings::{OAuth, OAuthTokens};
pub use store::{StoredToken, TokenStore};
