//! OAuth 2: gets and renews tokens from the client that an application has registered.
//!
//! **Invariant:** a secret is sent only to the token endpoint, and two requests for a token never
//! run at the same time.

mod flow;
mod issued;
mod settings;
mod store;

pub use settings::{OAuth, OAuthTokens};
pub use store::{StoredToken, TokenStore};
