//! API credentials of a Looker instance → access tokens: a client that logs in when necessary.
//!
//! **Invariant:** one login serves all calls until the token expires or the API refuses it, and no
//! two logins run at the same time.

use specwright_runtime::Secret;
use specwright_runtime::client::{BuildError, OAuth, OAuthTokens};
use specwright_runtime::security::{OAuthFlow, OAuthFlows};

use crate::looker::{Client, ClientBuilder, security};

/// The document describes the login as an operation and not as a flow.
static LOGIN: OAuthFlows =
    OAuthFlows { client_credentials: Some(OAuthFlow { token_url: "login", ..OAuthFlow::NONE }), ..OAuthFlows::NONE };

/// Settings of a client that logs in with API credentials.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use generated_client::{looker, looker_login};
///
/// let base_url = looker::client::servers::instance("example.cloud.looker.com");
/// let client = looker_login::builder(base_url, "client id", "client secret")?.build()?;
/// let me = client.me().send().await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If the base URL is invalid, or the HTTP client for the login cannot be built.
pub fn builder(
    base_url: impl Into<String>,
    client_id: impl Into<String>,
    client_secret: impl Into<Secret>,
) -> Result<ClientBuilder, BuildError> {
    let base_url = base_url.into();
    let tokens = tokens(base_url.as_str(), client_id, client_secret)?;
    Ok(Client::builder(base_url).token_source(&security::ACCESS_TOKEN, tokens))
}

/// Tokens for [`ClientBuilder::token_source`]. They are obtained by logging in at the instance with
/// this base URL.
///
/// # Errors
///
/// As [`builder`].
pub fn tokens(
    base_url: impl Into<String>,
    client_id: impl Into<String>,
    client_secret: impl Into<Secret>,
) -> Result<OAuthTokens, BuildError> {
    OAuth::new(&LOGIN, base_url, client_id).secret(client_secret).client_login()
}
