//! Implements the generated trait of Rownd.

use generated_client::rownd::operations as ops;
use generated_client::rownd::security::Credentials;
use generated_client::rownd::server as api;
use generated_client::rownd::types::AppUserDataRequest;
use http::uri::Authority;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use specwright_runtime::server::{AuthError, Context, Failure, Rejection, Response};

use super::tokens;
use crate::providers::methods::methods;
use crate::providers::{INDEX, make, reject};
use crate::store::{Database, StoreError};

/// The service behind the generated trait.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) database: Database,
}

/// An authenticated application, or one of its users.
#[derive(Debug)]
pub(crate) struct Caller {
    app: String,
    /// The user whose paths the caller may use; `None` if the caller may use those of all users.
    user: Option<String>,
}

/// The application and the user of `/applications/{app}/users/{user}/…`.
fn subjects(path: &str) -> (Option<String>, Option<String>) {
    let Some(rest) = path.strip_prefix("/applications/") else {
        return (None, None);
    };
    let segments: Vec<&str> = rest.split('/').collect();
    let text = |segment: &str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
    match segments[..] {
        [app, "users", user, _, ..] => (Some(text(app)), Some(text(user))),
        [app, ..] => (Some(text(app)), None),
        [] => (None, None),
    }
}

impl Caller {
    /// Whether the caller may use these paths.
    fn may_use(&self, app: Option<&str>, user: Option<&str>) -> bool {
        app.is_none_or(|app| app == self.app) && self.user.as_deref().is_none_or(|own| user == Some(own))
    }
}

impl Service {
    /// The application to which a key belongs, and its record.
    async fn app_by_key(&self, key: &str) -> Result<Option<(String, Value)>, StoreError> {
        let app = self.database.get(&format!("{INDEX}rownd/keys"), key).await?;
        let Some(app) = app.as_ref().and_then(Value::as_str) else {
            return Ok(None);
        };
        let record = self.database.get("rownd/apps", app).await?;
        Ok(record.map(|record| (app.to_owned(), record)))
    }

    async fn caller(&self, credentials: Credentials) -> Result<Option<Caller>, StoreError> {
        let whole = |app| Caller { app, user: None };
        match credentials {
            Credentials::AppKeyAndAppSecret { app_key, app_secret } => {
                let found = self.app_by_key(app_key.expose()).await?;
                Ok(found.and_then(|(app, record)| {
                    let credentials = record["credentials"].as_array()?;
                    let right = |one: &&Value| {
                        make::text(one, "key") == app_key.expose() && app_secret.matches(make::text(one, "secret"))
                    };
                    credentials.iter().find(right).map(|_| whole(app))
                }))
            }
            Credentials::AppKey(key) => {
                let found = self.app_by_key(key.expose()).await?;
                Ok(found.map(|(app, _)| whole(app)))
            }
            Credentials::HubAccessTokenForRowndApi(token) => {
                let record = self.database.get("rownd/tokens", token.expose()).await?;
                if let Some(record) = record {
                    let lives = record["expires_at"].as_i64().is_none_or(|at| at > make::seconds());
                    return Ok(lives.then(|| whole(make::text(&record, "app").to_owned())));
                }
                let bearer = tokens::verify(&self.database, token.expose()).await?;
                Ok(bearer.map(|bearer| Caller { app: bearer.app, user: Some(bearer.user) }))
            }
        }
    }
}

impl api::Rownd for Service {
    type Principal = Caller;

    async fn authenticate(&self, credentials: Credentials, context: &Context) -> Result<Caller, AuthError> {
        let caller = self.caller(credentials).await.map_err(AuthError::internal)?;
        let caller = caller.ok_or(AuthError::Unauthorized)?;
        let (app, user) = subjects(context.parts.uri.path());
        if caller.may_use(app.as_deref(), user.as_deref()) { Ok(caller) } else { Err(AuthError::Forbidden) }
    }

    fn reject(&self, rejection: Rejection) -> Response {
        let status = rejection.status();
        reject::respond_to(rejection, status, |rejection| {
            json!({
                "statusCode": status.as_u16(),
                "error": status.canonical_reason().unwrap_or_default(),
                "code": "E_REQUEST_REFUSED",
                "message": rejection.detail(),
                "messages": reject::sentences(rejection),
            })
        })
    }

