//! OAuth 2: turns what an application registered into tokens that come by themselves.
//!
//! **Invariant:** a secret goes to the token endpoint only, and two requests for a token never run
//! at once.

mod flow;
mod issued;
mod settings;
mod store;

pub use settings::{OAuth, OAuthTokens};
pub use store::{StoredToken, TokenStore};
