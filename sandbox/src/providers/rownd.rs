//! Rownd: applications, their users and groups.

mod profile;
mod service;

use api_runtime::server::{AuthError, Context, Failure, Rejection, RejectionKind, Response};
use generated_client::rownd::operations as ops;
use generated_client::rownd::security::Credentials;
use generated_client::rownd::server as api;
use generated_client::rownd::types::{self, UserUpsertError};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::Certainty::{Decided, Inferred, Page, Sdk, Seed, Spec};
use super::{INDEX, Rule, make, refuse};
use crate::store::{Key, StoreError};

pub(super) use self::profile::is_email;
pub(crate) use self::service::Service;

/// What is known of Rownd, and what was decided here.
pub const RULES: &[Rule] = &[
    (Spec, "`PUT …/data` creates the user if there is none"),
    (
        Spec,
        "the user id `__default__`, `__uuid__`, `__objectid__` or `__rowndid__`, in any case, makes a new id of that kind",
    ),
    (Decided, "`PUT …/data` replaces `data`, and `attributes` if they are given; `PATCH` merges both"),
    (Decided, "only `PUT …/data` creates: every other operation on an unknown user is 404"),
    (Sdk, "`rownd_user` is not in answers; the id is in `data.user_id`"),
    (Decided, "`data.user_id` can be given if it is the id of the path, and is else refused"),
    (
        Spec,
        "`rownd_user`, `state`, `auth_level`, `verified_data`, `groups`, `meta` and `connection_map` are read-only: what a request says of them is ignored",
    ),
    (
        Page,
        "attributes are `namespace:key` with lists of texts; the namespaces `rownd` and `system` are reserved but for `rownd:app_variants`",
    ),
    (Inferred, "a field that the application's schema marks `read_only` is refused with 403"),
    (Inferred, "an `email` that is none is refused with 400"),
    (Decided, "a field that the application's schema does not name is kept like any other"),
    (Seed, "`member_count` is always 0"),
    (Seed, "the first member of a group always has the role `owner`"),
    (Seed, "a member stays `invite_pending` until the invitation is accepted"),
    (Spec, "`GET …/data/fields/{field}`: a field that is not there is `null`, or 403 with `fail_on_error`"),
    (
        Spec,
        "`GET …/users/data` pages by id: `after` is the last id of the page before; 100 users if `page_size` is not given",
    ),
    (Inferred, "`lookup_filter` finds users by `user_id`, `email` or `phone_number`"),
    (Spec, "the bulk upsert answers 200 with one outcome for each user"),
    (Sdk, "`GET /hub/app-config` answers `app.id` to the key alone or to key and secret"),
    (Decided, "credentials of another application are 403"),
];

/// An application that was let in.
#[derive(Debug)]
pub(crate) struct Caller {
    app: String,
}