    async fn hub_auth_metadata_get(
        &self,
        _: api::HubAuthMetadataGetInput,
        context: Context,
    ) -> Result<ops::HubAuthMetadataGetSuccess, Failure<ops::HubAuthMetadataGetError>> {
        let host = context.header("host").filter(|host| host.parse::<Authority>().is_ok());
        let origin = format!("http://{}", host.unwrap_or("127.0.0.1"));
        Ok(ops::HubAuthMetadataGetSuccess::Ok(tokens::metadata(&origin)))
    }

    async fn hub_auth_keys_get(
        &self,
        _: api::HubAuthKeysGetInput,
        _: Context,
    ) -> Result<ops::HubAuthKeysGetSuccess, Failure<ops::HubAuthKeysGetError>> {
        let keys = tokens::keys(&self.database).await.map_err(Failure::internal)?;
        Ok(ops::HubAuthKeysGetSuccess::Ok(keys))
    }

    methods! {
        application_user_data_field_update(service, caller, input: ApplicationUserDataFieldUpdateInput)
            -> ApplicationUserDataFieldUpdateSuccess::Ok, ApplicationUserDataFieldUpdateError =
            service.write_field(&caller.app, input);
        application_user_data_field_get(service, caller, input: ApplicationUserDataFieldGetInput)
            -> ApplicationUserDataFieldGetSuccess::OkJson, ApplicationUserDataFieldGetError =
            service.read_field(&caller.app, &input);
        application_user_data_get(service, caller, input: ApplicationUserDataGetInput)
            -> ApplicationUserDataGetSuccess::Ok, ApplicationUserDataGetError =
            service.read(&caller.app, &input);
        application_user_data_update(service, caller, input: ApplicationUserDataUpdateInput)
            -> ApplicationUserDataUpdateSuccess::Ok, ApplicationUserDataUpdateError =
            service.upsert(&caller.app, input.user.as_str(), &update_of(input.body));
        application_user_data_patch(service, caller, input: ApplicationUserDataPatchInput)
            -> ApplicationUserDataPatchSuccess::Ok, ApplicationUserDataPatchError =
            service.merge(&caller.app, input.user.as_str(), &patch_of(input.body));
        application_user_data_delete(service, caller, input: ApplicationUserDataDeleteInput)
            -> ApplicationUserDataDeleteSuccess::NoContent, ApplicationUserDataDeleteError =
            service.delete(&caller.app, input.user.as_str());
        application_users_data_list(service, caller, input: ApplicationUsersDataListInput)
            -> ApplicationUsersDataListSuccess::Ok, ApplicationUsersDataListError =
            service.page(&caller.app, &input);
        application_users_data_upsert(service, caller, input: ApplicationUsersDataUpsertInput)
            -> ApplicationUsersDataUpsertSuccess::Ok, ApplicationUsersDataUpsertError =
            service.bulk(&caller.app, input.body);
        application_user_state_update(service, caller, input: ApplicationUserStateUpdateInput)
            -> ApplicationUserStateUpdateSuccess::Ok, ApplicationUserStateUpdateError =
            service.set_state(&caller.app, input.user.as_str(), input.body.state.as_str());
        hub_app_config_get(service, caller, _input: HubAppConfigGetInput)
            -> HubAppConfigGetSuccess::Ok, HubAppConfigGetError =
            service.app_config(&caller.app);
    }
}

/// The profile in the body of a `PUT`. The document does not require a body.
fn update_of(body: Option<api::ApplicationUserDataUpdateBody>) -> AppUserDataRequest {
    use api::ApplicationUserDataUpdateBody as Body;
    body.map_or_else(AppUserDataRequest::default, |(Body::Json(body) | Body::Multipart(body))| body)
}

/// The profile in the body of a `PATCH`. The document does not require a body.
fn patch_of(body: Option<api::ApplicationUserDataPatchBody>) -> AppUserDataRequest {
    use api::ApplicationUserDataPatchBody as Body;
    body.map_or_else(AppUserDataRequest::default, |(Body::Json(body) | Body::Multipart(body))| body)
}
