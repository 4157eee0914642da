//! API credentials of a Looker instance → access tokens: a client that logs in when necessary.
//!
//! **Invariant:** one login serves all calls until the token expires or the API refuses it, and no
//! two logins run at the same time.

use std::time::Duration;

use specwright_runtime::Secret;
use specwright_runtime::client::{BuildError, CachedTokens, Token, TokenError, TokenSource};

use crate::looker::{Client, ClientBuilder, operations, security, types};

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
    let login = Client::builder(base_url.as_str()).build()?;
    Ok(Client::builder(base_url).token_source(&security::ACCESS_TOKEN, tokens(login, client_id, client_secret)))
}

/// Tokens for [`ClientBuilder::token_source`]. They are obtained by logging in with `client`, which
/// needs no credentials itself.
pub fn tokens(client: Client, client_id: impl Into<String>, client_secret: impl Into<Secret>) -> impl TokenSource {
    let request = types::LoginRequest { client_id: Some(client_id.into()), client_secret: Some(client_secret.into()) };
    CachedTokens::new(move || {
        let (client, request) = (client.clone(), request.clone());
        async move { log_in(&client, &request).await }
    })
}

/// Credentials are sent in the body, since queries may be logged on the way.
async fn log_in(client: &Client, request: &types::LoginRequest) -> Result<Token, TokenError> {
    let operations::LoginSuccess::Ok(response) =
        client.login().body(request).send().await.map_err(TokenError::new)?.into_inner();
    let secret =
        response.access_token.ok_or_else(|| TokenError::new("the response to the login has no access token"))?;
    let token = Token::new(secret);
    Ok(match response.expires_in.map(u64::try_from) {
        Some(Ok(seconds)) => token.expires_in(Duration::from_secs(seconds)),
        _ => token,
    })
}
