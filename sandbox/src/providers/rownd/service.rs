//! The generated trait over what Rownd's operations do.

use api_runtime::server::{AuthError, Context, Failure, Rejection, Response};
use generated_client::rownd::operations as ops;
use generated_client::rownd::security::Credentials;
use generated_client::rownd::server as api;
use generated_client::rownd::types::AppUserDataRequest;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::providers::methods::methods;
use crate::providers::{INDEX, make, refuse};
use crate::store::{Database, StoreError};

/// The service behind the generated trait.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) database: Database,
}

/// An application that was let in.
#[derive(Debug)]
pub(crate) struct Caller {
    app: String,
}

/// The application of `/applications/{app}/…`.
fn app_of(path: &str) -> Option<String> {
    let segment = path.strip_prefix("/applications/")?.split('/').next()?;
    Some(percent_decode_str(segment).decode_utf8_lossy().into_owned())
}

impl Service {
    /// The application that a key belongs to, and its record.
    async fn app_by_key(&self, key: &str) -> Result<Option<(String, Value)>, StoreError> {
        let app = self.database.get(&format!("{INDEX}rownd/keys"), key).await?;
        let Some(app) = app.as_ref().and_then(Value::as_str) else {
            return Ok(None);
        };
        let record = self.database.get("rownd/apps", app).await?;
        Ok(record.map(|record| (app.to_owned(), record)))
    }

    async fn app_by(&self, credentials: Credentials) -> Result<Option<String>, StoreError> {
        match credentials {
            Credentials::AppKeyAndAppSecret { app_key, app_secret } => {
                let found = self.app_by_key(app_key.expose()).await?;
                Ok(found.and_then(|(app, record)| {
                    let credentials = record["credentials"].as_array()?;
                    let right = |one: &&Value| {
                        make::text(one, "key") == app_key.expose() && app_secret.matches(make::text(one, "secret"))
                    };
                    credentials.iter().find(right).map(|_| app)
                }))
            }
            Credentials::AppKey(key) => {
                let found = self.app_by_key(key.expose()).await?;
                Ok(found.map(|(app, _)| app))
            }
            Credentials::HubAccessTokenForRowndApi(token) => {
                let record = self.database.get("rownd/tokens", token.expose()).await?;
                Ok(record
                    .filter(|record| record["expires_at"].as_i64().is_none_or(|at| at > make::seconds()))
                    .map(|record| make::text(&record, "app").to_owned()))
            }
        }
    }
}

impl api::Rownd for Service {
    type Principal = Caller;

    async fn authenticate(&self, credentials: Credentials, context: &Context) -> Result<Caller, AuthError> {
        let app = self.app_by(credentials).await.map_err(AuthError::internal)?;
        let app = app.ok_or(AuthError::Unauthorized)?;
        match app_of(context.parts.uri.path()) {
            Some(other) if other != app => Err(AuthError::Forbidden),
            _ => Ok(Caller { app }),
        }
    }

    fn reject(&self, rejection: Rejection) -> Response {
        let status = rejection.status();
        refuse::refuse(rejection, status, |rejection| {
            json!({
                "statusCode": status.as_u16(),
                "error": status.canonical_reason().unwrap_or_default(),
                "code": "E_REQUEST_REFUSED",
                "message": rejection.detail(),
                "messages": refuse::sentences(rejection),
            })
        })
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

/// The profile of a `PUT`, whichever way it came; the document does not require one.
fn update_of(body: Option<api::ApplicationUserDataUpdateBody>) -> AppUserDataRequest {
    use api::ApplicationUserDataUpdateBody as Body;
    body.map_or_else(AppUserDataRequest::default, |(Body::Json(body) | Body::Multipart(body))| body)
}

/// The same of a `PATCH`.
fn patch_of(body: Option<api::ApplicationUserDataPatchBody>) -> AppUserDataRequest {
    use api::ApplicationUserDataPatchBody as Body;
    body.map_or_else(AppUserDataRequest::default, |(Body::Json(body) | Body::Multipart(body))| body)
}