/// Why a method does not succeed.
#[derive(Debug)]
enum Fault {
    /// Something about fields.
    Invalid(Vec<(String, String)>),
    /// The field cannot be written.
    ReadOnly(String),
    /// The field is not shared.
    NotShared,
    NoUser,
    Store(StoreError),
    Unreadable(serde_json::Error),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl Fault {
    /// The failure of an operation that documents no such error.
    fn undocumented<E>(self) -> Failure<E> {
        match self {
            Self::Invalid(fields) => Failure::refused(RejectionKind::Malformed, sentence(&fields)),
            Self::ReadOnly(field) => {
                let detail = format!("the field `{field}` is not writable");
                Failure::refused(RejectionKind::Forbidden, detail)
            }
            Self::NotShared => Failure::refused(RejectionKind::Forbidden, "the field is not shared"),
            Self::NoUser => Failure::refused(RejectionKind::NotFound, "there is no such user"),
            Self::Store(error) => Failure::internal(error),
            Self::Unreadable(error) => Failure::internal(error),
        }
    }

    /// The documented error of an upsert, or why there is none.
    fn upsert_error(self) -> Result<UserUpsertError, Self> {
        let Self::Invalid(fields) = self else {
            return Err(self);
        };
        let mut error = UserUpsertError {
            status_code: Some(400.0),
            error: Some("Bad Request".to_owned()),
            code: Some("E_USER_UPDATE_FAILED".to_owned()),
            message: Some(sentence(&fields)),
            messages: Some(fields.iter().map(|(_, text)| text.clone()).collect()),
            field_errors: None,
        };
        let by_field = error.field_errors.get_or_insert_default();
        for (field, text) in fields {
            by_field.entry(field).or_default().push(text);
        }
        Ok(error)
    }
}

fn sentence(fields: &[(String, String)]) -> String {
    let texts: Vec<_> = fields.iter().map(|(_, text)| text.as_str()).collect();
    texts.join("; ")
}

/// `From<Fault>` for failures of operations that document an upsert error, or none.
macro_rules! documented {
    ($($error:ident),* ; $nothing:ty) => {
        $(impl From<Fault> for Failure<ops::$error> {
            fn from(fault: Fault) -> Self {
                match fault.upsert_error() {
                    Ok(error) => ops::$error::BadRequest(error).into(),
                    Err(fault) => fault.undocumented(),
                }
            }
        })*
        impl From<Fault> for Failure<$nothing> {
            fn from(fault: Fault) -> Self {
                fault.undocumented()
            }
        }
    };
}

documented!(ApplicationUserDataUpdateError, ApplicationUserDataPatchError; api_runtime::Never);

impl From<Fault> for Failure<ops::ApplicationUserDataFieldGetError> {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NotShared => ops::ApplicationUserDataFieldGetError::Forbidden.into(),
            fault => fault.undocumented(),
        }
    }
}

