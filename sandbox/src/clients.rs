//! Generated clients of a sandbox, with its credentials.

use generated_client::{looker, prelude_so, rownd, stateset};
use specwright_runtime::client::BuildError;

use crate::providers::Provider;
use crate::start::Sandbox;

impl Sandbox {
    /// A client of Rownd, with key and secret.
    ///
    /// # Errors
    /// If the client cannot be built.
    pub fn rownd(&self) -> Result<rownd::Client, BuildError> {
        let own = self.credentials();
        rownd::Client::builder(self.base_url(Provider::Rownd))
            .credentials(rownd::Credentials::AppKeyAndAppSecret {
                app_key: own.rownd_key.as_str().into(),
                app_secret: own.rownd_secret.as_str().into(),
            })
            .build()
    }

    /// A client of Prelude, with a management key.
    ///
    /// # Errors
    /// If the client cannot be built.
    pub fn prelude(&self) -> Result<prelude_so::Client, BuildError> {
        let key = self.credentials().prelude_key.as_str().into();
        prelude_so::Client::builder(self.base_url(Provider::Prelude))
            .credentials(prelude_so::Credentials::Authorization(key))
            .build()
    }

    /// A client of Looker, logged in.
    ///
    /// # Errors
    /// If the client cannot be built, or cannot log in.
    pub async fn looker(&self) -> Result<looker::Client, Box<dyn std::error::Error + Send + Sync>> {
        let (own, base) = (self.credentials(), self.base_url(Provider::Looker));
        let anonymous = looker::Client::builder(base.as_str()).build()?;
        let response = anonymous
            .login()
            .client_id(own.looker_client_id.as_str())
            .client_secret(own.looker_client_secret.as_str())
            .await?;
        let token = response.into_body().access_token;
        let token = token.ok_or("the response to the login has no token")?;
        let client = looker::Client::builder(base);
        Ok(client.credentials(looker::Credentials::AccessToken(token)).build()?)
    }

    /// A client of `StateSet`, with a token.
    ///
    /// # Errors
    /// If the client cannot be built.
    pub fn stateset(&self) -> Result<stateset::Client, BuildError> {
        let token = self.credentials().stateset_token.as_str().into();
        stateset::Client::builder(self.base_url(Provider::Stateset))
            .credentials(stateset::Credentials::Token(token))
            .build()
    }
}
