//! Credentials of a sandbox, and commands that use them.

use serde_json::Value;

use crate::providers::Provider;
use crate::store::{Database, StoreError};

/// Credentials for each provider, from the records. They are empty strings if the records have
/// none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Credentials {
    /// Rownd's application.
    pub rownd_app: String,
    /// Its publishable key.
    pub rownd_key: String,
    /// Its secret.
    pub rownd_secret: String,
    /// Prelude's application.
    pub prelude_app: String,
    /// A management key for it.
    pub prelude_key: String,
    /// Looker's client ID.
    pub looker_client_id: String,
    /// Looker's client secret.
    pub looker_client_secret: String,
    /// `StateSet`'s token.
    pub stateset_token: String,
}

impl Credentials {
    pub(crate) async fn read(database: &Database) -> Result<Self, StoreError> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut all = Self::default();
        let apps = database.list("rownd/apps").await?;
        // The last application with credentials: `app_sandbox` in the default seed.
        if let Some((id, app)) = apps.iter().rev().find(|(_, app)| app["credentials"][0].is_object()) {
            all.rownd_app = id.clone();
            all.rownd_key = text(&app["credentials"][0]["key"]);
            all.rownd_secret = text(&app["credentials"][0]["secret"]);
        }
        let keys = database.list("prelude/keys").await?;
        if let Some((key, record)) = keys.last() {
            all.prelude_key.clone_from(key);
            all.prelude_app = text(&record["apps"][0]);
        }
        if let Some((id, client)) = database.list("looker/clients").await?.first() {
            all.looker_client_id.clone_from(id);
            all.looker_client_secret = text(&client["client_secret"]);
        }
        if let Some((token, _)) = database.list("stateset/tokens").await?.first() {
            all.stateset_token.clone_from(token);
        }
        Ok(all)
    }

    /// The credentials of a provider, each with its name.
    #[must_use]
    pub fn of(&self, provider: Provider) -> Vec<(&'static str, &str)> {
        match provider {
            Provider::Rownd => {
                vec![("app", &self.rownd_app), ("key", &self.rownd_key), ("secret", &self.rownd_secret)]
            }
            Provider::Prelude => vec![("app", &self.prelude_app), ("key", &self.prelude_key)],
            Provider::Looker => {
                vec![("client id", &self.looker_client_id), ("client secret", &self.looker_client_secret)]
            }
            Provider::Stateset => vec![("token", &self.stateset_token)],
        }
    }
}

/// A `curl` command that calls a provider.
#[must_use]
pub fn curl(provider: Provider, base: &str, credentials: &Credentials) -> String {
    match provider {
        Provider::Rownd => format!(
            "curl -H 'x-rownd-app-key: {}' -H 'x-rownd-app-secret: {}' {base}/hub/app-config",
            credentials.rownd_key, credentials.rownd_secret,
        ),
        Provider::Prelude => format!(
            "curl -H 'Authorization: Bearer {}' '{base}/v2/session/apps/{}/users?identifier_type=email_address&identifier_value=gary@foo.com'",
            credentials.prelude_key, credentials.prelude_app,
        ),
        Provider::Looker => format!(
            "curl -d client_id={} -d client_secret={} {base}/login",
            credentials.looker_client_id, credentials.looker_client_secret,
        ),
        Provider::Stateset => format!("curl -H 'Authorization: Token {}' {base}/users", credentials.stateset_token),
    }
}