/// The index of publishable keys: key → application.
pub(super) fn index(key: &Key, body: &Value) -> Vec<(Key, Value)> {
    if key.collection != "rownd/apps" {
        return Vec::new();
    }
    let credentials = body["credentials"].as_array().into_iter().flatten();
    credentials
        .map(|one| {
            let id = make::text(one, "key");
            (Key::new(format!("{INDEX}rownd/keys"), id), json!(key.id))
        })
        .collect()
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

    async fn application_user_data_field_update(
        &self,
        caller: Caller,
        input: api::ApplicationUserDataFieldUpdateInput,
        _: Context,
    ) -> Result<ops::ApplicationUserDataFieldUpdateSuccess, Failure<ops::ApplicationUserDataFieldUpdateError>> {
        use api::ApplicationUserDataFieldUpdateBody as Body;
        let value = match input.body {
            Some(Body::Json(body)) => body.value,
            Some(Body::Multipart(body)) => json!(body.value),
            None => {
                let missing = (input.field.as_str().to_owned(), "a body with `value` is missing".to_owned());
                return Err(Fault::Invalid(vec![missing]).undocumented());
            }
        };
        let data = json!({input.field.as_str(): value});
        let change = types::AppUserDataRequest {
            attributes: None,
            data: Some(make::members(Some(&data)).into_iter().collect()),
        };
        let user = self.merge(&caller.app, input.user.as_str(), &change).await?;
        Ok(ops::ApplicationUserDataFieldUpdateSuccess::Ok(user))
    }

    async fn application_user_data_field_get(
        &self,
        caller: Caller,
        input: api::ApplicationUserDataFieldGetInput,
        _: Context,
    ) -> Result<ops::ApplicationUserDataFieldGetSuccess, Failure<ops::ApplicationUserDataFieldGetError>> {
        let record = self.record(&caller.app, input.user.as_str()).await?;
        let value = match record["data"].get(input.field.as_str()) {
            Some(value) => value.clone(),
            None if input.field.as_str() == "user_id" => json!(input.user.as_str()),
            None if input.fail_on_error == Some(true) => return Err(Fault::NotShared.into()),
            None => Value::Null,
        };
        Ok(ops::ApplicationUserDataFieldGetSuccess::OkJson(types::FieldValue::new(value)))
    }

    async fn application_user_data_get(
        &self,
        caller: Caller,
        input: api::ApplicationUserDataGetInput,
        _: Context,
    ) -> Result<ops::ApplicationUserDataGetSuccess, Failure<ops::ApplicationUserDataGetError>> {
        let record = self.record(&caller.app, input.user.as_str()).await?;
        let user = self.shown(&caller.app, input.user.as_str(), record, input.fields.as_deref()).await?;
        Ok(ops::ApplicationUserDataGetSuccess::Ok(user))
    }

    async fn application_user_data_update(
        &self,
        caller: Caller,
        input: api::ApplicationUserDataUpdateInput,
        _: Context,
    ) -> Result<ops::ApplicationUserDataUpdateSuccess, Failure<ops::ApplicationUserDataUpdateError>> {
        use api::ApplicationUserDataUpdateBody as Body;
        let body = match input.body {
            Some(Body::Json(body) | Body::Multipart(body)) => body,
            None => types::AppUserDataRequest::default(),
        };
        let user = self.upsert(&caller.app, input.user.as_str(), &body).await?;
        Ok(ops::ApplicationUserDataUpdateSuccess::Ok(user))
    }

    async fn application_user_data_patch(
        &self,
        caller: Caller,
        input: api::ApplicationUserDataPatchInput,
        _: Context,
    ) -> Result<ops::ApplicationUserDataPatchSuccess, Failure<ops::ApplicationUserDataPatchError>> {
        use api::ApplicationUserDataPatchBody as Body;
        let body = match input.body {
            Some(Body::Json(body) | Body::Multipart(body)) => body,
            None => types::AppUserDataRequest::default(),
        };
        let user = self.merge(&caller.app, input.user.as_str(), &body).await?;
        Ok(ops::ApplicationUserDataPatchSuccess::Ok(user))
    }

    async fn application_user_data_delete(
        &self,
        caller: Caller,
        input: api::ApplicationUserDataDeleteInput,
        _: Context,
    ) -> Result<ops::ApplicationUserDataDeleteSuccess, Failure<ops::ApplicationUserDataDeleteError>> {
        self.delete(&caller.app, input.user.as_str()).await?;
        Ok(ops::ApplicationUserDataDeleteSuccess::NoContent)
    }

    async fn application_users_data_list(
        &self,
        caller: Caller,
        input: api::ApplicationUsersDataListInput,
        _: Context,
    ) -> Result<ops::ApplicationUsersDataListSuccess, Failure<ops::ApplicationUsersDataListError>> {
        let page = self.page(&caller.app, &input).await?;
        Ok(ops::ApplicationUsersDataListSuccess::Ok(page))
    }

    async fn application_users_data_upsert(
        &self,
        caller: Caller,
        input: api::ApplicationUsersDataUpsertInput,
        _: Context,
    ) -> Result<ops::ApplicationUsersDataUpsertSuccess, Failure<ops::ApplicationUsersDataUpsertError>> {
        let result = self.bulk(&caller.app, input.body).await?;
        Ok(ops::ApplicationUsersDataUpsertSuccess::Ok(result))
    }

    async fn application_user_state_update(
        &self,
        caller: Caller,
        input: api::ApplicationUserStateUpdateInput,
        _: Context,
    ) -> Result<ops::ApplicationUserStateUpdateSuccess, Failure<ops::ApplicationUserStateUpdateError>> {
        let state = input.body.state.as_str();
        let user = self.set_state(&caller.app, input.user.as_str(), state).await?;
        Ok(ops::ApplicationUserStateUpdateSuccess::Ok(user))
    }

    async fn hub_app_config_get(
        &self,
        caller: Caller,
        _: api::HubAppConfigGetInput,
        _: Context,
    ) -> Result<ops::HubAppConfigGetSuccess, Failure<ops::HubAppConfigGetError>> {
        let app = self.app_config(&caller.app).await?;
        Ok(ops::HubAppConfigGetSuccess::Ok(types::AppConfig::new(app)))
    }
}
